import type { Issue } from '@puente-sic/protocol';
import { type Choice, chooseCourses } from '../../rules/choice.ts';
import { failure } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { CourseSelection, CourseSummary } from '../../source.ts';

/** The courses of a Moodle that are read. */
export function chosenCourses(available: CourseSummary[], wanted: CourseSelection[] | undefined): Choice {
  return chooseCourses(available, wanted, notThere);
}

/** Of a course that puente.yaml names and Moodle has not. */
function notThere(key: string, available: CourseSummary[]): Issue {
  const alike = available.filter(({ name }) => name.toLowerCase().includes(key.toLowerCase().slice(0, 8)));
  return failure({
    message: `Moodle no tiene el curso «${key}» que nombra puente.yaml${alike.length > 0 ? `; hay ${listed(alike.map(({ name }) => name))}` : ''}.`,
    fix: 'Escriba en `curso` el nombre corto exacto del curso en Moodle, o su id (el número al final de su dirección).',
  });
}
