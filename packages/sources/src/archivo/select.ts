import { dirname } from 'node:path';
import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection, NotGiven, OtherCourse } from '../source.ts';
import { courseTitle, type Target } from './course.ts';
import { error, several } from './finding.ts';
import { courseId, entriesByStudent, isCalled, namedCode, type RawCourse } from './group.ts';
import { isMeant, notMeant, othersInFiles, withoutCodes } from './other-courses.ts';
import { cutFilesOf, notReadable, type UnreadableFile } from './unreadable.ts';

/** Where the courses were looked for. */
export interface SourcePlace {
  /** As puente.yaml names it. */
  source: string;
  /** The folder or file. */
  ruta: string;
  /** The files that were read, each with what was found in it. */
  files: ReadonlyMap<string, readonly Issue[]>;
}

/** The courses to give: all that say their codes, or those asked for, each oferta + grupo once. */
export function selectCourses(
  courses: RawCourse[],
  selections: CourseSelection[] | undefined,
  place: SourcePlace,
  unreadable: readonly UnreadableFile[] = [],
): { targets: Target[]; notGiven: NotGiven[]; findings: Issue[]; others: OtherCourse[] } {
  const notGiven: NotGiven[] = [];
  const targets = new Map<string, Target>();
  const add = (course: RawCourse, selection?: CourseSelection): void => {
    const codigoOferta = selection?.codigoOferta ?? course.codigoOferta ?? namedCode(course);
    const codigoGrupo = selection?.codigoGrupo ?? course.codigoGrupo;
    if (codigoOferta === undefined || codigoGrupo === undefined) {
      const curso = selection?.curso ?? courseId(course);
      const issue = withoutCodes(course, codigoOferta, courses);
      notGiven.push({ curso, asked: selection ?? null, cause: 'no-codes', issues: [issue] });
      return;
    }
    const key = JSON.stringify([codigoOferta, codigoGrupo]);
    const target = targets.get(key);
    if (target === undefined) targets.set(key, { codigoOferta, codigoGrupo, selection, from: [course] });
    else if (!target.from.includes(course)) target.from.push(course);
  };

  if (selections === undefined) for (const course of courses) add(course);
  for (const selection of selections ?? []) {
    const { chosen, problem } = choose(courses, selection, place);
    const hidden = problem && notReadable(selection.curso, selection, hidingIn(selection.curso, unreadable));
    if (problem) notGiven.push(hidden ?? { curso: selection.curso, asked: selection, ...problem });
    for (const course of chosen) add(course, selection);
  }
  const whole = [...targets.values()].filter((target) => {
    const { from, selection } = target;
    const [first] = from;
    const curso = selection?.curso ?? (first ? courseId(first) : target.codigoOferta);
    const cut = notReadable(curso, selection ?? null, cutFilesOf(from, unreadable));
    if (cut) notGiven.push(cut);
    return cut === null;
  });
  const told = new Set(notGiven.flatMap(({ issues }) => issues));
  const untold = unreadable.filter(({ issue }) => !told.has(issue));
  if (selections !== undefined) {
    const taken = new Set(whole.flatMap(({ from }) => from));
    const lost = courses.filter((course) => course.codigoOferta === undefined && !taken.has(course));
    const findings = [
      ...untold.map(({ issue }) => issue),
      ...lost.map((course) => withoutCodes(course, undefined, courses)),
      ...othersInFiles(courses, taken, selections),
    ];
    const asked = new Set([...targets.values()].flatMap(({ from }) => from));
    const others = courses.flatMap((course) => (asked.has(course) ? [] : otherOf(course)));
    return { targets: whole, notGiven, findings, others };
  }
  for (const file of untold) notGiven.push(...[notReadable(file.file, null, [file]) ?? []].flat());
  return { targets: whole, notGiven, findings: [], others: [] };
}

/** A course that says its codes, and that nobody asked for. */
function otherOf(course: RawCourse): OtherCourse[] {
  const { codigoOferta = namedCode(course), codigoGrupo, entries } = course;
  if (codigoOferta === undefined || codigoGrupo === undefined) return [];
  const id = courseId(course);
  const title = courseTitle(entries) ?? id;
  return [{ id, name: id, title, codigoOferta, codigoGrupo, alumnos: entriesByStudent(entries).size }];
}

/** Files in which a course may stand unseen; one that is asked for by its file stands in no other. */
function hidingIn(curso: string, unreadable: readonly UnreadableFile[]): readonly UnreadableFile[] {
  return FILE.test(curso) ? unreadable.filter(({ file }) => file === curso) : unreadable;
}

function choose(
  courses: RawCourse[],
  selection: CourseSelection,
  place: SourcePlace,
): { chosen: RawCourse[]; problem?: Pick<NotGiven, 'cause' | 'issues'> } {
  const { curso, grupo, codigoGrupo } = selection;
  const exact = courses.filter((course) => courseId(course) === curso || course.file === curso);
  const called = exact.length > 0 ? exact : courses.filter((course) => isCalled(course, curso));
  const named = called.filter((course) => isMeant(course, selection, called));
  const [other] = called;
  if (named.length === 0 && other !== undefined)
    return { chosen: [], problem: { cause: 'no-codes', issues: [notMeant(other, called, courses)] } };
  if (named.length === 0) {
    return { chosen: [], problem: { cause: 'missing', issues: missing(curso, courses, place) } };
  }

  const wanted = grupo ?? codigoGrupo;
  const ofGroup = named.filter((course) => course.codigoGrupo === wanted);
  if (wanted === undefined || ofGroup.length > 0) return { chosen: wanted === undefined ? named : ofGroup };
  // One group only, or none said: `codigoGrupo` is the name that it is sent with.
  if (grupo === undefined && named.length === 1) return { chosen: named };
  return { chosen: [], problem: { cause: 'group-missing', issues: [unknownGroup(curso, wanted, named)] } };
}

/** A course that no row tells: by the file that it is asked for by, or where it was looked for. */
function missing(
  curso: string,
  courses: RawCourse[],
  { source, ruta, files }: SourcePlace,
): NotGiven['issues'] {
  if (FILE.test(curso)) {
    const own = files.get(curso)?.filter(({ severity }) => severity === 'error') ?? [];
    const [first, ...others] = own.map((issue) => ({
      ...issue,
      fix: `${issue.fix} ${putBack(curso, ruta)}`,
    }));
    if (first !== undefined) return [first, ...others];
    return [
      error({
        message: files.has(curso)
          ? `El archivo ${curso} de la fuente ${source} no tiene ninguna fila de un alumno.`
          : `El archivo ${curso} no está en la fuente ${source}.`,
        fix: `${putBack(curso, ruta)} Si cambió de nombre, corrija «curso» en puente.yaml; si ya no se informa, saque de ahí esa línea.`,
      }),
    ];
  }
  const ids = [...new Set(courses.map(courseId))];
  return [
    error({
      message: `En la fuente ${source} no hay ningún curso «${curso}».`,
      fix:
        ids.length === 0
          ? `Reponga su archivo, con los datos, en ${ruta}: no se leyó ningún curso ahí.`
          : `Si falta su archivo, repóngalo en ${ruta}; si cambió de código, corrija «curso» en puente.yaml. En los archivos están: ${several(ids, 10)}.`,
    }),
  ];
}

function putBack(file: string, ruta: string): string {
  return `Reponga ${file}, con los datos, en la carpeta ${FILE.test(ruta) ? dirname(ruta) : ruta}.`;
}

/** What a course may be asked for by in place of its code. */
const FILE = /\.(csv|xlsx|ods|json)$/i;

function unknownGroup(curso: string, grupo: string, courses: RawCourse[]): Issue {
  const groups = courses.flatMap(({ codigoGrupo }) => codigoGrupo ?? []);
  return error({
    message: `El curso «${curso}» no tiene ningún grupo «${grupo}».`,
    fix: `Corrija «grupo» o «codigoGrupo» en puente.yaml. Los grupos del curso son: ${several(groups, 10)}.`,
    place: several([...new Set(courses.map(({ file }) => file))]),
  });
}
