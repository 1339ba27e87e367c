import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { backup, type Ledger, openEmptyLedger, openLedger } from '@puente-sic/engine';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CONSOLE,
  changeUsuario,
  createClaveApi,
  createFirstUsuario,
  createUsuario,
  forgetPerson,
  listClavesApi,
  listUsuarios,
  readBitacora,
  removeUsuario,
  restoreState,
  verifyBitacora,
  writeBitacora,
} from '../src/index.ts';

const NOW = new Date('2026-11-22T15:00:00Z');
const ANA = { quien: 'Ana', direccion: '127.0.0.1' };
const BETO = { usuario: 'Beto', clave: 'una clave larga y buena', rol: 'operador' as const };

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openEmptyLedger();
});
afterEach(() => ledger.close());

test('a deed that cannot be written down is not done', async () => {
  const ana = await createFirstUsuario(ledger, '127.0.0.1', { usuario: 'Ana', clave: BETO.clave }, NOW);
  await ledger.db.schema.dropTable('bitacora').execute();
  await expect(createUsuario(ledger, ANA, BETO, NOW)).rejects.toThrow('bitacora');
  await expect(createClaveApi(ledger, ANA, { nombre: 'hoja', rol: 'lector' }, NOW)).rejects.toThrow(
    'bitacora',
  );
  const before = ana?.clave;
  await expect(
    changeUsuario(ledger, ANA, { id: 1, usuario: 'Ana' }, { clave: 'otra muy larga' }, NOW),
  ).rejects.toThrow('bitacora');
  expect((await listUsuarios(ledger)).map(({ usuario, clave }) => [usuario, clave])).toEqual([
    ['Ana', before],
  ]);
  expect(await listClavesApi(ledger)).toEqual([]);
});

test('an erasure is written down without saying whom, and not done where it cannot be', async () => {
  const rut = '11111111-1';
  const seen = { rutOtec: '76543210-3', codigoOferta: 'CUR', codigoGrupo: 'G', rut, visto: '2026-11-20' };
  const appear = () =>
    ledger.db
      .insertInto('alumno')
      .values({ ...seen, nombre: null, fin: null, ausente: null })
      .execute();
  await appear();
  const forget = () => forgetPerson(ledger, CONSOLE, { rut, fuentes: [] }, () => NOW);
  expect((await forget()).borrado).toEqual({ envios: 0, aceptados: 0, errores: 0 });
  const [hecho] = await readBitacora(ledger, 10);
  expect(hecho).toMatchObject({ accion: 'persona-borrada', quien: 'puente (consola)' });
  expect(JSON.stringify(hecho)).not.toContain('11111111');
  // Nothing is left of the person, so that nothing is done and nothing is written down.
  expect((await forget()).borrado).toBeNull();
  expect(await readBitacora(ledger, 10)).toHaveLength(1);
  await appear();
  await ledger.db.schema.dropTable('bitacora').execute();
  await expect(forget()).rejects.toThrow('bitacora');
  expect(await ledger.db.selectFrom('borrado').selectAll().execute()).toHaveLength(1);
});

test('what was restored, by whom, and where the former state is, stands in the restored audit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-restaurar-'));
  try {
    const datos = join(folder, 'estado');
    await (await openLedger(datos)).close();
    await backup(datos, join(folder, 'lunes.respaldo'), NOW);
    const { anterior } = await restoreState(datos, ANA, { respaldo: join(folder, 'lunes.respaldo') }, NOW);
    const restored = await openLedger(datos);
    const [hecho] = await readBitacora(restored, 10);
    await restored.close();
    expect(hecho).toMatchObject({ ...ANA, accion: 'respaldo-restaurado' });
    expect(hecho?.detalle).toContain('lunes.respaldo');
    expect(hecho?.detalle).toContain(basename(anterior ?? 'none'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what was not done is not written down', async () => {
  const [ana] = [await createFirstUsuario(ledger, '127.0.0.1', { usuario: 'Ana', clave: BETO.clave }, NOW)];
  if (ana === null) throw new Error('The first account was refused');
  expect(await createFirstUsuario(ledger, '127.0.0.1', { usuario: 'Eva', clave: BETO.clave }, NOW)).toBe(
    null,
  );
  expect(await createUsuario(ledger, ANA, { ...BETO, usuario: 'ANA' }, NOW)).toBe(null);
  expect(await changeUsuario(ledger, ANA, ana, { rol: 'lector' }, NOW)).toBe(false);
  expect(await removeUsuario(ledger, ANA, ana, NOW)).toBe(false);
  expect(await changeUsuario(ledger, ANA, ana, {}, NOW)).toBe(true);
  expect((await readBitacora(ledger, 10)).map(({ accion, quien }) => [accion, quien])).toEqual([
    ['primer-uso', 'Ana'],
  ]);
});

test('an entry that was changed or taken out shows, and so does a trail that was written anew', async () => {
  for (const nombre of ['a', 'b', 'c', 'd'])
    await createClaveApi(ledger, ANA, { nombre, rol: 'lector' }, NOW);
  const { cabeza } = await verifyBitacora(ledger);
  expect(cabeza).toMatch(/^4-[0-9a-f]{20}$/);
  await createClaveApi(ledger, ANA, { nombre: 'e', rol: 'lector' }, NOW);
  expect(await verifyBitacora(ledger, cabeza)).toMatchObject({ hechos: 5, roto: null, contiene: true });
  expect(await verifyBitacora(ledger, cabeza.replace('4-', '3-'))).toMatchObject({ contiene: false });

  const change = (set: string) => sql.raw(`UPDATE bitacora SET ${set} WHERE id = 3`).execute(ledger.db);
  await change(`quien = 'Eva'`);
  expect((await verifyBitacora(ledger)).roto).toBe(3);
  await change(`quien = 'Ana'`);
  expect((await verifyBitacora(ledger)).roto).toBe(null);
  await sql`DELETE FROM bitacora WHERE id = 2`.execute(ledger.db);
  expect((await verifyBitacora(ledger)).roto).toBe(2);

  // Cut off and gone on with: the chain itself is whole again, the head that was written down tells.
  await sql`DELETE FROM bitacora WHERE id > 1`.execute(ledger.db);
  for (const nombre of ['f', 'g', 'h']) await createClaveApi(ledger, ANA, { nombre, rol: 'lector' }, NOW);
  expect(await verifyBitacora(ledger, cabeza)).toMatchObject({ hechos: 4, roto: null, contiene: false });
});

test('deeds at the same time each have their place in the chain', async () => {
  const deeds = ['a', 'b', 'c', 'd', 'e'].map((nombre) =>
    createClaveApi(ledger, ANA, { nombre, rol: 'lector' }, NOW),
  );
  const notes = deeds.map(() => writeBitacora(ledger, { ...ANA, accion: 'x', detalle: '' }, NOW));
  await Promise.all([...deeds, ...notes]);
  expect(await verifyBitacora(ledger)).toMatchObject({ hechos: 10, roto: null });
});

test('what was noted after a backup stays in the trail when that is restored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-cadena-'));
  try {
    const datos = join(folder, 'estado');
    const state = await openLedger(datos);
    await createFirstUsuario(state, '127.0.0.1', { usuario: 'Ana', clave: BETO.clave }, NOW);
    await backup(datos, join(folder, 'lunes.respaldo'), NOW);
    await createClaveApi(state, ANA, { nombre: 'hoja', rol: 'lector' }, NOW);
    const { cabeza } = await verifyBitacora(state);
    await state.close();
    await restoreState(datos, ANA, { respaldo: join(folder, 'lunes.respaldo') }, NOW);
    const restored = await openLedger(datos);
    const acciones = (await readBitacora(restored, 10)).map(({ accion }) => accion).reverse();
    const found = await verifyBitacora(restored, cabeza);
    await restored.close();
    expect(acciones).toEqual([
      'primer-uso',
      'clave-api-creada',
      'restauracion-comenzada',
      'respaldo-restaurado',
    ]);
    expect(found).toMatchObject({ roto: null, contiene: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
