import type { Kysely, Selectable } from 'kysely';
import type { DichoTable, Tables } from './tables.ts';

export type DichoRow = Selectable<DichoTable>;
/** One thing to tell of a course (or, as `*`, of a source); whose night and place it is stands beside it. */
export type Dicho = Pick<DichoRow, 'causa' | 'gravedad' | 'mensaje' | 'queHacer'> &
  Partial<Pick<DichoRow, 'codigoOferta' | 'codigoGrupo' | 'titulo' | 'rut' | 'nombre'>>;

type Whose = Pick<DichoTable, 'rutOtec' | 'noche' | 'fuente' | 'curso'>;

/** What a night says of a course, in place of what it said before: a later reading knows better. */
export async function replaceDichos(
  db: Kysely<Tables>,
  whose: Whose,
  dichos: readonly Dicho[],
): Promise<void> {
  const { rutOtec, noche, fuente, curso } = whose;
  await db
    .deleteFrom('dicho')
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('fuente', '=', fuente)
    .where('curso', '=', curso)
    .execute();
  for (let start = 0; start < dichos.length; start += ROWS_PER_STATEMENT) {
    await db
      .insertInto('dicho')
      .values(
        dichos.slice(start, start + ROWS_PER_STATEMENT).map((dicho, index) => ({
          ...NOBODY,
          ...dicho,
          ...{ rutOtec, noche, fuente, curso },
          orden: start + index,
        })),
      )
      .execute();
  }
}

/** What a night tells, what a person must act on first. */
export async function dichosOf(db: Kysely<Tables>, rutOtec: string, noche: string): Promise<DichoRow[]> {
  const rows = await db
    .selectFrom('dicho')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .orderBy('fuente')
    .orderBy('curso')
    .orderBy('orden')
    .execute();
  return rows.toSorted((a, b) => WEIGHT[a.gravedad] - WEIGHT[b.gravedad]);
}

const NOBODY = { codigoOferta: null, codigoGrupo: null, titulo: null, rut: null, nombre: null };
const WEIGHT = { rojo: 0, amarillo: 1, gris: 2 };
const ROWS_PER_STATEMENT = 200;
