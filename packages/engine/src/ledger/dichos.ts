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
  await deletingOf(db, whose).execute();
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

/** One thing more beside what a night says of a course; the same is said once. */
export async function addDicho(db: Kysely<Tables>, whose: Whose, dicho: Dicho): Promise<void> {
  const { rutOtec, noche, fuente, curso } = whose;
  const rows = await dichosOf(db, rutOtec, noche);
  const own = rows.filter((row) => row.fuente === fuente && row.curso === curso);
  if (own.some(({ causa, mensaje }) => causa === dicho.causa && mensaje === dicho.mensaje)) return;
  const orden = Math.max(-1, ...own.map((row) => row.orden)) + 1;
  await db
    .insertInto('dicho')
    .values({ ...NOBODY, ...dicho, ...{ rutOtec, noche, fuente, curso, orden } })
    .execute();
}

/** Takes back what was said for one cause and whose text names `about`. */
export async function dropDichos(
  db: Kysely<Tables>,
  whose: Whose,
  { causa, about }: { causa: DichoRow['causa']; about: string },
): Promise<void> {
  await deletingOf(db, whose).where('causa', '=', causa).where('mensaje', 'like', `%${about}%`).execute();
}

function deletingOf(db: Kysely<Tables>, { rutOtec, noche, fuente, curso }: Whose) {
  return db
    .deleteFrom('dicho')
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('fuente', '=', fuente)
    .where('curso', '=', curso);
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
