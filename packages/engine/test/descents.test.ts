import { course, modulo, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  decide,
  errors,
  listDecisions,
  preview,
  type SendRequest,
  send,
  undoDecision,
} from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const KEY = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
const CURSO = { fuente: 'aula', otec: OTEC.rut, curso: OFERTA };
const sendNow = (more: Partial<SendRequest> = {}) => send(world.request(more));
const nextNight = () => {
  world.time.now = new Date(world.time.now.getTime() + 86_400_000);
};
const planned = async (more: Partial<SendRequest> = {}) => {
  const { cursos } = await preview(world.request(more));
  return cursos.flatMap(({ cuerpo }) => cuerpo?.listaAlumnos ?? []);
};

test('with mantener, what a student says goes with what the modules say', async () => {
  world.courses = [course([student(0, 100, { estado: 2 })])];
  await sendNow();
  nextNight();
  const listaModulos = [modulo('PRUEBA-M1', 60, { estado: 1 }), modulo('PRUEBA-M2', 100, { estado: 2 })];
  world.courses = [course([student(0, 80, { listaModulos })])];
  const [alumno] = await planned({ cursos: [{ ...CURSO, descenso: 'mantener' }] });
  expect(alumno).toMatchObject({
    ...{ porcentajeAvance: 100, estado: 2 },
    listaModulos: [{ porcentajeAvance: 100 }, { porcentajeAvance: 100, estado: 2 }],
  });
});

test('who was approved and no longer is, is told, once', async () => {
  world.courses = [course([student(0, 50, { estado: 2 }), student(1, 50)])];
  await sendNow();
  nextNight();
  world.courses = [course([student(0, 50), student(1, 50)])];
  const told = async () =>
    (await sendNow()).envios.flatMap(({ avisos }) =>
      avisos.filter(({ mensaje }) => mensaje.startsWith('Se informó como aprobado')),
    );
  expect(await told()).toMatchObject([{ rut: rutOf(0).text, ruta: 'listaAlumnos[0].estado' }]);
  nextNight();
  expect(await told()).toEqual([]);
});

test('what was accepted in a group that the student has left counts in the new one', async () => {
  world.courses = [course([student(0, 60)])];
  await sendNow();
  nextNight();
  world.courses = [course([student(0, 40)], { codigoGrupo: 'PRUEBA-OTRO' })];
  const { cursos } = await preview(world.request());
  expect(cursos[0]?.cuerpo).toBeNull();
  expect(cursos[0]?.retenidos[0]?.mensaje).toContain(`(enviado el 22-11-2026 en el grupo ${OFERTA})`);
});

test('the same figure with its decimals is no fall: it goes as SENCE has it', async () => {
  world.courses = [course([student(0, 45)])];
  await sendNow();
  await world.ledger.db.updateTable('aceptado').set({ porcentajeAvance: 45.4 }).execute();
  const [alumno] = await planned();
  expect(alumno?.listaModulos.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([45.4, 45.4]);
});

test('what a 025 taught has no date of a send', async () => {
  await world.begun();
  world.courses = [course([student(0, 60)])];
  const [cuerpo] = (await preview(world.request())).cursos.map((curso) => curso.cuerpo);
  if (!cuerpo) throw new Error('nothing planned');
  await world.client.sendAvance(cuerpo);
  world.courses = [course([student(0, 30)])];
  await sendNow();
  const { cursos } = await preview(world.request());
  expect(cursos[0]?.retenidos[0]?.mensaje).toContain('SENCE ya aceptó 60 % (lo dijo al rechazar un envío)');
});

test('a person keeps the value of one record; it is over by itself when the figure passes it, and is told', async () => {
  world.courses = [course([student(0, 60)])];
  await sendNow();
  nextNight();
  const about = { ...KEY, rut: rutOf(0).text, codigoModulo: 'PRUEBA-M1' };
  await decide(world.ledger, { ...about, tipo: 'mantener', quien: 'Ana' }, world.time.now);
  world.courses = [course([student(0, 40)])];
  const held = await sendNow();
  expect(held.envios).toMatchObject([{ aceptados: 1, retenidos: 1 }]);
  expect(held.envios[0]?.avisos[0]?.mensaje).toContain('como lo decidió Ana el 23-11-2026');

  nextNight();
  world.courses = [course([student(0, 70)])];
  expect((await listDecisions(world.ledger))[0]?.fin).toBeNull();
  const passed = await sendNow();
  expect(passed.envios[0]?.avisos.map(({ mensaje }) => mensaje).join()).toContain('terminó sola');
  expect(await listDecisions(world.ledger, { rut: rutOf(0).text })).toMatchObject([
    { quien: 'Ana', fin: { cierre: 'superada', quien: null } },
  ]);
});

test('another code, and not to be reported, from the next plan on; undone, as before', async () => {
  world.courses = [course([student(0, 10), student(1, 10)])];
  const now = world.time.now;
  const code = { ...KEY, rut: null, codigoModulo: 'PRUEBA-M1', valor: 'SIC-M1', quien: 'Ana' };
  await decide(world.ledger, { ...code, tipo: 'codigo' }, now);
  const away = { ...KEY, rut: rutOf(1).text, codigoModulo: null, quien: 'Ana', motivo: 'Se retiró' };
  const { id } = await decide(world.ledger, { ...away, tipo: 'no-informar' }, now);
  const codes = async () =>
    (await planned()).map(({ listaModulos }) => listaModulos.map(({ codigoModulo }) => codigoModulo));
  expect(await codes()).toEqual([['SIC-M1', 'PRUEBA-M2']]);
  expect(await undoDecision(world.ledger, { id, quien: 'Benito' }, now)).toMatchObject({
    fin: { cierre: 'deshecha', quien: 'Benito' },
  });
  expect(await undoDecision(world.ledger, { id, quien: 'Benito' }, now)).toBeNull();
  expect(await codes()).toHaveLength(2);
  // The same again takes the place of the former, which stays in the list.
  await decide(world.ledger, { ...code, valor: 'SIC-OTRO', tipo: 'codigo' }, now);
  expect((await codes())[0]).toEqual(['SIC-OTRO', 'PRUEBA-M2']);
  expect(await listDecisions(world.ledger)).toHaveLength(3);
  await expect(decide(world.ledger, { ...code, valor: ' ', tipo: 'codigo' }, now)).rejects.toThrow(/código/);
});

test('what is known of a student is known also when it opens again', async () => {
  world.courses = [course([student(0, 10), student(9, 10)])];
  await sendNow();
  const about = { ...KEY, rut: rutOf(9).text, codigoModulo: null, quien: 'Ana' };
  const { id } = await decide(world.ledger, { ...about, tipo: 'conocido' }, world.time.now);
  const known = async () => (await errors(world.ledger)).map(({ conocido }) => conocido !== null);
  expect(await known()).toEqual([true]);
  await world.ledger.db.deleteFrom('error').execute();
  nextNight();
  await sendNow();
  expect(await known()).toEqual([true]);
  await undoDecision(world.ledger, { id, quien: 'Ana' }, world.time.now);
  expect(await known()).toEqual([false]);
});
