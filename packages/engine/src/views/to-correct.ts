import { type Kysely, sql } from 'kysely';
import { errors } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { figuresOfDescent } from '../plan/descent-words.ts';
import type { ErrorAbierto } from '../results.ts';
import { nearCode } from './near-code.ts';
import type { PorCorregir } from './por-corregir.ts';
import { problemOf } from './problem-words.ts';

/** Everything that is open, as {@link errors} orders it. Reads the ledger alone. */
export async function toCorrect(
  ledger: Ledger,
  filters: Parameters<typeof errors>[1] = {},
): Promise<PorCorregir[]> {
  const found = await errors(ledger, filters);
  const providers = [...new Set(found.map(({ rutOtec }) => rutOtec))];
  const known = new Map<string, Known>();
  for (const rutOtec of providers) known.set(rutOtec, await knownOf(ledger.db, rutOtec));
  return found.map((error) => {
    const { nombres, listas, modulos } = known.get(error.rutOtec) ?? NOTHING;
    const isWhole = error.rut === null && error.lugar === undefined;
    const told = {
      ...error,
      nombre: error.rut === null ? null : (nombres.get(studentOf(error, error.rut)) ?? null),
      alumnos: isWhole ? (listas.get(courseOf(error)) ?? 1) : 1,
      bajada: error.codigo === '025' ? figuresOfDescent(error.mensaje) : null,
      sugerencia: suggested(error, modulos.get(courseOf(error))),
    };
    return { ...told, problema: problemOf(told) };
  });
}

/** How the sources know a student of a course; null: by no name. */
export async function studentNames(
  { db }: Pick<Ledger, 'db'>,
  rutOtecs: readonly string[],
): Promise<(course: CourseKey, rut: string) => string | null> {
  const known = new Map<string, Known>();
  for (const rutOtec of rutOtecs) known.set(rutOtec, await knownOf(db, rutOtec));
  return (course, rut) => known.get(course.rutOtec)?.nombres.get(studentOf(course, rut)) ?? null;
}

interface Known {
  nombres: ReadonlyMap<string, string>;
  /** How many students a course has. */
  listas: ReadonlyMap<string, number>;
  /** Of each course: of how many students SENCE took a module. */
  modulos: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const NOTHING: Known = { nombres: new Map(), listas: new Map(), modulos: new Map() };

async function knownOf(db: Kysely<Tables>, rutOtec: string): Promise<Known> {
  // Thousands of rows are handed over as one text: reading them one by one costs several times as much.
  const people = await sql<{ lista: string }>`
    SELECT json_group_array(json_array(codigoOferta || char(10) || codigoGrupo, rut, nombre, ausente)) AS lista
    FROM alumno WHERE rutOtec = ${rutOtec}`.execute(db);
  const taken = await db
    .selectFrom('aceptado')
    .select(['codigoOferta', 'codigoGrupo', 'codigoModulo'])
    .select(({ fn }) => fn.count<number>('rut').distinct().as('alumnos'))
    .where('rutOtec', '=', rutOtec)
    .groupBy(['codigoOferta', 'codigoGrupo', 'codigoModulo'])
    .execute();
  const rows: [course: string, rut: string, nombre: string | null, ausente: string | null][] = JSON.parse(
    people.rows[0]?.lista ?? '[]',
  );
  const nombres = new Map<string, string>();
  const listas = new Map<string, number>();
  for (const [course, rut, nombre, ausente] of rows) {
    if (nombre !== null) nombres.set(`${course}\n${rut}`, nombre);
    if (ausente === null) listas.set(course, (listas.get(course) ?? 0) + 1);
  }
  const modulos = new Map<string, Map<string, number>>();
  for (const { codigoModulo, alumnos, ...course } of taken) {
    const own = modulos.get(courseOf(course)) ?? new Map<string, number>();
    modulos.set(courseOf(course), own.set(codigoModulo, alumnos));
  }
  return { nombres, listas, modulos };
}

/** A code that SENCE took of somebody is no slip of the pen. */
function suggested(
  { codigo, codigoModulo }: Pick<ErrorAbierto, 'codigo' | 'codigoModulo'>,
  modulos: ReadonlyMap<string, number> | undefined,
): PorCorregir['sugerencia'] {
  if (codigo !== '010' || codigoModulo === null || modulos === undefined || modulos.has(codigoModulo))
    return null;
  const near = nearCode(codigoModulo, [...modulos.keys()]);
  return near === null ? null : { codigoModulo: near, alumnos: modulos.get(near) ?? 0 };
}

type Codes = Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'>;

function courseOf({ codigoOferta, codigoGrupo }: Codes): string {
  return `${codigoOferta}\n${codigoGrupo}`;
}

function studentOf(course: Codes, rut: string): string {
  return `${courseOf(course)}\n${rut}`;
}
