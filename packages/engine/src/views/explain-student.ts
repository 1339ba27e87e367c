import type { ReadRequest, Source, StudentExplanation } from '@puente-sic/sources';
import { cursoSeen } from '../ledger/cursos.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { withSaid } from '../plan/chosen.ts';
import { fallaOf } from '../plan/gather.ts';
import type { PlanRequest } from '../request.ts';
import type { FallaFuente } from '../results.ts';
import { isSourceError } from '../source-error.ts';

/**
 * How a student's figures came about, told by the source that the course comes from; null where it cannot tell (a
 * file) or does not know the student there.
 */
export async function explainStudent(
  asked: PlanRequest,
  { rut, ...key }: CourseKey & { rut: string },
): Promise<{ explicacion: StudentExplanation | null; fallas: FallaFuente[] }> {
  const { sources, cursos, ledger, at, signal } = await withSaid(asked);
  const seen = await cursoSeen(ledger.db, key);
  const fallas: FallaFuente[] = [];
  for (const source of sources.filter(canExplain)) {
    const configs = cursos?.filter(
      ({ fuente, otec, curso, codigoOferta }) =>
        fuente === source.name &&
        otec === key.rutOtec &&
        (codigoOferta === key.codigoOferta || (seen?.fuente === fuente && seen.curso === curso)),
    );
    const fromLedger = seen?.fuente === source.name ? [{ curso: seen.curso }] : [];
    const courses = configs && configs.length > 0 ? configs : fromLedger;
    if (courses.length === 0) continue;
    try {
      const explicacion = await source.explain({ rut, courses, at, ...(signal && { signal }) });
      if (explicacion !== null) return { explicacion, fallas };
    } catch (error) {
      if (!isSourceError(error)) throw error;
      fallas.push(fallaOf(source, error));
    }
  }
  return { explicacion: null, fallas };
}

type Explaining = Source & {
  explain(request: ReadRequest & { rut: string }): Promise<StudentExplanation | null>;
};

function canExplain(source: Source): source is Explaining {
  return 'explain' in source && typeof source.explain === 'function';
}

export type { StudentExplanation };
