import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection, CourseSummary, NotGiven, OtherCourse } from '../source.ts';

/** Which courses of a site are read, and what puente.yaml says of each. */
export interface Choice {
  courses: CourseSummary[];
  /** By the course's id. */
  selections: Map<string, CourseSelection[]>;
  /** Nothing was asked for: whatever has module codes is reported. */
  all: boolean;
  /** Asked for, and not in the site. */
  notGiven: NotGiven[];
  /** In the site, and not asked for. */
  others: OtherCourse[];
}

/** `cursos[].curso` is a course's short name or id. `notThere`: what to say of one that the source has not. */
export function chooseCourses(
  available: CourseSummary[],
  wanted: CourseSelection[] | undefined,
  notThere: (key: string, available: CourseSummary[]) => Issue,
): Choice {
  if (wanted === undefined)
    return { courses: available, selections: new Map(), all: true, notGiven: [], others: [] };
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
  const courses = available.filter(({ id }) => selections.has(id));
  const others = available.flatMap((course) => (selections.has(course.id) ? [] : unread(course)));
  return { courses, selections, all: false, notGiven, others };
}

/** Its codes and its people are known once it is read. */
function unread(course: CourseSummary): OtherCourse {
  return { ...course, codigoOferta: null, codigoGrupo: null, alumnos: null };
}

/** A course of the site that is not given, once for each entry that asks for it. */
export function notGivenOf(
  { selections }: Choice,
  courseId: number | string,
  why: Pick<NotGiven, 'cause' | 'issues' | 'defect'>,
): NotGiven[] {
  const id = String(courseId);
  const asking = selections.get(id) ?? [null];
  return asking.map((asked) => ({ curso: asked?.curso ?? id, asked, ...why }));
}
