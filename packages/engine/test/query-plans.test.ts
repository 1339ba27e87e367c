import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileDialect, openDatabase } from '@puente-sic/store';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger } from '../src/index.ts';
import { uncertainEnvios } from '../src/ledger/envios.ts';
import { pendingBefore } from '../src/ledger/noches.ts';
import { hasUnsettled } from '../src/ledger/open-envios.ts';
import type { Tables } from '../src/ledger/tables.ts';

const RUT = '76111222-8';

let datos: string;
let asked: { sql: string; parameters: readonly unknown[] }[];
let db: Kysely<Tables>;
beforeEach(async () => {
  datos = mkdtempSync(join(tmpdir(), 'puente-plan-'));
  const file = join(datos, 'puente.sqlite');
  await (await openLedger(datos)).close();
  asked = [];
  db = new Kysely<Tables>({
    dialect: new FileDialect(openDatabase(file), file),
    log({ query }) {
      asked.push(query);
    },
  });
});
afterEach(async () => {
  await db.destroy();
  rmSync(datos, { recursive: true });
});

/** How SQLite finds the rows of the one question that was put. */
async function planOf(question: Promise<unknown>): Promise<string> {
  await question;
  const [query, ...others] = asked;
  if (query === undefined || others.length > 0) throw new Error(`Not one question: ${asked.length}`);
  const statement = openDatabase(join(datos, 'puente.sqlite'), { readOnly: true });
  try {
    const rows = statement.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).all(...(query.parameters as string[]));
    return rows.map((row) => String((row as { detail: unknown }).detail)).join('\n');
  } finally {
    statement.close();
  }
}

// Asked every minute, with years of calls and nights behind.
test('the few open calls are found by their index, not among all of years', async () => {
  expect(await planOf(hasUnsettled(db, RUT))).toMatch(/USING (COVERING )?INDEX envio_open/);
  asked = [];
  expect(await planOf(uncertainEnvios(db, { rutOtec: RUT }))).toContain('INDEX envio_open');
});

test('nights with something pending are found by the index of what is not done', async () => {
  const plan = await planOf(pendingBefore(db, RUT, '2026-11-30'));
  expect(plan).toContain('INDEX noche_open (rutOtec=? AND noche<?)');
});
