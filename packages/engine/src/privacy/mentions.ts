import { type Kysely, sql } from 'kysely';
import type { Tables } from '../ledger/tables.ts';

/** Where a source, a server or a person writes what they like: a text there may name somebody whose row it is not. */
const TEXTS: { [T in keyof Tables]?: readonly (keyof Tables[T])[] } = {
  aviso: ['contenido'],
  condicion: ['mensaje', 'queHacer'],
  decision: ['valor', 'motivo'],
  dicho: ['titulo', 'mensaje', 'queHacer'],
  error: ['mensaje', 'explicacion', 'queHacer', 'lugar', 'url'],
  freno: ['mensaje', 'queHacer'],
  noche: ['motivo'],
  // Who has no RUT that can be read may be the person all the same.
  sinRut: ['escrito', 'nombre', 'lugar'],
  pedidoBorrado: ['motivo', 'retencion'],
};

/** Takes a person's name and number out of every text of the ledger. In how many there was one. */
export async function eraseMentions(
  db: Kysely<Tables>,
  rut: string,
  people: readonly { nombre: string | null }[],
): Promise<number> {
  const names = namesOf(rut, people);
  let count = 0;
  for (const [name, columns] of Object.entries(TEXTS)) {
    const table = sql.table(name);
    for (const column of columns) {
      const ref = sql.ref(column);
      const { rows } = await sql<{ text: string }>`
        SELECT DISTINCT ${ref} AS text FROM ${table} WHERE ${ref} IS NOT NULL`.execute(db);
      for (const { text } of rows) {
        const erased = names.reduce((left, one) => left.replace(one, ERASED), text);
        if (erased === text) continue;
        await sql`UPDATE ${table} SET ${ref} = ${erased} WHERE ${ref} = ${text}`.execute(db);
        count += 1;
      }
    }
  }
  return count;
}

/** How a text may call a person, as it stands inside JSON; the longest first. A longer number, or word, is not it. */
export function namesOf(rut: string, people: readonly { nombre: string | null }[]): RegExp[] {
  const [numero = ''] = rut.split('-');
  const dotted = rut.replace(/\d(?=(\d{3})+-)/g, '$&.');
  const names = new Set(
    people.flatMap(({ nombre }) => (nombre === null || nombre.trim() === '' ? [] : nombre)),
  );
  const inJson = [...names].flatMap((name) => [JSON.stringify(name).slice(1, -1), name]);
  return [...new Set(inJson), dotted, rut, dotted.split('-')[0] ?? '', numero].map((name) => {
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\d])${literal}(?![\\p{L}\\d])`, 'giu');
  });
}

const ERASED = '(persona borrada)';
