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

/** A unit as {@link UNKNOWN_COURSES}, and why its source could not list them. */
export interface Unlisted extends Unit {
  falla: { mensaje: string; queHacer: string };
}

/** How people call what a unit stands for; `titulo` where the source has told one. */
export function nameOfUnit({ fuente, curso }: Unit, titulo?: string): string {
  if (curso !== UNKNOWN_COURSES) return titulo ?? curso;
  return fuente === UNKNOWN_COURSES ? 'todos los cursos' : `todos los cursos de «${fuente}»`;
}

/** The provider's courses; one unit for a source that cannot say which it has. */
export async function unitsOf(
  { sources, cursos, otec }: Provider,
  signal?: AbortSignal,
): Promise<(Unit | Unlisted)[]> {
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
        const falla = { mensaje: error.message, queHacer: error.fix };
        return [{ fuente: source.name, curso: UNKNOWN_COURSES, falla }];
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
