import { course, MODULOS, modulo, OFERTA, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errors, exitCodeOf, preview, type SendRequest, send, settle } from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const minutes = (count: number) => {
  world.time.now = new Date(world.time.now.getTime() + count * 60_000);
};
const processes = async () => (await world.client.history()).processes;
const sendNow = (more: Partial<SendRequest> = {}) => send(world.request(more));

test('a course goes in, under a code of ours, on the night’s date', async () => {
  world.courses = [course([student(0, 10), student(1, 20)])];
  const result = await sendNow();
  expect(exitCodeOf(result)).toBe(0);
  expect(result.envios).toMatchObject([
    { resultado: 'aceptado', aceptados: 4, rechazados: 0, retenidos: 0, errores: [], codigoOferta: OFERTA },
  ]);
  const [proceso] = await processes();
  expect(proceso?.codigo_externo).toBe(result.envios[0]?.codigoEnvio);
  expect(proceso?.id_proceso_externo).toBe(String(result.envios[0]?.idProceso));
  expect(proceso?.listaregistros[0]?.fecha_ejecucion).toMatch(/^2026-11-22/);
});

test('the night is Santiago’s, also when UTC has the next day already', async () => {
  world.courses = [course([student(0, 10)])];
  world.time.now = new Date('2026-11-23T02:59:00Z');
  const { cursos } = await preview(world.request());
  expect(cursos[0]?.cuerpo?.listaAlumnos[0]?.fechaEjecucion).toBe('2026-11-22');
});

test('what SENCE refuses is told with its code; the rest goes in; sent again after correction, alone', async () => {
  world.courses = [course([student(0, 10), student(9, 10)])];
  const first = await sendNow();
  expect(exitCodeOf(first)).toBe(1);
  expect(first.envios).toMatchObject([{ resultado: 'parcial', aceptados: 2, rechazados: 2 }]);
  expect(first.envios[0]?.errores).toMatchObject([
    { rut: rutOf(9).text, codigoModulo: null, codigo: '012', origen: 'gestor', lugar: 'avance.csv, fila 11' },
  ]);
  expect(await errors(world.ledger)).toMatchObject([{ rut: rutOf(9).text, codigo: '012' }]);

  // The RUT was mistyped: it is another person.
  world.courses = [course([student(0, 10), student(1, 10)])];
  const second = await sendNow({ filters: { soloErrores: true } });
  expect(second.envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
  expect((await processes()).at(-1)?.listaregistros.map(({ rut_alumno }) => rut_alumno)).toEqual(
    MODULOS.map(() => String(rutOf(1).numero)),
  );
  expect(await errors(world.ledger)).toEqual([]);
  const third = await sendNow({ filters: { soloErrores: true } });
  expect(third).toMatchObject({ envios: [], noEnviados: [], fallas: [] });
});

test('a RUT mistyped on one night only: once corrected, that night goes too, and nobody else', async () => {
  world.courses = [course([student(0, 10), student(1, 10)])];
  await sendNow();
  minutes(24 * 60);
  world.courses = [course([student(0, 20), student(1, 20, { dvAlumno: 'K' })])];
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'parcial', aceptados: 2, retenidos: 2 }]);
  world.courses = [course([student(0, 20), student(1, 20)])];
  const corrected = await sendNow({ filters: { soloErrores: true } });
  expect(corrected.envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
  expect((await processes()).at(-1)?.listaregistros.map(({ rut_alumno }) => rut_alumno)).toEqual(
    MODULOS.map(() => String(rutOf(1).numero)),
  );
  expect(await errors(world.ledger)).toEqual([]);
});

test('what preflight knows is held back with its place, and closes itself when it is gone', async () => {
  const wrong = student(1, 20, { listaModulos: [modulo('PRUEBA-M1', 20), modulo('PRUEBA-M2', -1)] });
  world.courses = [course([student(0, 10), wrong])];
  const result = await sendNow();
  expect(result.envios).toMatchObject([{ resultado: 'parcial', aceptados: 3, rechazados: 0, retenidos: 1 }]);
  expect(result.envios[0]?.errores).toMatchObject([
    {
      rut: rutOf(1).text,
      codigoModulo: 'PRUEBA-M2',
      codigo: '024',
      origen: 'previa',
      lugar: 'avance.csv, fila 3, columna Avance',
    },
  ]);
  world.courses = [course([student(0, 10), student(1, 20)])];
  await sendNow();
  expect(await errors(world.ledger)).toEqual([]);
});

test('two people without a RUT are two, and stay told when others are accepted', async () => {
  const nobody = { rutAlumno: null, dvAlumno: null };
  world.courses = [course([student(0, 10), student(1, 20, nobody), student(2, 20, nobody)])];
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'parcial', aceptados: 2, retenidos: 4 }]);
  const places = async () => (await errors(world.ledger)).map(({ rut, lugar }) => [rut, lugar]);
  const [first, second] = ['avance.csv, fila 3', 'avance.csv, fila 4'];
  expect(await places()).toEqual([
    [null, first],
    [null, second],
  ]);
  world.courses = [course([student(0, 20), student(1, 20), student(2, 20, nobody)])];
  minutes(24 * 60);
  await sendNow();
  expect(await places()).toEqual([[null, second]]);
});

test('a course of which nothing is left is told and not sent', async () => {
  world.courses = [course([student(0, -1)])];
  const result = await sendNow();
  expect(result.envios).toMatchObject([
    { resultado: 'retenido', codigoEnvio: null, idProceso: null, retenidos: 2 },
  ]);
  expect(exitCodeOf(result)).toBe(1);
  expect(await processes()).toEqual([]);
});

test('a percentage below the last accepted one is left out and told; by the other policy the last one goes', async () => {
  world.courses = [course([student(0, 60)])];
  await sendNow();
  world.courses = [course([student(0, 40), student(1, 40)])];
  const left = await sendNow();
  expect(left.envios).toMatchObject([{ resultado: 'parcial', aceptados: 2, rechazados: 0, retenidos: 2 }]);
  expect(left.envios[0]?.errores[0]?.mensaje).toMatchInlineSnapshot(
    `"El avance bajó: SENCE ya aceptó 60 % (enviado el 22-11-2026) y ahora la fuente dice 40 %. El módulo tiene las mismas actividades que entonces: la cifra misma es menor. SENCE no acepta un porcentaje menor que el anterior, por eso este módulo no se envía."`,
  );

  const kept = await sendNow({
    cursos: [{ fuente: 'aula', otec: '76111222-8', curso: OFERTA, descenso: 'mantener' }],
  });
  expect(kept.envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2, retenidos: 0 }]);
  expect(kept.yaEnviados).toMatchObject([{ registros: 2 }]);
  expect(kept.envios[0]?.avisos).toMatchObject([
    { codigo: '025', ruta: 'listaAlumnos[0].listaModulos[0].porcentajeAvance', gravedad: 'aviso' },
    { codigo: '025', ruta: 'listaAlumnos[0].listaModulos[1].porcentajeAvance', gravedad: 'aviso' },
  ]);
});

test('a percentage that somebody else sent is learnt from the first 025, and not run into again', async () => {
  await world.begun();
  world.courses = [course([student(0, 60)])];
  const { cursos } = await preview(world.request());
  const cuerpo = cursos[0]?.cuerpo;
  if (!cuerpo) throw new Error('nothing planned');
  await world.client.sendAvance(cuerpo);

  world.courses = [course([student(0, 30)])];
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'rechazado', rechazados: 2 }]);
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'retenido', retenidos: 2 }]);
});

test('an answer lost: uncertain at once, settled by the history, sent once', async () => {
  world.courses = [course([student(0, 10)])];
  world.faults = ['cut-after'];
  const first = await sendNow();
  expect(exitCodeOf(first)).toBe(4);
  expect(first.envios).toMatchObject([{ resultado: 'incierto', aceptados: 0 }]);

  const second = await sendNow();
  expect(second.envios).toMatchObject([
    { resultado: 'aceptado', aceptados: 2, codigoEnvio: first.envios[0]?.codigoEnvio },
  ]);
  expect(exitCodeOf(second)).toBe(0);
  expect(await processes()).toHaveLength(1);
});

test.each(['cut-during', '503', 'cut-before'] as const)(
  '%s: nothing is sent again before it is proven that it did not arrive',
  async (fault) => {
    world.courses = [course([student(0, 10)])];
    world.faults = [fault];
    const first = await sendNow();
    expect(exitCodeOf(first)).toBe(4);
    minutes(19);
    expect(exitCodeOf(await sendNow())).toBe(4);
    expect(await processes()).toEqual([]);
    minutes(2);
    const third = await sendNow();
    expect(third.envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
    expect(third.envios[0]?.codigoEnvio).not.toBe(first.envios[0]?.codigoEnvio);
    expect(await processes()).toHaveLength(1);
  },
);

test('a gateway’s 503 after the service took it: settled by the history all the same', async () => {
  world.courses = [course([student(0, 10)])];
  world.faults = ['503-after'];
  expect(exitCodeOf(await sendNow())).toBe(4);
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
  expect(await processes()).toHaveLength(1);
});

test('after a cut, the second try sends what has changed since, and only that', async () => {
  world.courses = [course([student(0, 10), student(1, 10)])];
  world.faults = ['cut-after'];
  await sendNow();
  world.courses = [course([student(0, 10), student(1, 30)])];
  expect((await sendNow()).envios).toMatchObject([{ aceptados: 4 }, { aceptados: 2 }]);
});

test('a crash between writing and answer leaves it uncertain; before the call, not sent', async () => {
  world.courses = [course([student(0, 10)])];
  await sendNow();
  const { db } = world.ledger;
  await db.updateTable('envio').set({ estado: 'enviando' }).execute();
  expect(await settle(world.request())).toMatchObject([{ estado: 'aceptado', aceptados: 2 }]);
  await db.updateTable('envio').set({ estado: 'preparado' }).execute();
  expect(await settle(world.request())).toEqual([]);
  expect(await db.selectFrom('envio').select('estado').execute()).toEqual([{ estado: 'no-enviado' }]);
});

test('settle alone says what became of it', async () => {
  world.courses = [course([student(0, 10)])];
  world.faults = ['cut-after'];
  await sendNow();
  expect(await settle(world.request())).toMatchObject([{ estado: 'aceptado', aceptados: 2, rechazados: 0 }]);
  expect(await settle(world.request())).toEqual([]);
});

test('version 1 has no code: an uncertain envío is known by what it says', async () => {
  world.courses = [course([student(0, 10)])];
  await sendNow({ version: 1 });
  world.faults = ['cut-after'];
  world.courses = [course([student(0, 20)])];
  expect(exitCodeOf(await sendNow({ version: 1 }))).toBe(4);
  expect((await sendNow({ version: 1 })).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
  expect(await processes()).toHaveLength(2);
});

test('JSON behind leaked HTML is an answer like any other', async () => {
  world.courses = [course([student(0, 10)])];
  world.faults = ['html-prefix'];
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'aceptado' }]);
});

test('a token that is not accepted: nothing recorded, told once per course, exit 3', async () => {
  world.courses = [course([student(0, 10)])];
  const { gestor } = world;
  const { GestorClient } = await import('@puente-sic/client');
  const credenciales = { rutOtec: '76111222-8', token: '00000000-0000-0000-0000-000000000000' };
  const result = await sendNow({ clientFor: () => new GestorClient({ baseUrl: gestor.url, credenciales }) });
  expect(result).toMatchObject({ envios: [], noEnviados: [{ motivo: 'no-autenticado' }] });
  expect(exitCodeOf(result)).toBe(3);
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'aceptado' }]);
});

test('the token is nowhere in the state folder', async () => {
  const { readFileSync, readdirSync } = await import('node:fs');
  world.courses = [course([student(0, 10)])];
  await sendNow();
  const { OTEC } = await import('@puente-sic/testing');
  const row = await world.ledger.db.selectFrom('envio').selectAll().executeTakeFirstOrThrow();
  const { bodyOf, answerOf } = await import('../src/ledger/envios.ts');
  expect(JSON.stringify(bodyOf(row))).not.toContain(OTEC.token);
  expect(answerOf(row)).not.toContain(OTEC.token);
  for (const file of readdirSync(world.datos)) {
    expect(readFileSync(`${world.datos}/${file}`).includes(OTEC.token), file).toBe(false);
  }
});

test('two at once: one holds the lease, the other is told', async () => {
  world.courses = [course([student(0, 10)])];
  const [one, other] = await Promise.all([sendNow(), sendNow()]);
  const busy = [one, other].filter(({ noEnviados }) => noEnviados[0]?.motivo === 'ocupado');
  expect(busy).toHaveLength(1);
  expect(await processes()).toHaveLength(1);
});

test('a big course goes in parts of 200 students, each with its own code', async () => {
  await world.close();
  world = await openWorld(450);
  world.courses = [course(Array.from({ length: 450 }, (_, index) => student(index, 10)))];
  const result = await sendNow();
  expect(result.envios.map(({ aceptados }) => aceptados)).toEqual([400, 400, 100]);
  expect(new Set(result.envios.map(({ codigoEnvio }) => codigoEnvio)).size).toBe(3);
});

test('mode cambios: only what differs from what was accepted', async () => {
  world.courses = [course([student(0, 10), student(1, 10)])];
  await sendNow({ modo: 'cambios' });
  minutes(24 * 60);
  expect((await sendNow({ modo: 'cambios' })).envios).toEqual([]);
  world.courses = [course([student(0, 10), student(1, 30)])];
  expect((await sendNow({ modo: 'cambios' })).envios).toMatchObject([{ aceptados: 2 }]);
});
