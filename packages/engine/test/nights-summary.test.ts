import { course, modulo, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { morningLetter } from '../src/alerts/morning.ts';
import { nightFacts } from '../src/alerts/night-facts.ts';
import { summarise } from '../src/alerts/summary.ts';
import {
  type Alerta,
  alertCenter,
  erasePerson,
  exportPerson,
  figures,
  lastNights,
  VENTANA_OFICIAL,
} from '../src/index.ts';
import { openMailbox } from './support/mailbox.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
const told: Told = { events: [], defects: [] };
beforeEach(async () => {
  world = await openWorld(4);
  world.time.now = new Date('2026-11-20T21:55:00-03:00');
});
afterEach(() => world.close());

const NOCHE = '2026-11-20';
const named = (index: number) => ({ ...student(index, 10), name: `Persona ${index}` });
const summary = (noche = NOCHE) =>
  summarise(world.ledger, { rutOtec: OTEC.rut, noche, ventana: VENTANA_OFICIAL }, world.time.now);

test('after the window the history is asked, and what it has is SENCE’s', async () => {
  world.courses = [course([student(0, 10)])];
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await until(world, '2026-11-21T00:05:00-03:00', [runner]);
  expect((await summary()).mensaje).toMatch(/Aceptado, sin confirmar: 2 registros\./);
  await until(world, '2026-11-21T00:20:00-03:00', [runner]);
  const { titulo, mensaje } = await summary();
  expect(titulo).toBe('Noche enviada sin problemas');
  expect(mensaje).toMatch(/SENCE lo tiene: 2 registros confirmados en su historial\./);
});

test('a night with a course that was not given is not well done, and says which and why', async () => {
  world.courses = [course([student(0, 10)])];
  const cursos = [course([]).id, 'PERDIDO'].map((curso) => ({ fuente: 'aula', otec: OTEC.rut, curso }));
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)], cursos });
  await until(world, '2026-11-21T00:20:00-03:00', [runner]);
  const { titulo, mensaje } = await summary();
  expect(titulo).toBe('La noche quedó incompleta');
  expect(mensaje).toMatch(/No se envió PERDIDO: El curso «PERDIDO» no se puede leer\./);
  expect(await lastNights(world.ledger, world.time.now)).toMatchObject([
    {
      ...{ rutOtec: OTEC.rut, noche: NOCHE, estado: 'mal', problemas: [] },
      cursos: [
        { curso: course([]).id, estado: 'hecha' },
        { curso: 'PERDIDO', estado: 'perdida', causa: 'no-entregado', proximo: null },
      ],
      dichos: [{ curso: 'PERDIDO', gravedad: 'rojo' }],
    },
  ]);
  expect(await figures(world.ledger)).toMatchObject({
    ...{ noches: { hecha: 1, pendiente: 0, perdida: 1 }, envios: { aceptado: 1 }, aceptados: 2 },
    ultimoAceptado: expect.any(Date),
  });
});

test('a night in which nothing was to be sent does not say that it was sent', async () => {
  world.courses = [];
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await until(world, '2026-11-21T00:20:00-03:00', [runner]);
  expect((await summary()).titulo).toBe('No había cursos que informar');
});

test('who is missing is named in the mail and counted elsewhere; no RUT in either', async () => {
  world.courses = [course([0, 1, 2].map(named))];
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await until(world, '2026-11-21T00:20:00-03:00', [runner], 15);
  world.courses = [course([0, 1].map(named))];
  await until(world, '2026-11-22T00:20:00-03:00', [runner], 15);
  world.time.now = new Date('2026-11-22T08:00:00-03:00');
  const { ledger } = world;
  const clock = () => world.time.now;
  const box = await openMailbox();
  const huella = 'abcdef'.repeat(10);
  const { db } = ledger;
  await sql`insert into bitacora values (1, '2026', 'ana', 'aquí', 'x', '', ${huella})`.execute(db);
  const canales = [box.correo, { tipo: 'webhook' as const, url: 'http://127.0.0.1:9/nobody' }];
  await alertCenter({ ledger, clock, avisar: [{ rutOtec: OTEC.rut, otec: 'Prueba', canales }] }).tick();
  await box.close();
  const rows = await ledger.db.selectFrom('aviso').selectAll().orderBy('canal').execute();
  expect(box.mails[0]?.texto).toMatch(/1: Ya no vienen en la planilla\n {3}Persona 2 · Curso de prueba/);
  expect(box.mails[0]?.texto).toContain(`Bitácora: 1-${huella.slice(0, 20)}`);
  const contents = rows.map(({ contenido }): Alerta => JSON.parse(contenido));
  for (const { mensaje } of contents) {
    expect(mensaje).toMatch(/1: Ya no vienen en la planilla\. 1 alumno · Curso de prueba/);
    expect(mensaje).not.toMatch(/Persona/);
  }
  expect(JSON.stringify(rows)).not.toMatch(/15000274/);

  // What is kept of a person is given out and taken away with the rest.
  const { noches } = await exportPerson(ledger, rutOf(2).text);
  expect([noches.cursos.length, noches.dichos.length]).toEqual([1, 1]);
  await erasePerson(ledger, rutOf(2).text, clock());
  const after = await exportPerson(ledger, rutOf(2).text);
  expect(after.noches).toEqual({ cursos: [], dichos: [], avisos: [] });
});

test('whose module is gone is named in the mail as well, and counted in the rest', async () => {
  world.courses = [course([0, 1].map(named))];
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await until(world, '2026-11-21T00:20:00-03:00', [runner], 15);
  const listaModulos = [modulo('PRUEBA-M1', 10)];
  world.courses = [course([named(0), { ...student(1, 10, { listaModulos }), name: 'Persona 1' }])];
  await until(world, '2026-11-22T00:20:00-03:00', [runner], 15);
  const { mensaje } = await summary('2026-11-21');
  expect(mensaje).toMatch(/Ya no viene un módulo que se informó: 1 alumno \(Curso de prueba: 1\)\./);
  expect(mensaje).not.toMatch(/Persona/);
  const facts = await nightFacts(
    world.ledger,
    { rutOtec: OTEC.rut, noche: '2026-11-21', ventana: VENTANA_OFICIAL },
    world.time.now,
  );
  const [row] = morningLetter(facts, true).filas;
  expect(row).toMatchObject({
    ...{ cuantos: 1, titulo: 'Ya no viene un módulo que se informó' },
    quienes: ['Persona 1 · Curso de prueba'],
  });
  expect(JSON.stringify(morningLetter(facts, false))).not.toMatch(/Persona/);
});
