import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '@puente-sic/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger, restore } from '../src/index.ts';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));
const STATES = readdirSync(FIXTURES).filter((name) => name.startsWith('estado-'));
const NOW = new Date('2026-12-01T12:00:00-03:00');

test('every released version has its state folder here (npx tsx scripts/estado.ts)', () => {
  const changelog = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
  const released = [...changelog.matchAll(/^## \[?(\d+\.\d+\.\d+)/gm)].map(
    ([, version]) => `estado-${version}`,
  );
  expect(released.filter((name) => !STATES.includes(name))).toEqual([]);
});

describe.each(STATES)('%s', (state) => {
  let datos: string;
  beforeEach(() => {
    datos = mkdtempSync(join(tmpdir(), 'puente-estado-'));
    for (const name of readdirSync(join(FIXTURES, state)))
      writeFileSync(
        join(datos, name.replace(/\.gz$/, '')),
        gunzipSync(readFileSync(join(FIXTURES, state, name))),
      );
  });
  afterEach(() => rmSync(datos, { recursive: true }));

  test('opens in the present with every row that it held, after a backup of itself, and goes back', async () => {
    const file = join(datos, 'puente.sqlite');
    const columns = columnsOf(file);
    const before = rowsOf(file, columns);
    expect(before.envio?.length).toBeGreaterThan(0);
    const migrations = migrationsOf(file);

    const ledger = await openLedger(datos, NOW);
    await ledger.close();
    expect(rowsOf(file, columns)).toEqual(before);

    if (migrations === migrationsOf(file)) return;
    const backups = readdirSync(join(datos, 'respaldos'));
    expect(backups).toEqual([expect.stringMatching(/^antes-de-actualizar-/)]);
    const backup = join(datos, 'respaldos', backups[0] ?? '');
    // What the earlier version can open: its own schema, its own rows.
    expect(migrationsOf(join(backup, 'puente.sqlite'))).toBe(migrations);
    expect(rowsOf(join(backup, 'puente.sqlite'), columns)).toEqual(before);
    await restore(datos, backup, NOW);
    expect(rowsOf(file, columns).envio).toEqual(before.envio);
  });
});

type Columns = Map<string, string[]>;

/** The tables of a file with their columns; not the Migrator's own. */
function columnsOf(file: string): Columns {
  return reading(file, (database) => {
    const tables: { name: string }[] = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*_*' ORDER BY name")
      .all();
    return new Map(
      tables.map(({ name }) => {
        const columns: { name: string }[] = database.prepare(`PRAGMA table_info("${name}")`).all();
        return [name, columns.map((column) => `"${column.name}"`)];
      }),
    );
  });
}

function rowsOf(file: string, tables: Columns): Record<string, unknown[]> {
  return reading(file, (database) =>
    Object.fromEntries(
      [...tables].map(([table, columns]) => [
        table,
        database.prepare(`SELECT ${columns.join(', ')} FROM "${table}" ORDER BY ${columns.join(', ')}`).all(),
      ]),
    ),
  );
}

/** How far a file's schema is: the last of the Migrator's, or SQLite's own number where it had none. */
function migrationsOf(file: string): string {
  return reading(file, (database) => {
    const [table] = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'kysely_migration'").all();
    if (table === undefined) return JSON.stringify(database.prepare('PRAGMA user_version').get());
    return JSON.stringify(database.prepare('SELECT name FROM kysely_migration ORDER BY name').all());
  });
}

function reading<T>(file: string, read: (database: ReturnType<typeof openDatabase>) => T): T {
  const database = openDatabase(file, { readOnly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}
