import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { openKept } from '../../kept/file.ts';
import { KeptWho } from '../../kept/who.ts';
import { type ClickBook, Clicks } from '../../rules/clicks.ts';
import { type Dedication, dedicationOf } from '../../rules/gaps.ts';
import { SourceError } from '../../source.ts';

const VERSION = 2;

const SCHEMA = `
  create table if not exists course (
    id integer primary key,
    cursor integer not null,
    read_whole_at integer not null
  ) strict;
  create table if not exists total (
    course integer not null,
    user integer not null,
    first integer not null,
    last integer not null,
    gap_limit integer not null,
    seconds integer not null,
    modules text not null,
    primary key (course, user)
  ) strict, without rowid;
  -- Apart: every night reads all totals, and only the clicks of who came.
  create table if not exists clicks (
    course integer not null,
    user integer not null,
    packed blob not null,
    primary key (course, user)
  ) strict;
  ${KeptWho.table('integer')}
`;

/** How far the log was read for a course. */
export interface Mark {
  /** Rows up to this id are all in. */
  cursor: number;
  /** When its rows were last read from the beginning, Unix seconds. */
  readWholeAt: number;
}

/**
 * What earlier nights counted, in one SQLite file: the clicks of each student and course, packed, and their totals
 * per module. Clicks are never taken away, so that time stays counted when the site deletes its log; and as they
 * are kept themselves, late rows, moved modules and moments in the past give what a full recomputation gives.
 */
export class ClickStore {
  readonly #file: string;
  readonly #db: DatabaseSyncInstance;
  /** By Moodle's own account numbers. */
  readonly who: KeptWho;

  /** @throws SourceError `wrong`: the file cannot be opened or is no store of ours. */
  constructor(file: string) {
    this.#file = file;
    this.#db = openKept(file, { schema: SCHEMA, version: VERSION, unusable });
    this.who = new KeptWho(this.#db, 'user');
  }

  mark(course: number): Mark | null {
    const row = this.#db.prepare('select cursor, read_whole_at from course where id = ?').get(course);
    return row ? { cursor: integer(row.cursor), readWholeAt: integer(row.read_whole_at) } : null;
  }

  /** Adds clicks, each row of the log once, and moves the marks: all of it or nothing. */
  merge(book: ClickBook, marks: Map<number, Mark>, limit: number): void {
    const find = this.#db.prepare('select packed from clicks where course = ? and user = ?');
    const pack = this.#db.prepare(
      `insert into clicks (course, user, packed) values (?, ?, ?)
       on conflict do update set packed = excluded.packed`,
    );
    const total = this.#db.prepare(
      `insert into total (course, user, first, last, gap_limit, seconds, modules) values (?, ?, ?, ?, ?, ?, ?)
       on conflict do update set first = excluded.first, last = excluded.last, gap_limit = excluded.gap_limit,
         seconds = excluded.seconds, modules = excluded.modules`,
    );
    const move = this.#db.prepare(
      `insert into course (id, cursor, read_whole_at) values (?, ?, ?)
       on conflict do update set cursor = excluded.cursor, read_whole_at = excluded.read_whole_at`,
    );
    this.#db.exec('begin immediate');
    try {
      for (const [course, users] of book.courses)
        for (const [user, fresh] of users) {
          const row = find.get(course, user);
          const known = row ? Clicks.decode(bytes(row.packed)) : new Clicks(0);
          const all = known.union(fresh);
          if (all.count === known.count) continue;
          const counted = dedicationOf(all, limit);
          pack.run(course, user, all.encode());
          const modules = JSON.stringify([...counted.modules]);
          total.run(course, user, counted.first, counted.last, limit, counted.total, modules);
        }
      for (const [course, { cursor, readWholeAt }] of marks) move.run(course, cursor, readWholeAt);
      this.#db.exec('commit');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw unusable(this.#file, error);
    }
  }

  /** Everybody's time in a course up to a moment (Unix seconds), with gaps of at most `limit` seconds. */
  dedications(course: number, limit: number, until: number): Map<number, Dedication> {
    const found = new Map<number, Dedication>();
    const rows = this.#db
      .prepare('select user, first, last, gap_limit, seconds, modules from total where course = ?')
      .all(course);
    for (const row of rows) {
      const user = integer(row.user);
      const ready = row.gap_limit === limit && integer(row.last) <= until;
      found.set(
        user,
        ready
          ? {
              total: integer(row.seconds),
              modules: new Map(JSON.parse(String(row.modules)) as [number, number][]),
              first: integer(row.first),
              last: integer(row.last),
            }
          : dedicationOf(this.clicks(course, user), limit, until),
      );
    }
    return found;
  }

  /** One student's clicks in a course. */
  clicks(course: number, user: number): Clicks {
    const row = this.#db.prepare('select packed from clicks where course = ? and user = ?').get(course, user);
    return row ? Clicks.decode(bytes(row.packed)) : new Clicks(0);
  }

  /** The first click kept of a course, Unix seconds. */
  firstClick(course: number): number | null {
    const row = this.#db.prepare('select min(first) as first from total where course = ?').get(course);
    return row?.first == null ? null : integer(row.first);
  }

  /** Takes people out, by the hash of their RUT. Whether there was anything of them. */
  forget(huellas: ReadonlySet<string>): boolean {
    return this.who.forget(huellas, ['total']);
  }

  close(): void {
    this.#db.close();
  }
}

function unusable(file: string, cause: unknown): SourceError {
  return new SourceError(
    'wrong',
    `No se puede usar ${file}, donde se guarda el tiempo ya contado de Moodle.`,
    'Revise que la carpeta exista, tenga espacio y permisos de escritura. Si el archivo está dañado, repóngalo desde un respaldo; borrarlo obliga a contar todo de nuevo, sin lo que Moodle ya haya eliminado de su registro.',
    { cause },
  );
}

function integer(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`not an integer: ${typeof value}`);
  return value;
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(`not bytes: ${typeof value}`);
  return value;
}
