import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, test } from 'vitest';
import { rowsOf } from './rows.ts';

test('rows come to the last one, whatever is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE t (n INTEGER)');
  database.exec(
    'WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000) INSERT INTO t SELECT n FROM n',
  );
  let seen = 0;
  for (const { n } of rowsOf(database.prepare('SELECT n FROM t WHERE n > ?'), 10)) {
    seen = Number(n);
    if (seen % 2000 > 0) continue;
    collect();
    await setImmediate();
  }
  expect(seen).toBe(20_000);
  database.close();
});
