import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { withInbox } from '../../packages/sources/src/push/push.ts';
import { receive } from '../../packages/sources/src/push/receive.ts';
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

/** The same batches by the bare driver, accepted, accepted once more, and read alone: each as bytes, as they come. */
export async function measurePush(): Promise<PushMeasured> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-bench-'));
  const bodies = Array.from({ length: BATCHES }, (_, number) =>
    Buffer.from(JSON.stringify(batchOf(number, BATCH))),
  );
  const accept = () =>
    withInbox({ name: 'bench', stateDir: folder }, async (inbox) => {
      for (const bytes of bodies)
        await receive(inbox, { de: 'clics', curso: '', bytes, lines: false, terms: { now: new Date() } });
    });
  try {
    const bare = await timed(() => insertBare(join(folder, 'bare.sqlite'), bodies));
    const accepted = await timed(accept);
    const repeated = await timed(accept);
    const read = await timed(() => {
      for (const bytes of bodies) readAll(rowsIn(bytes));
    });
    return { bare, accepted, repeated, read, clicks: BATCH * BATCHES };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rows as they are kept, in the same batches, each on the disk before the next. */
function insertBare(file: string, bodies: readonly Uint8Array[]): void {
  const db = new DatabaseSync(file);
  db.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table click (seq integer primary key, id text not null unique, course text not null, person text not null,
      modulo text, actividad text, moment integer not null) strict;
    create index click_course on click (course)`);
  const insert = db.prepare(
    'insert into click (id, course, person, modulo, actividad, moment) values (?, ?, ?, ?, ?, ?)',
  );
  for (const bytes of bodies) {
    db.exec('begin immediate');
    for (const { id, curso, alumno, actividad, instante } of rowsIn(bytes))
      insert.run(id, curso, alumno, null, actividad, instante * 1000);
    db.exec('commit');
  }
  db.close();
}

function rowsIn(bytes: Uint8Array): Click[] {
  return JSON.parse(new TextDecoder().decode(bytes)) as Click[];
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
