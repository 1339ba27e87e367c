import type { NocheRow } from '../ledger/noches.ts';
import type { CursoConfig } from '../request.ts';
import type { Night } from '../window.ts';
import type { Provider } from './types.ts';

/** What is sent and settled as one: a course of a source, with all its groups. */
export interface Unit {
  fuente: string;
  curso: string;
}

/** Stands for courses that are not known because the source has not been read yet. */
export const UNKNOWN_COURSES = '*';

/** How people call what a unit stands for; `titulo` where the source has told one. */
export function nameOfUnit({ fuente, curso }: Unit, titulo?: string): string {
  if (curso !== UNKNOWN_COURSES) return titulo ?? curso;
  return fuente === UNKNOWN_COURSES ? 'todos los cursos' : `todos los cursos de «${fuente}»`;
}

/** The courses that puente.yaml names for a provider; for one that sends all, one unit per source that stands for them. */
export function unitsOf({ sources, cursos, otec }: Provider): Unit[] {
  if (cursos === undefined) return sources.map(({ name: fuente }) => ({ fuente, curso: UNKNOWN_COURSES }));
  const own = cursos.filter((curso) => curso.otec === otec.rut);
  return [
    ...new Map(own.map(({ fuente, curso }) => [JSON.stringify([fuente, curso]), { fuente, curso }])).values(),
  ];
}

/** The entries of puente.yaml that a unit is read with; none where it has been taken out of it. */
export function configsOf({ fuente, curso }: Unit, { cursos, otec }: Provider): CursoConfig[] {
  const own = cursos?.filter(
    (config) => config.fuente === fuente && config.curso === curso && config.otec === otec.rut,
  );
  return own ?? [{ fuente, otec: otec.rut, curso }];
}

/** A provider's place among those of the service. */
export interface Place {
  index: number;
  count: number;
}

/** When a provider's night begins: providers are spread over the window's first quarter, so that retries find room. */
export function startOf({ index, count }: Place, { start, end }: Night): Date {
  const span = (end.getTime() - start.getTime()) * SPREAD;
  return new Date(start.getTime() + Math.floor((span * index) / Math.max(1, count)));
}

const SPREAD = 0.25;

/** Names a course's row among all nights of a provider. */
export function rowKey({ noche, fuente, curso }: Pick<NocheRow, 'noche' | 'fuente' | 'curso'>): string {
  return JSON.stringify([noche, fuente, curso]);
}
