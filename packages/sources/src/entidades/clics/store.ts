import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { openKept } from '../../kept/file.ts';
import { KeptWho } from '../../kept/who.ts';
import { Clicks } from '../../rules/clicks.ts';
import { SourceError } from '../../source.ts';
import type { ClickBook, ClickPlace } from './book.ts';
import { mergeClicks } from './merge.ts';

const VERSION = 2;

const SCHEMA = `
  create table if not exists salt (value blob not null) strict;
  create table if not exists course (
    id text primary key,
    cursor integer not null,
    read_whole_at integer not null
  ) strict;
  -- By its number clicks are packed; a blank column of the row is null.
  create table if not exists place (
    number integer primary key,
    modulo text,
    actividad text
  ) strict;
  create table if not exists clicks (
    course text not null,
    person blob not null,
    packed blob not null,
    primary key (course, person)
  ) strict;
  ${KeptWho.table('blob')}
`;

/** How far the clicks of a course were read. */
export interface Mark {
  /** Rows of before this moment are all in, epoch seconds. */
  cursor: number;
  /** When they were last read from the beginning, epoch seconds. */
  readWholeAt: number;
}

/**
 * The clicks that earlier nights read by a query that names `:desde`, in one SQLite file per source and query. They are
 * never taken away, so that time stays counted when the LMS deletes its own. Who a click is of stands there as a salted
 * hash alone: what an LMS calls a person may be the RUT.
 */
export class KeptClicks {
  readonly #file: string;
  readonly #db: DatabaseSyncInstance;
  readonly #salt: Uint8Array;
  readonly who: KeptWho;

  /** @throws SourceError `wrong`: the file cannot be opened or is no store of ours. */
  constructor(file: string) {
    this.#file = file;
    this.#db = openKept(file, { schema: SCHEMA, version: VERSION, unusable }, (db) => {
      db.prepare('insert into salt select ? where not exists (select 1 from salt)').run(randomBytes(16));
    });
    this.#salt = this.#db.prepare('select value from salt').get()?.value as Uint8Array;
    this.who = new KeptWho(this.#db, 'person');
  }

  mark(course: string): Mark | null {
    const row = this.#db.prepare('select cursor, read_whole_at from course where id = ?').get(course);
    return row ? { cursor: Number(row.cursor), readWholeAt: Number(row.read_whole_at) } : null;
  }

  /** Adds clicks, each once, and moves the marks: all of it or nothing. */
  merge({ courses, places }: ClickBook, marks: ReadonlyMap<string, Mark>): void {
    const find = this.#db.prepare('select packed from clicks where course = ? and person = ?');
    const pack = this.#db.prepare(
      `insert into clicks (course, person, packed) values (?, ?, ?)
       on conflict do update set packed = excluded.packed`,
    );
    const move = this.#db.prepare(
      `insert into course (id, cursor, read_whole_at) values (?, ?, ?)
       on conflict do update set cursor = excluded.cursor, read_whole_at = excluded.read_whole_at`,
    );
    this.#db.exec('begin immediate');
    try {
      const numbers = this.#number(places);
      for (const [course, people] of courses)
        for (const [alumno, clicks] of people) {
          const person = this.#personOf(alumno);
          const row = find.get(course, person);
          const known = row ? Clicks.decode(row.packed as Uint8Array) : new Clicks(0);
          const fresh = new Clicks(clicks.count);
          for (let at = 0; at < clicks.count; at++)
            fresh.add(clicks.time(at), at, numbers[clicks.module(at)] as number);
          pack.run(course, person, mergeClicks(known, fresh).encode());
        }
      for (const [course, { cursor, readWholeAt }] of marks) move.run(course, cursor, readWholeAt);
      this.#db.exec('commit');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw unusable(this.#file, error);
    }
  }

  /** Whose clicks are whose: the hash of a RUT, by what the LMS calls the person. */
  know(people: Iterable<readonly [alumno: string, huella: string]>): void {
    this.who.know([...people].map(([alumno, huella]) => [this.#personOf(alumno), huella] as const));
  }

  /** Of a person in a course, by {@link places}. */
  clicks(course: string, alumno: string): Clicks {
    const row = this.#db
      .prepare('select packed from clicks where course = ? and person = ?')
      .get(course, this.#personOf(alumno));
    return row ? Clicks.decode(row.packed as Uint8Array) : new Clicks(0);
  }

  /** By number. */
  places(): ClickPlace[] {
    const places: ClickPlace[] = [];
    for (const { number, modulo, actividad } of this.#db.prepare('select * from place').all())
      places[Number(number)] = { modulo: textOrNull(modulo), actividad: textOrNull(actividad) };
    return places;
  }

  hasCourse(course: string): boolean {
    return this.#db.prepare('select 1 from clicks where course = ? limit 1').get(course) !== undefined;
  }

  isEmpty(): boolean {
    return this.#db.prepare('select 1 from clicks limit 1').get() === undefined;
  }

  /** Takes people out, by the hash of their RUT. Whether there was anything of them. */
  forget(huellas: ReadonlySet<string>): boolean {
    return this.who.forget(huellas);
  }

  close(): void {
    this.#db.close();
  }

  /** The store's own number of each place, in their order. */
  #number(places: readonly ClickPlace[]): number[] {
    const find = this.#db.prepare('select number from place where modulo is ? and actividad is ?');
    const add = this.#db.prepare('insert into place (modulo, actividad) values (?, ?) returning number');
    return places.map(({ modulo, actividad }) =>
      Number((find.get(modulo, actividad) ?? add.get(modulo, actividad))?.number),
    );
  }

  #personOf(alumno: string): Uint8Array {
    return createHash('sha256').update(this.#salt).update(alumno).digest().subarray(0, 16);
  }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function unusable(file: string, cause: unknown): SourceError {
  return new SourceError(
    'wrong',
    `No se puede usar ${file}, donde se guardan los clics ya leídos del LMS.`,
    'Revise que la carpeta exista, tenga espacio y permisos de escritura. Si el archivo está dañado, repóngalo desde un respaldo; borrarlo obliga a leer todo de nuevo, sin lo que el LMS ya haya eliminado.',
    { cause },
  );
}
