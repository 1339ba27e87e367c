import { cursosSeen } from '../ledger/cursos.ts';
import { type ErrorRow, openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nochesSince } from '../ledger/noches.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { daysBefore, isAbout, nameOf } from './nights.ts';
import type { EstadoAlumno } from './student-state.ts';
import { studentStates } from './students.ts';

/** What became of a course of a source at SENCE, group by group; from the ledger alone. */
export interface CourseFate {
  /** The last night that was planned of it; null: none in the last two weeks. */
  noche: Pick<NocheRow, 'noche' | 'estado' | 'motivo'> | null;
  grupos: {
    codigoOferta: string;
    codigoGrupo: string;
    alumnos: StudentFate[];
    /** Open of nobody whose RUT is known: of the course as a whole, or of the person who stands at `lugar`. */
    otros: ErrorRow[];
  }[];
}

export interface StudentFate {
  rut: string;
  estado: EstadoAlumno;
  /** What is open, oldest first. */
  errores: ErrorRow[];
}

/** Of each of `cursos`, as the source names them; `noche`: the one under way, else the last. */
export async function courseFates(
  ledger: Ledger,
  { rutOtec, fuente, cursos, noche }: FatesRequest,
): Promise<Map<string, CourseFate>> {
  const wanted = new Set(cursos);
  const seen = (await cursosSeen(ledger.db, rutOtec)).filter(
    (row) => row.fuente === fuente && wanted.has(row.curso) && row.noPedido === null,
  );
  const nights = await nochesSince(ledger.db, rutOtec, daysBefore(noche, NIGHTS_LOOKED_AT));
  const states = await studentStates(ledger, { rutOtec, noche, seen });
  const errores = new Map<string, ErrorRow[]>();
  for (const error of await openErrores(ledger.db, { rutOtec }))
    add(errores, personOf(error, error.rut), error);
  return new Map(
    cursos.map((curso) => {
      const last = nights.filter(isAbout({ fuente, curso })).at(-1);
      const grupos = seen
        .filter((row) => row.curso === curso)
        .map((row) => ({
          ...{ codigoOferta: row.codigoOferta, codigoGrupo: row.codigoGrupo },
          alumnos: (states.get(nameOf(row)) ?? []).flatMap(({ rut, estado }) =>
            rut === null ? [] : { rut, estado, errores: errores.get(personOf(row, rut)) ?? [] },
          ),
          otros: errores.get(personOf(row, null)) ?? [],
        }));
      const said = last && { noche: last.noche, estado: last.estado, motivo: last.motivo };
      return [curso, { noche: said ?? null, grupos }];
    }),
  );
}

export interface FatesRequest {
  rutOtec: string;
  fuente: string;
  cursos: readonly string[];
  noche: string;
}

function personOf({ codigoOferta, codigoGrupo }: Omit<CourseKey, 'rutOtec'>, rut: string | null): string {
  return JSON.stringify([codigoOferta, codigoGrupo, rut]);
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const own = lists.get(key);
  if (own === undefined) lists.set(key, [item]);
  else own.push(item);
}

/** Of a course without a night for longer, what its students had last is told all the same. */
const NIGHTS_LOOKED_AT = 14;
