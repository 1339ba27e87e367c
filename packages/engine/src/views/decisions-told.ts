import type { Kysely } from 'kysely';
import { type Decision, listDecisions } from '../decisions.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { nameOf } from './nights.ts';
import { studentNames } from './to-correct.ts';

/** A decision with what people know it by. */
export interface DecisionContada extends Decision {
  /** Null: the source does not tell it, or it is about no single student. */
  nombre: string | null;
  titulo: string;
  /** The course's last day, `YYYY-MM-DD`, after which nothing of it goes; null: not known. */
  termina: string | null;
  /** Of `mantener` about one student and module: what goes on being reported, 0–100; else null. */
  informa: number | null;
}

/** Adds names, titles and the figures that are kept. Reads the ledger alone. */
export async function tellDecisions(
  ledger: Pick<Ledger, 'db'>,
  decisions: readonly Decision[],
): Promise<DecisionContada[]> {
  const rutOtecs = [...new Set(decisions.map(({ rutOtec }) => rutOtec))];
  const named = await studentNames(ledger, rutOtecs);
  const seen = await Promise.all(rutOtecs.map((rutOtec) => cursosSeen(ledger.db, rutOtec)));
  const courses = new Map(seen.flat().map((row) => [nameOf(row), row]));
  const kept = await keptFigures(ledger.db, decisions);
  return decisions.map((decision) => {
    const course = courses.get(nameOf(decision));
    return {
      ...decision,
      nombre: decision.rut === null ? null : named(decision, decision.rut),
      titulo: course?.titulo ?? decision.codigoOferta,
      termina: course?.ultimoDia ?? null,
      informa: kept.get(decision.id) ?? null,
    };
  });
}

/** Figures of a provider that somebody decided to go on reporting, the oldest first; see {@link tellDecisions}. */
export async function keptDecisions(ledger: Ledger, rutOtec: string): Promise<DecisionContada[]> {
  const open = (await listDecisions(ledger, { rutOtec })).filter(
    ({ tipo, fin }) => tipo === 'mantener' && fin === null,
  );
  return tellDecisions(ledger, open.reverse());
}

/** What SENCE accepted last of each that is kept: that is what goes while the source says less. */
async function keptFigures(db: Kysely<Tables>, decisions: readonly Decision[]): Promise<Map<number, number>> {
  const figures = new Map<number, number>();
  for (const { id, tipo, fin, rut, codigoModulo, ...course } of decisions) {
    if (tipo !== 'mantener' || fin !== null || rut === null || codigoModulo === null) continue;
    const figure = await acceptedFigure(db, course, rut, codigoModulo);
    if (figure !== null) figures.set(id, figure);
  }
  return figures;
}

async function acceptedFigure(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  rut: string,
  codigoModulo: string,
): Promise<number | null> {
  const row = await db
    .selectFrom('aceptado')
    .select('porcentajeAvance')
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', 'in', [codigoGrupo, ''])
    .where('rut', '=', rut)
    .where('codigoModulo', '=', codigoModulo)
    .orderBy('codigoGrupo', 'desc')
    .executeTakeFirst();
  return row?.porcentajeAvance ?? null;
}
