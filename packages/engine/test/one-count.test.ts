import { type RegistroLeido, readRegistro } from '@puente-sic/protocol';
import type { NotGivenCause, StudentTree } from '@puente-sic/sources';
import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type AlumnoEnCurso,
  countStudents,
  decide,
  type EstadoAlumno,
  errors,
  markAsKnown,
  overview,
  send,
  studentStates,
  undoDecision,
} from '../src/index.ts';
import { contractSource, runnerOf, until } from './support/nights.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(KNOWN);
});
afterEach(() => world.close());

/** Students whom SENCE has in the course; the next one it does not know. */
const KNOWN = 5;
const NIGHTS = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];

/** What a student does until a night: the last four are not as they should be. */
const DEEDS = ['goes-on', 'goes-on', 'stays', 'falls', 'unreadable', 'nameless', 'away'] as const;
type Deed = (typeof DEEDS)[number];

const night = fc.record({
  source: fc.constantFrom<'up' | 'down'>('up', 'up', 'up', 'down'),
  line: fc.constantFrom<'none' | 'cut-during'>('none', 'none', 'cut-during'),
  deeds: fc.array(fc.constantFrom<Deed>(...DEEDS), { minLength: KNOWN + 1, maxLength: KNOWN + 1 }),
});

const story = fc.array(night, { minLength: NIGHTS.length, maxLength: NIGHTS.length });

test.each(fc.sample(story, { seed: 20261120, numRuns: 8 }).map((nights, at) => [at, nights] as const))(
  'whatever happens, each student is in one state, and it is the one that SENCE’s own records show (%i)',
  async (_at, nights) => {
    const causes = new Map<string, NotGivenCause>();
    const aula = contractSource(() => world.courses, { causes: () => causes });
    const runner = runnerOf(world, { events: [], defects: [] }, { sources: [aula] });
    const progress = new Map<number, number>();
    for (const [index, { source, line, deeds }] of nights.entries()) {
      const noche = NIGHTS[index] ?? '';
      const doing = deeds.map((deed, who) => ({
        who,
        deed: index === 0 && deed === 'away' ? 'stays' : deed,
      }));
      const present = doing.filter(({ deed }) => deed !== 'away');
      for (const { who, deed } of present) {
        if (deed === 'goes-on') progress.set(who, (progress.get(who) ?? 10) + 10);
      }
      const figureOf = ({ who, deed }: (typeof present)[number]) => {
        const value = progress.get(who) ?? 10;
        return deed === 'falls' ? value - 7 : deed === 'unreadable' ? -1 : value;
      };
      world.courses = [
        course(
          present.map((one) =>
            (one.deed === 'nameless' ? withoutRut : asIs)(student(one.who, figureOf(one))),
          ),
        ),
      ];
      causes.clear();
      if (source === 'down') causes.set(world.courses[0]?.id ?? '', 'down');
      world.faults = line === 'none' ? [] : [line];
      world.time.now = new Date(`${noche}T22:00:00-03:00`);
      await until(world, new Date(world.time.now.getTime() + 2.7 * 3_600_000), [runner], 2);

      const states = await studentStates(world.ledger, { rutOtec: OTEC.rut, noche });
      const list = [...states.values()].flat();
      // Hoy counts without names: it must count the same students.
      const { cuenta } = await overview(world.ledger, { otec: OTEC }, world.time.now);
      expect(cuenta).toEqual(countStudents(list.map(({ estado }) => estado)));
      const sence = await sencesOwn();
      const { alumnos, pendientes, conocidos, loTiene } = countStudents(list.map(({ estado }) => estado));
      expect(alumnos).toBe(list.length);
      expect(pendientes + conocidos + loTiene).toBe(alumnos);
      if (source === 'up') {
        const ruts = present.map(({ who, deed }) => (deed === 'nameless' ? null : rutOf(who).text));
        expect(list.map(({ rut }) => rut).sort()).toEqual(ruts.sort());
      }
      for (const one of list) {
        const own = present.find(({ who }) => rutOf(who).text === one.rut);
        if (one.rut === null) expect(one.estado).toBe('retenido');
        else if (source === 'up' && own !== undefined)
          expect([noche, one]).toEqual([noche, { ...one, estado: rightState(own, figureOf(own), sence) }]);
        else expect(['sin-enviar', 'rechazado']).toContain(one.estado);
      }
    }
  },
);

function withoutRut({
  alumno: { rutAlumno: _, dvAlumno: __, ...alumno },
  ...rest
}: StudentTree): StudentTree {
  return { ...rest, alumno };
}

const asIs = (one: StudentTree) => one;

/** Of each student what SENCE recorded last, module by module. */
async function sencesOwn(): Promise<Map<string, RegistroLeido[]>> {
  const { processes } = await world.client.history();
  const records = processes.flatMap(({ listaregistros }) => listaregistros.map(readRegistro));
  const last = new Map<string, RegistroLeido[]>();
  for (const record of records) {
    const own = (last.get(record.rut ?? '') ?? []).filter(
      ({ codigoModulo }) => codigoModulo !== record.codigoModulo,
    );
    last.set(record.rut ?? '', [...own, record]);
  }
  return last;
}

function rightState(
  { who, deed }: { who: number; deed: Deed },
  value: number,
  sence: Map<string, RegistroLeido[]>,
): EstadoAlumno {
  const records = sence.get(rutOf(who).text) ?? [];
  if (records.some(({ fate }) => fate === 'rejected')) return 'rechazado';
  if (deed === 'unreadable') return 'retenido';
  const highest = Math.max(...records.map(({ porcentajeAvance }) => porcentajeAvance ?? 0));
  if (deed === 'falls' && value < highest) return 'retenido';
  expect(records.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([value, value]);
  return 'lo-tiene';
}

test('an answer that was lost: not known until the history has told; a known case is counted apart', async () => {
  world.courses = [course([student(0, 10), student(KNOWN, 10)])];
  world.faults = ['cut-during'];
  const runner = runnerOf(
    world,
    { events: [], defects: [] },
    { sources: [contractSource(() => world.courses)] },
  );
  world.time.now = new Date('2026-11-20T22:00:00-03:00');
  await until(world, '2026-11-20T22:05:00-03:00', [runner], 5);
  expect(await states()).toEqual(['no-se-sabe', 'no-se-sabe']);
  await until(world, '2026-11-21T00:20:00-03:00', [runner], 5);
  expect(await states()).toEqual(['lo-tiene', 'rechazado']);
  const [error] = await errors(world.ledger);
  await markAsKnown(world.ledger, { ids: [error?.id ?? 0], conocido: true }, world.time.now);
  expect(await states()).toEqual(['lo-tiene', 'conocido']);
});

test('an answer that named nobody of a student: not known, until the next one accepts', async () => {
  const states = async () =>
    [...(await studentStates(world.ledger, { rutOtec: OTEC.rut, noche: '2026-11-21' })).values()]
      .flat()
      .map(({ estado }) => estado);
  world.time.now = new Date('2026-11-20T18:00:00-03:00');
  world.courses = [course([student(0, 10), student(1, 10)])];
  await send(world.request());
  const { db } = world.ledger;
  const rut = rutOf(1).text;
  await db.updateTable('registro').set({ resultado: 'desconocido' }).where('rut', '=', rut).execute();
  await db.updateTable('envio').set({ aceptados: 2 }).execute();
  await db.deleteFrom('aceptado').where('rut', '=', rut).execute();
  expect(await states()).toEqual(['sin-confirmar', 'no-se-sabe']);
  world.time.now = new Date('2026-11-21T18:00:00-03:00');
  await send(world.request());
  expect(await states()).toEqual(['sin-confirmar', 'sin-confirmar']);
});

test('what is under way changes nothing of the count before SENCE answers', async () => {
  world.time.now = new Date('2026-11-20T18:00:00-03:00');
  world.courses = [course([student(0, 10), student(KNOWN, 10)])];
  await send(world.request());
  expect(await states()).toEqual(['sin-confirmar', 'rechazado']);
  world.courses = [course([student(0, 20), student(KNOWN, 20)])];
  const request = world.request();
  const meanwhile: EstadoAlumno[][] = [];
  const clientFor: typeof request.clientFor = (...whose) => {
    const client = request.clientFor(...whose);
    const sendAvance = client.sendAvance.bind(client);
    client.sendAvance = async (...call) => {
      meanwhile.push(await states());
      return sendAvance(...call);
    };
    return client;
  };
  await send({ ...request, clientFor });
  expect(meanwhile).toEqual([['sin-confirmar', 'rechazado']]);
});

test('sent by hand: who is in the course is known from then on; a part of it makes nobody leave', async () => {
  world.time.now = new Date('2026-11-20T18:00:00-03:00');
  world.courses = [course([student(0, 10), student(KNOWN, 10)])];
  await send(world.request());
  expect(await states()).toEqual(['sin-confirmar', 'rechazado']);
  world.courses = [course([student(1, 10)])];
  await send(world.request({ filters: { soloErrores: true } }));
  expect(await states()).toHaveLength(3);
  await send(world.request());
  expect(await states()).toEqual(['sin-confirmar']);
});

test('while the night is on, and before the history is read, it is accepted and not confirmed', async () => {
  const states = async (): Promise<AlumnoEnCurso[]> =>
    [...(await studentStates(world.ledger, { rutOtec: OTEC.rut, noche: '2026-11-20' })).values()].flat();
  world.courses = [course([student(0, 10)])];
  const runner = runnerOf(
    world,
    { events: [], defects: [] },
    { sources: [contractSource(() => world.courses)] },
  );
  world.time.now = new Date('2026-11-20T22:00:00-03:00');
  await until(world, '2026-11-20T22:30:00-03:00', [runner], 5);
  expect(await states()).toMatchObject([{ estado: 'sin-confirmar' }]);
  await until(world, '2026-11-21T00:20:00-03:00', [runner], 5);
  expect(await states()).toMatchObject([{ estado: 'lo-tiene' }]);
});

test('of whom somebody decided to report nothing is a known case, and comes back when that is undone', async () => {
  world.time.now = new Date('2026-11-20T18:00:00-03:00');
  world.courses = [course([student(0, 10), student(KNOWN, 10)])];
  await send(world.request());
  expect(await states()).toEqual(['sin-confirmar', 'rechazado']);
  const about = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA, codigoModulo: null };
  const left = { ...about, rut: rutOf(KNOWN).text, tipo: 'no-informar' as const, quien: 'Ana' };
  const { id } = await decide(world.ledger, left, world.time.now);
  expect(await states()).toEqual(['sin-confirmar', 'conocido']);
  await undoDecision(world.ledger, { id, quien: 'Ana' }, world.time.now);
  expect(await states()).toEqual(['sin-confirmar', 'rechazado']);
});

/** Of every student, course by course, on the night that the tests by hand are about. */
async function states(): Promise<EstadoAlumno[]> {
  const lists = await studentStates(world.ledger, { rutOtec: OTEC.rut, noche: '2026-11-20' });
  return [...lists.values()].flat().map(({ estado }) => estado);
}
