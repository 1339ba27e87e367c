import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { course, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eraseAgain } from '../src/backup/erase-again.ts';
import {
  applyRetention,
  EngineFailure,
  erasePerson,
  exportPerson,
  readSecret,
  removeSecret,
  reportAgain,
  saveSecret,
  send,
  serve,
  syncFromHistory,
  toldOf,
  VENTANA_OFICIAL,
} from '../src/index.ts';
import { queueAviso } from '../src/ledger/avisos.ts';
import { pack } from '../src/ledger/bytes.ts';
import { answerOf, bodyOf } from '../src/ledger/envios.ts';
import { readErasures } from '../src/privacy/erasures.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.courses = [course([student(0, 10), student(1, 20), student(9, 10)])];
  await send(world.request());
});
afterEach(() => world.close());

const rows = () => world.ledger.db.selectFrom('envio').selectAll().execute();

test('after the retention only hashes and counts are left, and the rule of 025 still holds', async () => {
  expect(await applyRetention(world.ledger, 30, world.time.now)).toBe(0);
  const later = new Date(world.time.now.getTime() + 31 * 86_400_000);
  const [before] = await rows();
  expect(await applyRetention(world.ledger, 30, later)).toBe(1);
  const [after] = await rows();
  expect(after).toEqual({ ...before, cuerpo: null, respuesta: null, desglose: 'perdido' });
  expect(await applyRetention(world.ledger, 30, later)).toBe(0);
  world.courses = [course([student(0, 5)])];
  expect((await send(world.request())).envios).toMatchObject([{ resultado: 'retenido' }]);
});

test('the service applies the retention by itself, and only where one was asked for', async () => {
  const later = new Date(world.time.now.getTime() + 31 * 86_400_000);
  const { ledger, clientFor } = world.request();
  const run = async (retention: { retencionDias?: number }) => {
    const stop = new AbortController();
    const service = serve({
      ...{ ledger, clientFor, version: 2, clock: () => later, providers: [], signal: stop.signal },
      ...retention,
    });
    if (retention.retencionDias === undefined) await setImmediate();
    else await expect.poll(async () => (await rows())[0]?.cuerpo).toBeNull();
    stop.abort();
    await service;
  };
  await run({});
  expect((await rows())[0]?.cuerpo).not.toBeNull();
  await run({ retencionDias: 30 });
});

test('what is uncertain keeps its body, however old', async () => {
  world.faults = ['cut-before'];
  await send(world.request());
  const later = new Date(world.time.now.getTime() + 90 * 86_400_000);
  await applyRetention(world.ledger, 30, later);
  expect((await rows()).filter(({ cuerpo }) => cuerpo !== null)).toMatchObject([{ estado: 'incierto' }]);
  await expect(erasePerson(world.ledger, rutOf(9).text, later)).rejects.toThrow(EngineFailure);
});

test('one person’s data is given out whole, and taken out whole, with a record that does not name them', async () => {
  const { text, numero } = rutOf(9);
  const data = await exportPerson(world.ledger, text);
  expect(data).toMatchObject({
    rut: text,
    envios: [{ resultado: 'rechazado' }, {}],
    aceptados: [],
    errores: [{}],
  });
  const other = await exportPerson(world.ledger, rutOf(0).text);

  expect(await erasePerson(world.ledger, text, world.time.now)).toEqual({
    envios: 1,
    aceptados: 0,
    errores: 1,
  });
  expect(await exportPerson(world.ledger, text)).toEqual({
    rut: text,
    envios: [],
    aceptados: [],
    errores: [],
    decisiones: [],
    noches: { cursos: [], dichos: [], avisos: [] },
    pedidosDeBorrado: [],
  });
  // What is known of the others is what it was.
  expect(await exportPerson(world.ledger, rutOf(0).text)).toEqual(other);
  for (const file of readdirSync(world.datos)) {
    expect(readFileSync(join(world.datos, file)).includes(String(numero)), file).toBe(false);
  }
  // Bodies and answers are packed: what the files hold is looked at unpacked too.
  for (const row of await rows()) {
    expect(JSON.stringify(bodyOf(row))).not.toContain(String(numero));
    expect(answerOf(row)).toContain(String(rutOf(0).numero));
    expect(answerOf(row)).not.toContain(String(numero));
  }
  expect((await rows()).map((row) => bodyOf(row)?.listaAlumnos.length)).toEqual([2]);
  expect(JSON.stringify(await world.ledger.db.selectFrom('borrado').selectAll().execute())).not.toContain(
    String(numero),
  );
  await expect(erasePerson(world.ledger, 'nadie', world.time.now)).rejects.toThrow(EngineFailure);
});

test('an alert that names a person is given out, and names nobody after the erasure', async () => {
  const { text, numero } = rutOf(9);
  const nombre = 'María José «Pepa» "la Pepa" Ñancul';
  const { rut: rutOtec } = OTEC;
  const row = { rutOtec, ...{ codigoOferta: 'X', codigoGrupo: 'X', rut: text, nombre, visto: '2026-11-22' } };
  await world.ledger.db
    .insertInto('alumno')
    .values({ ...row, fin: null, ausente: null })
    .execute();
  const dotted = text.replace(/^(\d+)(\d{3})(\d{3})-/, '$1.$2.$3-');
  const mensaje = `Falta ${nombre} (${dotted}, o sea ${text}); el envío 1${numero}9 es otro.`;
  const said = { titulo: 'La noche', mensaje, queHacer: '', rutOtec, otec: 'Prueba', cuando: '2026-11-22' };
  await queueAviso(world.ledger.db, { text: mensaje, tipo: 'problema', clave: 'reloj', ...said }, [
    'correo a@b',
  ]);
  expect((await exportPerson(world.ledger, text)).noches.avisos).toHaveLength(1);
  expect((await exportPerson(world.ledger, rutOf(0).text)).noches.avisos).toEqual([]);

  await erasePerson(world.ledger, text, world.time.now);
  const [aviso] = await world.ledger.db.selectFrom('aviso').select('contenido').execute();
  expect(JSON.parse(aviso?.contenido ?? '').mensaje).toBe(
    `Falta (persona borrada) ((persona borrada), o sea (persona borrada)); el envío 1${numero}9 es otro.`,
  );
});

test('a history that settled an envío of others may name a person too: erased there as well', async () => {
  const { text, numero } = rutOf(9);
  const [row] = await rows();
  const history = pack(JSON.stringify([{ listaregistros: [{ rut_alumno: String(numero) }] }]));
  if (row === undefined) throw new Error('nothing sent');
  const other = {
    codigoEnvio: 'P-20261122-OTRO',
    via: 'historial',
    cuerpo: null,
    desglose: 'perdido',
  } as const;
  await world.ledger.db
    .insertInto('envio')
    .values({ ...row, ...other, respuesta: history })
    .execute();
  await erasePerson(world.ledger, text, world.time.now);
  for (const one of await rows()) expect(answerOf(one) ?? '').not.toContain(String(numero));
});

test('a secret is encrypted, bound to its name and key, and replaceable', async () => {
  const [clave, otra] = ['k'.repeat(32), 'j'.repeat(32)];
  const secreto = '0A1B2C3D-0000-4000-8000-00000000F00D';
  await saveSecret(world.ledger, 'token 76111222-8', secreto, clave, world.time.now);
  expect(await readSecret(world.ledger, 'token 76111222-8', clave)).toBe(secreto);
  await expect(readSecret(world.ledger, 'token 76111222-8', otra)).rejects.toThrow(EngineFailure);
  await expect(readSecret(world.ledger, 'otro', clave)).rejects.toThrow(EngineFailure);
  await expect(saveSecret(world.ledger, 'x', 'y', 'corta', world.time.now)).rejects.toThrow(EngineFailure);
  await world.ledger.db.updateTable('secreto').set({ nombre: 'otro' }).execute();
  await expect(readSecret(world.ledger, 'otro', clave)).rejects.toThrow(EngineFailure);
  for (const file of readdirSync(world.datos)) {
    expect(readFileSync(join(world.datos, file)).includes(secreto), file).toBe(false);
  }
  await saveSecret(world.ledger, 'otro', 'nuevo', clave, world.time.now);
  expect(await readSecret(world.ledger, 'otro', clave)).toBe('nuevo');
  await removeSecret(world.ledger, 'otro');
  await expect(readSecret(world.ledger, 'otro', clave)).rejects.toThrow(EngineFailure);
});

test('who was erased is held, told by row, and written down nowhere, until somebody decides otherwise', async () => {
  const { text } = rutOf(0);
  const dates = { fechaInicio: '2026-11-01', fechaFin: '2026-12-31' };
  expect(await erasePerson(world.ledger, text, world.time.now)).toMatchObject({ envios: 1, aceptados: 2 });
  world.courses = [course([student(0, 30, dates), student(1, 30)])];
  const told: Told = { events: [], defects: [] };
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  const [held] = (await send(world.request())).envios;
  expect(held).toMatchObject({ resultado: 'parcial', aceptados: 2, retenidos: 2 });
  expect(held?.errores).toMatchObject([{ rut: text, origen: 'previa', lugar: 'avance.csv, fila 2' }]);
  expect(held?.errores[0]?.mensaje).toContain('El 22-11-2026 se borraron');
  expect(held?.errores[0]?.queHacer).toContain(`puente persona informar ${text}`);
  // The night, its list of students and the history do not bring the person back either.
  world.time.now = new Date('2026-11-23T22:30:00-03:00');
  await until(world, '2026-11-23T22:40:00-03:00', [runner], 5);
  await syncFromHistory({ ...world.request(), desde: '2026-11-01' });
  expect(await exportPerson(world.ledger, text)).toMatchObject({ envios: [], aceptados: [], errores: [] });
  expect((await exportPerson(world.ledger, text)).noches.cursos).toEqual([]);
  const which = { rutOtec: OTEC.rut, noche: '2026-11-23', ventana: VENTANA_OFICIAL };
  expect(await toldOf(world.ledger, which, world.time.now)).toMatchObject([
    {
      gravedad: 'amarillo',
      rut: null,
      mensaje: expect.stringContaining('Una persona cuyos datos se borraron'),
    },
  ]);

  await reportAgain(world.ledger, text, world.time.now);
  expect((await send(world.request())).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
  await expect(reportAgain(world.ledger, text, world.time.now)).rejects.toThrow(EngineFailure);
  // The decision is outside the ledger as well, and is no erasure of its own.
  const again = { borrados: 0, porBorrar: 0, huellas: [] };
  expect(await eraseAgain(world.ledger, readErasures(world.datos), world.time.now)).toEqual(again);
  expect((await exportPerson(world.ledger, text)).envios.length).toBe(2);
  // Asked for once more, it counts once more.
  await erasePerson(world.ledger, text, new Date(world.time.now.getTime() + 1000));
  expect((await send(world.request({ repetir: true }))).envios).toMatchObject([{ retenidos: 2 }]);
});

test('of whom nothing is known nothing is erased, noted or held', async () => {
  expect(await erasePerson(world.ledger, rutOf(7).text, world.time.now)).toBeNull();
  expect(readErasures(world.datos)).toEqual([]);
  expect(await world.ledger.db.selectFrom('borrado').selectAll().execute()).toEqual([]);
});
