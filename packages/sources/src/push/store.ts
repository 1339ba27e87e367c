import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { openKept } from '../kept/file.ts';
import { SourceError } from '../source.ts';

const VERSION = 3;

const SCHEMA = `
  create table if not exists key (
    hash text primary key,
    name text not null,
    made text not null,
    otec text -- RUT; null: of before keys had one
  ) strict;
  -- What a course is, whole, as it came last.
  create table if not exists course (
    id text primary key,
    body text not null,
    hash text not null,
    lote text not null,
    people integer not null,
    received integer not null -- epoch milliseconds
  ) strict;
  -- What waits for somebody to agree; the night uses the one in course.
  create table if not exists held (
    id text primary key,
    body text not null,
    hash text not null,
    lote text not null,
    people integer not null,
    received integer not null
  ) strict;
  create table if not exists click (
    seq integer primary key, -- as they came: of two in one second the first is the earlier
    id text not null unique,
    course text not null,
    person text not null,
    modulo text,
    actividad text,
    moment integer not null -- epoch milliseconds
  ) strict;
  create table if not exists completion (
    id text primary key,
    course text not null,
    person text not null,
    actividad text not null,
    moment integer not null
  ) strict, without rowid;
  create index if not exists completion_course on completion (course);
  -- Answers by Idempotency-Key, for a week.
  create table if not exists answer (
    key text primary key,
    hash text not null,
    answer text not null,
    given integer not null
  ) strict;
  create index if not exists answer_given on answer (given);
  -- What the platform's own address was told last, by course and OTEC.
  create table if not exists told (
    key text primary key,
    hash text not null
  ) strict;
`;

export interface Snapshot {
  id: string;
  /** JSON of {@link CourseBody}. */
  body: string;
  hash: string;
  lote: string;
  people: number;
  /** Epoch milliseconds. */
  received: number;
}

export interface PushedClick {
  id: string;
  course: string;
  person: string;
  modulo: string | null;
  actividad: string | null;
  /** Epoch milliseconds. */
  moment: number;
}

export type PushedCompletion = Omit<PushedClick, 'modulo' | 'actividad'> & { actividad: string };

/** What a platform delivered to one source, in one file: on the disk before anybody is told that it came. */
export class Inbox {
  readonly #db: DatabaseSyncInstance;
  /** Each made once; one that is iterated must not be collected meanwhile. */
  readonly #statements = new Map<string, StatementSyncInstance>();

  private constructor(file: string) {
    this.#db = openKept(file, { schema: SCHEMA, version: VERSION, wal: true, unusable }, fromFormer);
  }

  /** Of a source. @throws SourceError `wrong`: the file cannot be opened or is no inbox of ours. */
  static of(source: string, stateDir: string): Inbox {
    const mark = createHash('sha256').update(source).digest('hex').slice(0, 8);
    const name = `entregas-${source.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40)}-${mark}.sqlite`;
    return Inbox.at(join(stateDir, name));
  }

  /** That a file holds. @throws as {@link Inbox.of} */
  static at(file: string): Inbox {
    return new Inbox(file);
  }

  /** A key that only serves this source and one OTEC (its RUT); told here and never again. */
  createKey(name: string, otec: string, now: Date): string {
    const key = `entrega_${randomBytes(32).toString('base64url')}`;
    this.#prepared('insert into key (hash, name, made, otec) values (?, ?, ?, ?)').run(
      hashOf(key),
      name,
      now.toISOString(),
      otec,
    );
    return key;
  }

  /** Takes every key of this name away; how many there were. */
  removeKeys(name: string): number {
    return Number(this.#prepared('delete from key where name = ?').run(name).changes);
  }

  /** Whose a key is. Null: nobody's. `otec` null: it was made before keys had one. */
  holder(key: string): { otec: string | null } | null {
    const row = this.#prepared('select otec from key where hash = ?').get(hashOf(key));
    return row === undefined ? null : (row as { otec: string | null });
  }

  /** All of it or nothing. */
  transaction<T>(work: () => T): T {
    this.#db.exec('begin immediate');
    try {
      const result = work();
      this.#db.exec('commit');
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }

  /** Sees what was there when it begins, whatever is delivered meanwhile; who delivers does not wait for it. */
  async reading<T>(work: () => T | Promise<T>): Promise<T> {
    this.#db.exec('begin');
    try {
      return await work();
    } finally {
      if (this.#db.isTransaction) this.#db.exec('rollback');
    }
  }

  snapshot(id: string): Snapshot | null {
    return snapshotIn(this.#prepared('select * from course where id = ?').get(id));
  }

  held(id: string): Snapshot | null {
    return snapshotIn(this.#prepared('select * from held where id = ?').get(id));
  }

  snapshots(): Snapshot[] {
    return this.#prepared('select * from course order by id')
      .all()
      .flatMap((row) => snapshotIn(row) ?? []);
  }

  courseIds(): string[] {
    return this.#prepared('select id from course order by id')
      .all()
      .map(({ id }) => String(id));
  }

  allHeld(): Snapshot[] {
    return this.#prepared('select * from held order by id')
      .all()
      .flatMap((row) => snapshotIn(row) ?? []);
  }

  /** It takes the place of what there was, and of what was held. */
  put(snapshot: Snapshot): void {
    this.#put('course', snapshot);
    this.#prepared('delete from held where id = ?').run(snapshot.id);
  }

  hold(snapshot: Snapshot): void {
    this.#put('held', snapshot);
  }

  /** False: it has come before. @throws Contradiction where it came with other content. */
  addClick({ id, course, person, modulo, actividad, moment }: PushedClick): boolean {
    const added = this.#prepared(
      'insert into click (id, course, person, modulo, actividad, moment) values (?, ?, ?, ?, ?, ?) on conflict do nothing',
    ).run(id, course, person, modulo, actividad, moment);
    if (Number(added.changes) === 1) return true;
    const same = this.#prepared(
      'select 1 from click where id = ? and course = ? and person = ? and modulo is ? and actividad is ? and moment = ?',
    ).get(id, course, person, modulo, actividad, moment);
    if (same === undefined) throw new Contradiction(id);
    return false;
  }

  addCompletion({ id, course, person, actividad, moment }: PushedCompletion): void {
    this.#prepared(
      'insert into completion (id, course, person, actividad, moment) values (?, ?, ?, ?, ?) on conflict do nothing',
    ).run(id, course, person, actividad, moment);
  }

  *clicks(course: string): Generator<Omit<PushedClick, 'course'>> {
    const found = this.#prepared(
      'select id, person, modulo, actividad, moment from click where course = ? order by seq',
    ).iterate(course);
    for (const row of found) yield row as unknown as Omit<PushedClick, 'course'>;
  }

  completions(course: string): { person: string; actividad: string; moment: number }[] {
    return this.#prepared(
      'select person, actividad, moment from completion where course = ? order by moment, id',
    ).all(course) as unknown as { person: string; actividad: string; moment: number }[];
  }

  /** The answer that was given under a key. */
  answer(key: string): { hash: string; answer: string } | null {
    const row = this.#prepared('select hash, answer from answer where key = ?').get(key);
    return row ? { hash: String(row.hash), answer: String(row.answer) } : null;
  }

  keepAnswer(key: string, hash: string, answer: string, now: Date): void {
    this.#prepared('delete from answer where given < ?').run(now.getTime() - ANSWERS_MS);
    this.#prepared(
      'insert into answer (key, hash, answer, given) values (?, ?, ?, ?) on conflict do nothing',
    ).run(key, hash, answer, now.getTime());
  }

  /** What {@link keepTold} kept last under this name. */
  told(key: string): string | null {
    const row = this.#prepared('select hash from told where key = ?').get(key);
    return row === undefined ? null : String(row.hash);
  }

  keepTold(key: string, hash: string): void {
    this.#prepared(
      'insert into told (key, hash) values (?, ?) on conflict do update set hash = excluded.hash',
    ).run(key, hash);
  }

  /** Everybody whose clicks or completions came, by course. */
  people(): { course: string; person: string }[] {
    const found = this.#db.prepare(
      'select course, person from click union select course, person from completion order by 1, 2',
    );
    return found.all() as unknown as { course: string; person: string }[];
  }

  /** Within a transaction. */
  forget(course: string, person: string): void {
    for (const table of ['click', 'completion'])
      this.#db.prepare(`delete from ${table} where course = ? and person = ?`).run(course, person);
  }

  /** The body of a course without some of its rows. Within a transaction. */
  rewrite(table: 'course' | 'held', snapshot: Snapshot): void {
    this.#put(table, snapshot);
  }

  /** What was answered names people, too: whoever repeats a delivery has it looked at again. Within a transaction. */
  forgetAnswers(): void {
    this.#db.exec('delete from answer');
  }

  /** Nothing that was deleted is left in the file, nor beside it. */
  scrub(): void {
    this.#db.exec('vacuum; pragma wal_checkpoint(truncate)');
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): StatementSyncInstance {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #put(table: 'course' | 'held', { id, body, hash, lote, people, received }: Snapshot): void {
    this.#prepared(
      `insert into ${table} (id, body, hash, lote, people, received) values (?, ?, ?, ?, ?, ?)
         on conflict do update set body = excluded.body, hash = excluded.hash, lote = excluded.lote,
           people = excluded.people, received = excluded.received`,
    ).run(id, body, hash, lote, people, received);
  }
}

/** A file of before version 3 has keys that are of no OTEC, and clicks by their ids. */
function fromFormer(db: DatabaseSyncInstance): void {
  if (!hasColumn(db, 'key', 'otec')) db.exec('alter table key add column otec text');
  if (!hasColumn(db, 'click', 'seq'))
    db.exec(`
      alter table click rename to former;
      drop index if exists click_course;
      ${SCHEMA}
      insert into click (id, course, person, modulo, actividad, moment)
        select id, course, person, modulo, actividad, moment from former order by moment, id;
      drop table former;
    `);
  db.exec('create index if not exists click_course on click (course)');
}

function hasColumn(db: DatabaseSyncInstance, table: string, column: string): boolean {
  return db.prepare(`select 1 from pragma_table_info('${table}') where name = ?`).get(column) !== undefined;
}

function unusable(file: string, cause: unknown): SourceError {
  return new SourceError(
    'wrong',
    `No se puede usar ${file}, donde se guarda lo que entrega la plataforma.`,
    'Revise que la carpeta exista, tenga espacio y permisos de escritura. Si el archivo está dañado, repóngalo desde un respaldo.',
    { cause },
  );
}

/** One id stands for two different things. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction';
  readonly id: string;
  constructor(id: string) {
    super('an id came with other content');
    this.id = id;
  }
}

const ANSWERS_MS = 7 * 86_400_000;

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function snapshotIn(row: unknown): Snapshot | null {
  return row === undefined ? null : (row as Snapshot);
}
