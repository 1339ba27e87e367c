import { readFile } from 'node:fs/promises';
import { sqlSource } from '@puente-sic/sources';
import { ENTITIES } from '../../packages/sources/src/entidades/contract.ts';
import { withDatabase } from '../../packages/sources/src/sql/connect.ts';
import { readQueries } from '../../packages/sources/src/sql/queries.ts';
import { queryTables } from '../../packages/sources/src/sql/tables.ts';
import { AT } from './generate.ts';

export interface Measured {
  milliseconds: number;
  /** Peak of resident memory, MB. */
  peak: number;
  students: number;
}

/** One measurement in a process of its own, so that its peak of memory is its own: sent to the parent. */
const [what, url = '', consultas = ''] = process.argv.slice(2);
const start = performance.now();
const students = what === 'stream' ? await emptyStream() : await extract();
process.send?.({
  milliseconds: performance.now() - start,
  peak: process.resourceUsage().maxRSS / 1024,
  students,
} satisfies Measured);

/** The floor: the same queries in the same look, every row dropped as it comes. */
async function emptyStream(): Promise<number> {
  const queries = readQueries(await readFile(consultas, 'utf8'), 'aula.sql');
  return withDatabase({ url }, new AbortController().signal, async (db) => {
    const { tables } = queryTables(db, queries);
    for (const entity of ENTITIES)
      await tables
        .find((table) => table.entity === entity)
        ?.read({ columns: () => {}, row: () => {} }, { courses: null, signal: undefined });
    return 0;
  });
}

/** The whole site as course trees. */
async function extract(): Promise<number> {
  const source = sqlSource({ name: 'bench', url, consultas });
  const { courses } = await source.read({ at: AT });
  await source.close();
  return courses.reduce((sum, course) => sum + course.students.length, 0);
}
