import { Temporal } from '@js-temporal/polyfill';
import { dayOf, isFecha } from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';

/** A course's first and last day, `YYYY-MM-DD`: its own, else its students' earliest and latest; null where nobody says. */
export interface CourseDays {
  first: string | null;
  last: string | null;
}

export function daysOf(tree: CourseTree): CourseDays {
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

/** Where a night stands in a course's life; its last day is followed by so many days of grace. */
export function phaseOf(
  { first, last }: CourseDays,
  noche: string,
  graciaDias: number,
): 'before' | 'current' | 'over' {
  if (first !== null && noche < first) return 'before';
  if (last === null) return 'current';
  return noche <= Temporal.PlainDate.from(last).add({ days: graciaDias }).toString() ? 'current' : 'over';
}
