import type { Kysely } from 'kysely';
import type { AlumnoRow } from '../ledger/alumnos.ts';
import type { AvisoRow } from '../ledger/avisos.ts';
import type { DichoRow } from '../ledger/dichos.ts';
import type { Tables } from '../ledger/tables.ts';
import { eraseMentions, namesOf } from './mentions.ts';

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
  const { cursos, dichos } = await toldOfPerson(db, rut);
  await db.deleteFrom('alumno').where('rut', '=', rut).execute();
  await db.deleteFrom('dicho').where('rut', '=', rut).execute();
  return cursos.length + dichos.length + (await eraseMentions(db, rut, [...cursos, ...dichos]));
}

/** What nights before a day told, and who was last seen before it. */
export async function forgetTold(db: Kysely<Tables>, noche: string): Promise<void> {
  await db.deleteFrom('dicho').where('noche', '<', noche).execute();
  await db.deleteFrom('alumno').where('visto', '<', noche).execute();
  await db.deleteFrom('sinRut').where('visto', '<', noche).execute();
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
