import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '@puente-sic/store';
import { OTEC, rutOf } from '@puente-sic/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applyRetention,
  backupsThatHold,
  errors,
  exportPerson,
  type Ledger,
  openLedger,
  readSecret,
  restore,
} from '../src/index.ts';
import { bodyOf } from '../src/ledger/envios.ts';

/** A state folder as puente left it in November 2026 (user_version 4); everybody in it is invented. */
const STATE = fileURLToPath(new URL('fixtures/estado-2026-11/', import.meta.url));
const NOW = new Date('2026-11-22T12:00:00-03:00');
const TABLES = ['envio', 'aceptado', 'error', 'noche', 'servicio', 'condicion', 'aviso', 'curso', 'secreto'];
const ACCOUNTS = ['usuario', 'sesion', 'claveApi', 'bitacora'];

let datos: string;
beforeEach(() => {
  datos = mkdtempSync(join(tmpdir(), 'puente-estado-'));
  for (const name of readdirSync(STATE)) {
    writeFileSync(join(datos, name.replace(/\.gz$/, '')), gunzipSync(readFileSync(join(STATE, name))));
  }
  chmodSync(datos, 0o755);
});
afterEach(() => rmSync(datos, { recursive: true }));

/** All that a ledger holds, by table, with the columns that the November one had. */
async function contents(file: string): Promise<Record<string, unknown[]>> {
  const database = openDatabase(file, { readOnly: true });
  const found: Record<string, unknown[]> = {};
  for (const table of [...TABLES, ...ACCOUNTS]) {
    const columns = COLUMNS.get(table)?.join(', ') ?? '*';
    found[table] = database.prepare(`SELECT ${columns} FROM ${table}`).all();
  }
  database.close();
  return found;
}

const COLUMNS = new Map<string, string[]>();

async function open(): Promise<{ ledger: Ledger; before: Record<string, unknown[]> }> {
  const file = join(datos, 'puente.sqlite');
  const database = openDatabase(file, { readOnly: true });
  for (const table of [...TABLES, ...ACCOUNTS]) {
    const columns: { name: string }[] = database.prepare(`PRAGMA table_info(${table})`).all();
    COLUMNS.set(
      table,
      columns.map(({ name }) => name),
    );
  }
  database.close();
  const before = await contents(file);
  return { before, ledger: await openLedger(datos, NOW) };
}

test('it opens in place with all that it held', async () => {
  const { ledger, before } = await open();
  expect(await contents(join(datos, 'puente.sqlite'))).toEqual(before);
  expect(Object.values(before).filter((rows) => rows.length === 0)).toEqual([]);
  const envios = await ledger.db.selectFrom('envio').selectAll().orderBy('creado').execute();
  expect(envios.map((row) => [row.estado, bodyOf(row)?.listaAlumnos.length ?? null])).toEqual([
    ['aceptado', null],
    ['parcial', 4],
    ['incierto', 4],
  ]);
  expect(await errors(ledger)).toHaveLength(1);
  expect((await exportPerson(ledger, rutOf(0).text)).aceptados).toHaveLength(2);
  const clave = 'clave-inventada-para-la-prueba-12';
  expect(await readSecret(ledger, `token:${OTEC.rut}`, clave)).toMatch(/^0A1B2C3D/);
  await ledger.close();
});

test('before it is brought up to date it is backed up, and the backup opens and restores in turn', async () => {
  const { ledger, before } = await open();
  await ledger.close();
  const [folder = ''] = readdirSync(join(datos, 'respaldos')).map((name) => join(datos, 'respaldos', name));
  expect(ledger.avisos.filter((text) => text.includes(folder))).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual([
    'moodle-aula-0a1b2c3d.sqlite',
    'puente.sqlite',
    'respaldo.json',
  ]);
  expect(await contents(join(folder, 'puente.sqlite'))).toEqual(before);
  const copy = openDatabase(join(folder, 'puente.sqlite'), { readOnly: true });
  expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 });
  copy.close();
  expect(await backupsThatHold(datos, rutOf(0).text)).toEqual([folder]);

  const again = await openLedger(datos, NOW);
  expect(again.avisos).toEqual([]);
  await again.close();
  expect(readdirSync(join(datos, 'respaldos'))).toHaveLength(1);
  const { anterior } = await restore(datos, folder, NOW);
  expect(anterior).not.toBeNull();
  expect((await contents(join(datos, 'puente.sqlite'))).envio).toEqual(before.envio);
});

test('where that backup cannot be written, nothing is changed', async () => {
  const file = join(datos, 'puente.sqlite');
  writeFileSync(join(datos, 'respaldos'), 'a file in the way');
  const before = readFileSync(file);
  await expect(openLedger(datos, NOW)).rejects.toMatchObject({ name: 'StoreError', kind: 'unusable' });
  const raw = openDatabase(file, { readOnly: true });
  expect(raw.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 });
  raw.close();
  expect(readFileSync(file)).toEqual(before);
});

test('a folder that others could read is told, and theirs no more', async () => {
  const { ledger } = await open();
  expect(ledger.avisos[0]).toContain('solo el que ejecuta puente');
  expect(statSync(datos).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(datos)) expect(statSync(join(datos, name)).mode & 0o077, name).toBe(0);
  await ledger.close();
});

test('a folder with other things in it is told, and left to whoever needs it', async () => {
  writeFileSync(join(datos, 'planilla.csv'), '', { mode: 0o644 });
  const { ledger } = await open();
  expect(ledger.avisos[0]).toContain('use una carpeta solo para puente');
  expect(statSync(datos).mode & 0o777).toBe(0o755);
  expect(statSync(join(datos, 'planilla.csv')).mode & 0o777).toBe(0o644);
  expect(statSync(join(datos, 'puente.sqlite')).mode & 0o777).toBe(0o600);
  await ledger.close();
});

test('an alert that was never delivered outlives the retention', async () => {
  const { ledger } = await open();
  await applyRetention(ledger, 1, new Date(NOW.getTime() + 90 * 86_400_000));
  const waiting = await ledger.db.selectFrom('aviso').selectAll().where('enviado', 'is', null).execute();
  expect(waiting).toHaveLength(1);
  await sql`UPDATE aviso SET enviado = creado`.execute(ledger.db);
  await applyRetention(ledger, 1, new Date(NOW.getTime() + 90 * 86_400_000));
  expect(await ledger.db.selectFrom('aviso').selectAll().execute()).toEqual([]);
  await ledger.close();
});
