import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection } from '../source.ts';
import { failure } from './rules/findings.ts';
import { sameText } from './rules/text.ts';

/** The front page of a Moodle site is a course too, always this one. */
export const SITE_COURSE = 1;

/** A course to be read with what puente.yaml says of it. */
export interface Chosen<Course> {
  course: Course;
  selections: CourseSelection[];
}

/**
 * The courses of a site that are wanted, in the site's order: those that `cursos[].curso` names by short name or
 * id (a short name goes first: it may be a number), or all but the front page where nothing is named.
 */
export function chooseCourses<Course extends { id: number; shortname: string }>(
  all: Course[],
  selections: CourseSelection[] | undefined,
): { chosen: Chosen<Course>[]; findings: Issue[] } {
  const courses = all.filter(({ id }) => id !== SITE_COURSE);
  if (!selections) return { chosen: courses.map((course) => ({ course, selections: [] })), findings: [] };
  const byCourse = new Map<Course, CourseSelection[]>();
  const findings: Issue[] = [];
  for (const selection of selections) {
    const course =
      courses.find(({ shortname }) => sameText(shortname, selection.curso)) ??
      courses.find(({ id }) => String(id) === selection.curso.trim());
    if (course) byCourse.set(course, [...(byCourse.get(course) ?? []), selection]);
    else findings.push(unknownCourse(selection.curso));
  }
  return {
    chosen: courses.flatMap((course) => {
      const own = byCourse.get(course);
      return own ? [{ course, selections: own }] : [];
    }),
    findings,
  };
}

function unknownCourse(curso: string): Issue {
  return failure({
    message: `En Moodle no hay ningún curso con el nombre corto o el id «${curso}», o no está a la vista del puente.`,
    fix: 'Corrija `curso` en puente.yaml con el nombre corto exacto (Moodle: Configuración del curso → Nombre corto del curso). `puente moodle revisar` muestra los que se ven.',
  });
}
