import type { CursoConfig } from '../request.ts';
import { isSourceError } from '../source-error.ts';
import type { Night } from '../window.ts';
import type { Provider } from './types.ts';

/** What is read, sent and settled as one: a course of a source, with all its groups. */
export interface Unit {
  fuente: string;
  curso: string;
}

/** Stands for courses that are not known because the source could not list them. */
export const UNKNOWN_COURSES = '*';

/** The provider's courses; one unit for a source that cannot say which it has. */
export async function unitsOf({ sources, cursos, otec }: Provider, signal?: AbortSignal): Promise<Unit[]> {
  if (cursos) {
    const own = cursos.filter((curso) => curso.otec === otec.rut);
    return [
      ...new Map(
        own.map(({ fuente, curso }) => [JSON.stringify([fuente, curso]), { fuente, curso }]),
      ).values(),
    ];
  }
  const lists = await Promise.all(
    sources.map(async (source) => {
      try {
        const courses = await source.listCourses(signal);
        return courses.map(({ id }) => ({ fuente: source.name, curso: id }));
      } catch (error) {
        if (!isSourceError(error)) throw error;
        return [{ fuente: source.name, curso: UNKNOWN_COURSES }];
      }
    }),
  );
  return lists.flat();
}

/** The entries of puente.yaml that a unit is read with. */
export function configsOf({ fuente, curso }: Unit, { cursos, otec }: Provider): CursoConfig[] {
  const own = cursos?.filter(
    (config) => config.fuente === fuente && config.curso === curso && config.otec === otec.rut,
  );
  return own ?? [{ fuente, otec: otec.rut, curso }];
}

/** Its place in the window: courses are spread over the first three quarters, so that retries find room. */
export function slotOf(index: number, count: number, { start, end }: Night): Date {
  const span = (end.getTime() - start.getTime()) * SPREAD;
  return new Date(start.getTime() + Math.floor((span * index) / Math.max(1, count)));
}

const SPREAD = 0.75;

/** Growing pauses between tries, in milliseconds: 1, 2, 4, 8 minutes, then every 15. */
export function pauseAfter(tries: number): number {
  return Math.min(2 ** Math.max(0, tries - 1), 15) * 60_000;
}
