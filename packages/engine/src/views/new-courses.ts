import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { type CursoNuevoRow, cursosNuevos } from '../ledger/cursos-nuevos.ts';
import { courseDecisions, type DecisionRow } from '../ledger/decisiones.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';
import { nameOf } from './nights.ts';

/** A course that a source has and that is not reported, or is from the coming night on. */
export interface CursoSinInformar extends CourseKey {
  fuente: string;
  titulo: string;
  /** Null: only a reading of the course would tell. */
  alumnos: number | null;
  /** First and last day, `YYYY-MM-DD`; null: not known. */
  primerDia: string | null;
  ultimoDia: string | null;
  /**
   * - `nuevo`: waits for somebody's word.
   * - `terminado`: was over before puente reported anything of it; no night sends it.
   * - `elegido`: somebody said that it is reported; the coming night sends it.
   * - `no-se-informa`: somebody said so, or left it out when choosing.
   */
  estado: 'nuevo' | 'terminado' | 'elegido' | 'no-se-informa';
  /** What was said of it, to be undone. */
  decision: { id: number; quien: string; cuando: Date } | null;
}

/** Of one provider, by title. Asks nobody. */
export async function unreportedCourses({ db }: Ledger, rutOtec: string): Promise<CursoSinInformar[]> {
  const [offered, rows, decisions] = await Promise.all([
    cursosNuevos(db, rutOtec),
    cursosSeen(db, rutOtec),
    courseDecisions(db, rutOtec),
  ]);
  const seen = new Map(rows.map((row) => [nameOf(row), row]));
  const decided = new Map(decisions.map((row) => [nameOf(row), row]));
  const own = offered.filter(({ curso }) => curso !== UNKNOWN_COURSES);
  const names = new Set(own.map(nameOf));
  // One that was reported until somebody decided.
  const stopped = rows.filter(
    (row) => !names.has(nameOf(row)) && decided.get(nameOf(row))?.tipo === 'no-informar',
  );
  return [
    ...own.flatMap((row) => courseOf(row, decided.get(nameOf(row)), seen.get(nameOf(row)))),
    ...stopped.map((row) => ({
      ...keyed(row),
      ...{ primerDia: null, ultimoDia: row.ultimoDia },
      estado: 'no-se-informa' as const,
      decision: saidOf(decided.get(nameOf(row))),
    })),
  ].sort((a, b) => a.titulo.localeCompare(b.titulo, 'es'));
}

function courseOf(
  row: CursoNuevoRow,
  decision: DecisionRow | undefined,
  seen: CursoRow | undefined,
): CursoSinInformar[] {
  const isReported = seen !== undefined && seen.noPedido === null;
  const estado = stateOf(row, decision, isReported);
  if (estado === null) return [];
  const { primerDia, ultimoDia } = row;
  return [{ ...keyed(row), primerDia, ultimoDia, estado, decision: saidOf(decision) }];
}

/** Null: it is reported, and has its own line among the courses. */
function stateOf(
  { clase }: CursoNuevoRow,
  decision: DecisionRow | undefined,
  isReported: boolean,
): CursoSinInformar['estado'] | null {
  if (decision?.tipo === 'no-informar') return 'no-se-informa';
  if (decision?.tipo === 'informar') return isReported ? null : 'elegido';
  if (clase === 'antiguo') return 'no-se-informa';
  return isReported ? null : clase;
}

function keyed({ rutOtec, codigoOferta, codigoGrupo, fuente, titulo, alumnos }: CursoRow | CursoNuevoRow) {
  return { rutOtec, codigoOferta, codigoGrupo, fuente, titulo, alumnos };
}

function saidOf(decision: DecisionRow | undefined): CursoSinInformar['decision'] {
  return decision === undefined
    ? null
    : { id: decision.id, quien: decision.quien, cuando: new Date(decision.cuando) };
}
