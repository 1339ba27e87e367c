import type { Issue } from '@puente-sic/protocol';
import { failure } from '../../rules/findings.ts';
import type { CourseSelection, CourseSummary, NotGiven } from '../../source.ts';
import { listed } from './text.ts';

/** Which courses of a site are read, and what puente.yaml says of each. */
export interface Choice {
  courses: CourseSummary[];
  /** By the course's id. */
  selections: Map<string, CourseSelection[]>;
  /** Nothing was asked for: whatever has module codes is reported. */
  all: boolean;
  /** Asked for, and not in the site. */
  notGiven: NotGiven[];
}

/** `cursos[].curso` is a course's short name or id. */
export function chosenCourses(available: CourseSummary[], wanted: CourseSelection[] | undefined): Choice {
  if (wanted === undefined) return { courses: available, selections: new Map(), all: true, notGiven: [] };
  const selections = new Map<string, CourseSelection[]>();
  const notGiven: NotGiven[] = [];
  for (const selection of wanted) {
    const key = selection.curso.trim();
    const course =
      available.find(({ name }) => name.trim() === key) ?? available.find(({ id }) => id === key);
    if (course) selections.set(course.id, [...(selections.get(course.id) ?? []), selection]);
    else {
      const { curso } = selection;
      notGiven.push({ curso, asked: selection, cause: 'missing', issues: [notThere(key, available)] });
    }
  }
  return { courses: available.filter(({ id }) => selections.has(id)), selections, all: false, notGiven };
}

/** A course of the site that is not given, once for each entry that asks for it. */
export function notGivenOf(
  { selections }: Choice,
  courseId: number,
  why: Pick<NotGiven, 'cause' | 'issues' | 'defect'>,
): NotGiven[] {
  const id = String(courseId);
  const asking = selections.get(id) ?? [null];
  return asking.map((asked) => ({ curso: asked?.curso ?? id, asked, ...why }));
}

function notThere(key: string, available: CourseSummary[]): Issue {
  const alike = available.filter(({ name }) => name.toLowerCase().includes(key.toLowerCase().slice(0, 8)));
  return failure({
    message: `Moodle no tiene el curso «${key}» que nombra puente.yaml${alike.length > 0 ? `; hay ${listed(alike.map(({ name }) => name))}` : ''}.`,
    fix: 'Escriba en `curso` el nombre corto exacto del curso en Moodle, o su id (el número al final de su dirección).',
  });
}
