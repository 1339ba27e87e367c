import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readQueries } from './queries.ts';
import { STARTERS } from './starters.ts';

const guide = readFileSync(new URL('../../../../docs/otros-lms.md', import.meta.url), 'utf8');

test('what the panel offers to begin with is what the guide shows, and can be read', () => {
  const shown = guide.split(/^## /m).flatMap((section) => {
    const sql = /```sql\n([\s\S]*?)```/.exec(section)?.[1];
    return sql === undefined ? [] : [{ name: section.split('\n')[0], sql }];
  });
  expect(STARTERS).toEqual(shown);
  for (const { name, sql } of STARTERS)
    expect([...readQueries(sql, name).entities.keys()]).toEqual(
      expect.arrayContaining(['cursos', 'alumnos', 'modulos']),
    );
});
