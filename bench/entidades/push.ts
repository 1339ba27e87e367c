import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { receiveClicks, withInbox } from '@puente-sic/sources';
import { batchOf, type Click } from './generate.ts';

const BATCH = 5_000;
const BATCHES = 40;

export interface PushMeasured {
  /** Milliseconds for all batches. */
  bare: number;
  accepted: number;
  repeated: number;
  read: number;
  clicks: number;
}

/** The same batches by the bare driver, accepted, accepted once more, and read alone: each as text, as they come. */
export async function measurePush(): Promise<PushMeasured> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-bench-'));
  const texts = Array.from({ length: BATCHES }, (_, number) => JSON.stringify(batchOf(number, BATCH)));
  const accept = () =>
    withInbox({ name: 'bench', stateDir: folder }, (inbox) => {
      for (const text of texts) receiveClicks(inbox, JSON.parse(text), { now: new Date() });
    });
  try {
    const bare = await timed(() => insertBare(join(folder, 'bare.sqlite'), texts));
    const accepted = await timed(accept);
    const repeated = await timed(accept);
    const read = await timed(() => {
      for (const text of texts) readAll(JSON.parse(text) as Click[]);
    });
    return { bare, accepted, repeated, read, clicks: BATCH * BATCHES };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rows as they are kept, in the same batches, each on the disk before the next. */
function insertBare(file: string, texts: readonly string[]): void {
  const db = new DatabaseSync(file);
  db.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table click (seq integer primary key, id text not null unique, course text not null, person text not null,
      modulo text, actividad text, moment integer not null) strict;
    create index click_course on click (course)`);
  const insert = db.prepare(
    'insert into click (id, course, person, modulo, actividad, moment) values (?, ?, ?, ?, ?, ?)',
  );
  for (const text of texts) {
    db.exec('begin immediate');
    for (const { id, curso, alumno, actividad, instante } of JSON.parse(text) as Click[])
      insert.run(id, curso, alumno, null, actividad, instante * 1000);
    db.exec('commit');
  }
  db.close();
}

/** What nobody can do without who looks at each cell of each row. */
function readAll(rows: readonly Click[]): number {
  let length = 0;
  for (const row of rows) for (const cell of Object.values(row)) length += String(cell).trim().length;
  return length;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
