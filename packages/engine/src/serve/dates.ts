import { Temporal } from '@js-temporal/polyfill';
import { dayOf, isFecha } from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';

/** Whether a course is sent by itself on a night: from its first day to its last one plus the grace, both included. */
export function isCurrent(tree: CourseTree, noche: string, graciaDias: number): boolean {
  const { first, last } = datesOf(tree);
  if (first !== null && noche < first) return false;
  return last === null || noche <= Temporal.PlainDate.from(last).add({ days: graciaDias }).toString();
}

/** The course's own dates, else the earliest and the latest of its students; null where nobody says. */
function datesOf(tree: CourseTree): { first: string | null; last: string | null } {
  const days = (field: 'fechaInicio' | 'fechaFin') =>
    tree.students
      .map(({ alumno }) => alumno[field])
      .filter(isFecha)
      .map(dayOf)
      .sort();
  return {
    first: tree.fechaInicio ?? days('fechaInicio')[0] ?? null,
    last: tree.fechaFin ?? days('fechaFin').at(-1) ?? null,
  };
}
