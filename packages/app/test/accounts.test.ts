import { type Ledger, openEmptyLedger } from '@puente-sic/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  changeUsuario,
  createClaveApi,
  createFirstUsuario,
  createUsuario,
  listClavesApi,
  listUsuarios,
  readBitacora,
  removeUsuario,
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
