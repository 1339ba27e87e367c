import type { Kysely } from 'kysely';
import type { AlumnoRow } from '../ledger/alumnos.ts';
import type { AvisoRow } from '../ledger/avisos.ts';
import type { DichoRow } from '../ledger/dichos.ts';
import type { Tables } from '../ledger/tables.ts';

/** What nights keep of one person: the courses that the person was seen in, what was told, alerts that name the person. */
export interface ToldOfPerson {
  cursos: AlumnoRow[];
  dichos: DichoRow[];
  avisos: Pick<AvisoRow, 'canal' | 'contenido' | 'creado' | 'enviado'>[];
}

export async function toldOfPerson(db: Kysely<Tables>, rut: string): Promise<ToldOfPerson> {
  const cursos = await db.selectFrom('alumno').selectAll().where('rut', '=', rut).execute();
  const dichos = await db.selectFrom('dicho').selectAll().where('rut', '=', rut).execute();
  const named = await alertsThatName(db, rut, [...cursos, ...dichos]);
  return {
    cursos,
    dichos,
    avisos: named.map(({ canal, contenido, creado, enviado }) => ({ canal, contenido, creado, enviado })),
  };
}

/** How many rows told of the person. */
export async function eraseTold(db: Kysely<Tables>, rut: string): Promise<number> {
  const { cursos, dichos, avisos } = await toldOfPerson(db, rut);
  const people = [...cursos, ...dichos];
  for (const { id, contenido } of await alertsThatName(db, rut, people)) {
    const erased = namesOf(rut, people).reduce((text, name) => text.replace(name, ERASED), contenido);
    await db.updateTable('aviso').set({ contenido: erased }).where('id', '=', id).execute();
  }
  await db.deleteFrom('alumno').where('rut', '=', rut).execute();
  await db.deleteFrom('dicho').where('rut', '=', rut).execute();
  return cursos.length + dichos.length + avisos.length;
}

/** What nights before a day told, and who was last seen before it. */
export async function forgetTold(db: Kysely<Tables>, noche: string): Promise<void> {
  await db.deleteFrom('dicho').where('noche', '<', noche).execute();
  await db.deleteFrom('alumno').where('visto', '<', noche).execute();
  await db.deleteFrom('lectura').where('noche', '<', noche).execute();
}

/** Of a day or of years: what a source, a server or an earlier version wrote into a text is not known beforehand. */
async function alertsThatName(
  db: Kysely<Tables>,
  rut: string,
  people: readonly { nombre: string | null }[],
): Promise<AvisoRow[]> {
  const names = namesOf(rut, people);
  const rows = await db.selectFrom('aviso').selectAll().execute();
  return rows.filter(({ contenido }) => names.some((name) => contenido.search(name) >= 0));
}

/** How a text may call a person, as it stands inside JSON; the longest first. A longer number, or word, is not it. */
function namesOf(rut: string, people: readonly { nombre: string | null }[]): RegExp[] {
  const [numero = ''] = rut.split('-');
  const dotted = rut.replace(/\d(?=(\d{3})+-)/g, '$&.');
  const names = new Set(
    people.flatMap(({ nombre }) => (nombre === null || nombre.trim() === '' ? [] : nombre)),
  );
  const inJson = [...names].map((name) => JSON.stringify(name).slice(1, -1));
  return [...inJson, dotted, rut, dotted.split('-')[0] ?? '', numero].map((name) => {
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\d])${literal}(?![\\p{L}\\d])`, 'gu');
  });
}

const ERASED = '(persona borrada)';
