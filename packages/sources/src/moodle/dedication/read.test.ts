import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aModule } from '../../../test/moodle/snapshot.ts';
import { SourceError } from '../../source.ts';
import type { CourseModule, StudentTime } from '../site.ts';
import { type ClickLog, readSessions, readTimes } from './read.ts';
import { ClickStore } from './store.ts';

const LIMIT = 2700;
const START = 1_790_000_000;
const NIGHT = 86_400;

interface LogRow {
  id: number;
  user: number;
  course: number;
  module: number;
  time: number;
}

/** A log table in memory that counts what is read of it. */
class Table implements ClickLog {
  rows: LogRow[] = [];
  read = 0;

  async bounds() {
    if (this.rows.length === 0) return null;
    const times = this.rows.map(({ time }) => time);
    return {
      firstTime: Math.min(...times),
      lastTime: Math.max(...times),
      lastId: Math.max(...this.rows.map(({ id }) => id)),
    };
  }

  async firstIdSince(time: number) {
    const ids = this.rows.filter((row) => row.time >= time).map(({ id }) => id);
    return ids.length === 0 ? null : Math.min(...ids);
  }

  async stream(...[courses, afterId, book]: Parameters<ClickLog['stream']>) {
    for (const { id, user, course, module, time } of this.rows)
      if (id > afterId && courses.includes(course)) {
        this.read++;
        book.add(course, user, time, id, module);
      }
  }
}

const MODULES = [aModule(1, 11), aModule(2, 12)];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-clics-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function times(
  table: ClickLog,
  store: ClickStore | null,
  {
    now,
    at = now,
    modules = MODULES,
    courses = [2],
    limit = LIMIT,
  }: { now: number; at?: number; modules?: CourseModule[]; courses?: number[]; limit?: number },
): Promise<Record<string, [number, number[][]]>> {
  const read = await readTimes(table, store, {
    courses: courses.map((id) => ({ id, modules })),
    limit,
    at: new Date(at * 1000),
    now: new Date(now * 1000),
    // A small site would be read whole again each night, and nothing proved.
    overlap: { seconds: 600, rows: 8 },
  });
  return Object.fromEntries(
    [...read].flatMap(([course, { students }]) =>
      [...students]
        .filter(([, { first }]) => first !== null)
        .map(([user, time]): [string, [number, number[][]]] => [
          `${course}/${user}`,
          [time.total, sectionsOf(time)],
        ])
        .sort(),
    ),
  );
}

function sectionsOf({ sections }: StudentTime): number[][] {
  return [...(sections ?? [])].sort(([a], [b]) => a - b);
}

function row(id: number, time: number, given: Partial<LogRow> = {}): LogRow {
  return { id, user: 5, course: 2, module: 1, time: START + time, ...given };
}

describe('night after night', () => {
  it('only what is new is read', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = Array.from({ length: 1000 }, (_, index) => row(index + 1, index * 600));
    await times(table, store, { now: START + 600_000 });
    expect(table.read).toBe(1000);
    table.rows.push(row(1001, 600_600));
    expect(await times(table, store, { now: START + 600_700 })).toEqual({
      '2/5': [600_600, [[11, 600_600]]],
    });
    expect(table.read).toBeLessThan(1050);
    store.close();
  });

  it('rows that were not committed yet when their successors were read are found the next night', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    const slow = row(2, 100);
    table.rows = [row(1, 0), row(3, 200)];
    expect(await times(table, store, { now: START + 300 })).toEqual({ '2/5': [200, [[11, 200]]] });
    table.rows.push({ ...slow, module: 2 });
    expect(await times(table, store, { now: START + NIGHT })).toEqual({
      '2/5': [
        200,
        [
          [11, 100],
          [12, 100],
        ],
      ],
    });
    store.close();
  });

  it('rows with old moments and new ids go where they belong', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1, 0), row(2, 5000)];
    expect(await times(table, store, { now: START + 6000 })).toEqual({ '2/5': [0, []] });
    table.rows.push(row(3, 2500, { module: 2 }));
    expect(await times(table, store, { now: START + NIGHT })).toEqual({
      '2/5': [
        5000,
        [
          [11, 2500],
          [12, 2500],
        ],
      ],
    });
    store.close();
  });

  it('modules are counted where they stand now, and vanished ones to nobody', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1, 0), row(2, 100, { module: 2 }), row(3, 300)];
    expect(await times(table, store, { now: START + 400 })).toEqual({
      '2/5': [
        300,
        [
          [11, 100],
          [12, 200],
        ],
      ],
    });
    const moved = [aModule(1, 12)];
    expect(await times(table, store, { now: START + 400, modules: moved })).toEqual({
      '2/5': [300, [[12, 100]]],
    });
    store.close();
  });

  it('what the site deletes stays counted, and says so', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1, 0), row(2, 1000), row(3, 2000)];
    await times(table, store, { now: START + 3000 });
    table.rows = [row(3, 2000), row(4, 2500)];
    const request = {
      courses: [{ id: 2, modules: MODULES }],
      limit: LIMIT,
      at: new Date((START + NIGHT) * 1000),
      now: new Date((START + NIGHT) * 1000),
    };
    const kept = (await readTimes(table, store, request)).get(2);
    expect(kept?.students.get(5)?.total).toBe(2500);
    expect(kept).toMatchObject({ kept: true, logStart: new Date((START + 2000) * 1000) });
    table.rows = [];
    expect((await readTimes(table, store, request)).get(2)).toMatchObject({ kept: true, logStart: null });
    store.close();
  });

  it('a log that was emptied and counts its ids anew is read from its beginning', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1000, 0), row(1001, 100)];
    await times(table, store, { now: START + 200 });
    table.rows = [row(1, 2 * NIGHT), row(2, 2 * NIGHT + 50)];
    expect(await times(table, store, { now: START + 3 * NIGHT })).toEqual({ '2/5': [150, [[11, 150]]] });
    store.close();
  });

  it('rows brought in behind the mark are found within a week', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1, 0), row(500, 100_000)];
    await times(table, store, { now: START + 100_000 });
    table.rows.push(row(2, 60));
    const later = START + 100_000 + 3 * NIGHT;
    expect(await times(table, store, { now: later })).toEqual({ '2/5': [0, []] });
    expect(await times(table, store, { now: later + 5 * NIGHT })).toEqual({ '2/5': [60, [[11, 60]]] });
    store.close();
  });

  it('a course that joins later is read from its beginning', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1, 0, { course: 3 }), row(2, 10, { course: 3 }), row(3, 0), row(4, 20)];
    expect(await times(table, store, { now: START + NIGHT })).toEqual({ '2/5': [20, [[11, 20]]] });
    expect(await times(table, store, { now: START + 2 * NIGHT, courses: [2, 3] })).toEqual({
      '2/5': [20, [[11, 20]]],
      '3/5': [10, [[11, 10]]],
    });
    store.close();
  });

  it('another limit or a moment in the past is counted from the clicks kept', async () => {
    const table = new Table();
    const store = new ClickStore(join(folder, 'a.sqlite'));
    table.rows = [row(1, 0), row(2, 1000), row(3, 3000)];
    const now = START + NIGHT;
    expect(await times(table, store, { now })).toEqual({ '2/5': [3000, [[11, 3000]]] });
    table.rows = [row(3, 3000)];
    expect(await times(table, store, { now, limit: 1500 })).toEqual({ '2/5': [1000, [[11, 1000]]] });
    expect(await times(table, store, { now, at: START + 1500 })).toEqual({ '2/5': [1000, [[11, 1000]]] });
    const sessions = await readSessions(table, store, { course: 2, limit: 1500, at: new Date(now * 1000) });
    expect(sessions(5).map(({ start, end, clicks }) => [start - START, end - START, clicks])).toEqual([
      [0, 1000, 2],
      [3000, 3000, 1],
    ]);
    store.close();
  });

  it('an empty log and nothing kept: nothing is known', async () => {
    const store = new ClickStore(join(folder, 'a.sqlite'));
    for (const kept of [null, store])
      expect(
        (
          await readTimes(new Table(), kept, {
            courses: [{ id: 2, modules: [] }],
            limit: LIMIT,
            at: new Date(),
            now: new Date(),
          })
        ).size,
      ).toBe(0);
    store.close();
  });
});

it('equals reading everything, to the second: late rows, moves and deletions in any order', async () => {
  const lateness = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20 * 3600 }));
  const click = fc.record({
    user: fc.integer({ min: 5, max: 7 }),
    course: fc.integer({ min: 2, max: 3 }),
    module: fc.integer({ min: 0, max: 3 }),
    /** Seconds since the click before. */
    step: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(0, 2700, 2701)),
    /** How old its moment is when the row is written. */
    late: lateness,
    /** Committed only some rows later. */
    slow: fc.integer({ min: 0, max: 4 }),
  });
  const night = fc.record({
    clicks: fc.array(click, { maxLength: 25 }),
    moved: fc.boolean(),
    /** Rows older than so many seconds are deleted after the run. */
    prune: fc.option(fc.integer({ min: 0, max: 3 * NIGHT })),
    /** The report is for a moment so many seconds ago. */
    past: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 2 * NIGHT })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(night, { minLength: 2, maxLength: 8 }), async (nights) => {
      const file = join(mkdtempSync(join(folder, 'p')), 'a.sqlite');
      const table = new Table();
      const seen = new Table();
      let [id, clock] = [0, START];
      let waiting: { row: LogRow; slow: number }[] = [];
      for (const { clicks, moved, prune, past } of nights) {
        for (const { user, course, module, step, late, slow } of clicks) {
          clock += step;
          id += 1;
          waiting.push({ row: { id, user, course, module, time: clock - late }, slow });
          for (const one of waiting) if (one.slow-- === 0) table.rows.push(one.row);
          waiting = waiting.filter((one) => one.slow >= 0);
        }
        seen.rows = [...new Map([...seen.rows, ...table.rows].map((one) => [one.id, one])).values()];
        const modules = moved ? [aModule(1, 12), aModule(3, 11)] : MODULES;
        const request = { now: clock, at: clock - past, modules, courses: [2, 3] };
        const store = new ClickStore(file);
        const ours = await times(table, store, request);
        store.close();
        expect(ours).toEqual(await times(seen, null, request));
        if (prune !== null) table.rows = table.rows.filter(({ time }) => time >= clock - prune);
        clock += 3600;
      }
    }),
    { numRuns: 50 },
  );
});

describe('the store', () => {
  it('is for its owner alone', () => {
    new ClickStore(join(folder, 'sub', 'a.sqlite')).close();
    expect(statSync(join(folder, 'sub', 'a.sqlite')).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'sub'))).toEqual(['a.sqlite']);
  });

  it('that is no database is told with its file and left as it is', () => {
    const file = join(folder, 'a.sqlite');
    writeFileSync(
      file,
      'no soy una base de datos, pero tengo más de cien bytes para parecerlo un poco '.repeat(9),
    );
    expect(() => new ClickStore(file)).toThrow(SourceError);
    expect(() => new ClickStore(file)).toThrow(file);
  });
});
