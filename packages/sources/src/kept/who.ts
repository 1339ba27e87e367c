import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** How a store of clicks calls a person: an account's number, or the hash of what the LMS calls them. */
export type Person = number | Uint8Array;

/** Which clicks are whose, by the hash of the RUT alone, so that a person can be given their own and taken out. */
export class KeptWho {
  readonly #db: DatabaseSyncInstance;
  readonly #column: 'user' | 'person';

  /** @param column in which the table `clicks` names a person. */
  constructor(db: DatabaseSyncInstance, column: 'user' | 'person') {
    this.#db = db;
    this.#column = column;
  }

  /** For the schema of a store. */
  static table(type: 'integer' | 'blob'): string {
    return `create table if not exists who (person ${type} primary key, huella text not null) strict;`;
  }

  /** Who the people of a course are; nothing is written where nothing is new. */
  know(people: Iterable<readonly [Person, string]>): void {
    const find = this.#db.prepare('select huella from who where person = ?');
    const add = this.#db.prepare(
      'insert into who (person, huella) values (?, ?) on conflict do update set huella = excluded.huella',
    );
    const fresh = [...people].filter(([person, huella]) => find.get(person)?.huella !== huella);
    if (fresh.length === 0) return;
    inTransaction(this.#db, () => {
      for (const [person, huella] of fresh) add.run(person, huella);
    });
  }

  clicksOf(huella: string): { course: string; packed: Uint8Array }[] {
    const rows = this.#db
      .prepare(
        `select course, packed from clicks join who on who.person = clicks.${this.#column} where huella = ? order by course`,
      )
      .all(huella);
    return rows.map(({ course, packed }) => ({ course: String(course), packed: packed as Uint8Array }));
  }

  /**
   * Takes people out. Their courses are read from their beginning again: whoever is reported all the same is counted whole.
   * @param tables those beside `clicks` that have a row of a person.
   * @returns whether there was anything of them.
   */
  forget(huellas: ReadonlySet<string>, tables: readonly string[] = []): boolean {
    const known = this.#db.prepare('select person, huella from who').all();
    const people = known.flatMap(({ person, huella }) => (huellas.has(String(huella)) ? [person] : []));
    if (people.length === 0) return false;
    inTransaction(this.#db, () => {
      for (const person of people) {
        this.#db
          .prepare(`delete from course where id in (select course from clicks where ${this.#column} = ?)`)
          .run(person as Person);
        for (const table of ['clicks', ...tables])
          this.#db.prepare(`delete from ${table} where ${this.#column} = ?`).run(person as Person);
        this.#db.prepare('delete from who where person = ?').run(person as Person);
      }
    });
    return true;
  }

  /** Whether there are clicks of which nobody knows whose they are. */
  hasUnknown(): boolean {
    const one = `select 1 from clicks where ${this.#column} not in (select person from who) limit 1`;
    return this.#db.prepare(one).get() !== undefined;
  }
}

function inTransaction(db: DatabaseSyncInstance, work: () => void): void {
  db.exec('begin immediate');
  try {
    work();
    db.exec('commit');
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}
