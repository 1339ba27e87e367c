import type { Kysely } from 'kysely';
import type { AlumnoRow } from '../ledger/alumnos.ts';
import type { DichoRow } from '../ledger/dichos.ts';
import type { Tables } from '../ledger/tables.ts';

/** What nights keep of one person: the courses that the person was seen in, and what was told. */
export interface ToldOfPerson {
  cursos: AlumnoRow[];
  dichos: DichoRow[];
}

export async function toldOfPerson(db: Kysely<Tables>, rut: string): Promise<ToldOfPerson> {
  return {
    cursos: await db.selectFrom('alumno').selectAll().where('rut', '=', rut).execute(),
    dichos: await db.selectFrom('dicho').selectAll().where('rut', '=', rut).execute(),
  };
}

export async function eraseTold(db: Kysely<Tables>, rut: string): Promise<void> {
  await db.deleteFrom('alumno').where('rut', '=', rut).execute();
  await db.deleteFrom('dicho').where('rut', '=', rut).execute();
}

/** What nights before a day told, and who was last seen before it. */
export async function forgetTold(db: Kysely<Tables>, noche: string): Promise<void> {
  await db.deleteFrom('dicho').where('noche', '<', noche).execute();
  await db.deleteFrom('alumno').where('visto', '<', noche).execute();
  await db.deleteFrom('lectura').where('noche', '<', noche).execute();
}
