import type { Issue } from '@puente-sic/protocol';
import type { CourseName, Entry } from './entry.ts';
import { error } from './finding.ts';
import { studentName } from './student.ts';

/** The entries of one oferta + grupo, as the files call them. */
export interface RawCourse {
  codigoOferta: string | undefined;
  codigoGrupo: string | undefined;
  /** Without a codigoOferta: what around its rows names the course. */
  named?: CourseName;
  /** Where the first entry stands. */
  file: string;
  entries: Entry[];
}

/** How the source calls a course: by its code, or by its file where nothing says one. */
export function courseId(course: RawCourse): string {
  return course.codigoOferta ?? namedCode(course) ?? fileId(course);
}

/** The code that a title, a separator or the name of its sheet gives to rows that have none. */
export function namedCode({ named }: RawCourse): string | undefined {
  return named?.codes.length === 1 ? named.codes[0] : undefined;
}

function fileId({ file }: RawCourse): string {
  return file.replace(/\.[^.]+$/, '');
}

/** Whether a course is called so: by its code, capitals aside, or by its file where its rows have none. */
export function isCalled(course: RawCourse, curso: string): boolean {
  const upper = curso.toUpperCase();
  return (
    courseId(course).toUpperCase() === upper ||
    (course.codigoOferta === undefined && fileId(course).toUpperCase() === upper)
  );
}

/** Entries by course, in the order in which the files name them; modules without a course go to their student's. */
export function groupByCourse(entries: Entry[]): { courses: RawCourse[]; findings: Issue[] } {
  const students = entriesByStudent(entries.filter(({ alumno }) => alumno !== null));

  const courses = new Map<string, RawCourse>();
  const findings: Issue[] = [];
  for (const entry of entries) {
    const placed = entry.alumno === null ? withCourse(entry, students.get(entry.key) ?? []) : entry;
    if (placed === null) {
      findings.push(ofNoCourse(entry, students.get(entry.key) ?? []));
      continue;
    }
    const { codigoOferta, codigoGrupo, named } = placed.curso;
    const apart = codigoOferta === undefined ? [placed.file, named?.codes] : [];
    const key = JSON.stringify([codigoOferta, codigoGrupo, ...apart]);
    const course = courses.get(key);
    if (course) course.entries.push(placed);
    else {
      const { file } = placed;
      courses.set(key, { codigoOferta, codigoGrupo, file, entries: [placed], ...(named && { named }) });
    }
  }
  return { courses: [...courses.values()], findings };
}

/** Entries of each student, in their order. */
export function entriesByStudent(entries: readonly Entry[]): Map<string, Entry[]> {
  const students = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = students.get(entry.key);
    if (own) own.push(entry);
    else students.set(entry.key, [entry]);
  }
  return students;
}

/** A row of a table of modules in its student's course, where there is only one that it can be. */
function withCourse(entry: Entry, students: Entry[]): Entry | null {
  const { codigoOferta, codigoGrupo } = entry.curso;
  if (codigoOferta !== undefined && codigoGrupo !== undefined) return entry;
  const fitting = students.filter(
    ({ curso }) =>
      (codigoOferta === undefined || curso.codigoOferta === codigoOferta) &&
      (codigoGrupo === undefined || curso.codigoGrupo === codigoGrupo),
  );
  const near = fitting.filter(({ file }) => file === entry.file);
  const here = near.length > 0 ? near : fitting;
  const codes = entry.curso.named?.codes ?? [];
  const named = here.filter(({ curso }) =>
    [curso.codigoOferta?.toUpperCase(), ...(curso.named?.codes ?? [])].some(
      (code) => code && codes.includes(code),
    ),
  );
  const candidates = named.length > 0 ? named : here;
  const keys = new Set(
    candidates.map(({ curso }) =>
      JSON.stringify([curso.codigoOferta, curso.codigoGrupo, curso.named?.codes]),
    ),
  );
  const [first] = candidates;
  if (first === undefined || keys.size !== 1) return null;
  const { named: _, ...own } = entry.curso;
  const { codigoOferta: oferta, codigoGrupo: grupo, named: name } = first.curso;
  const curso = {
    ...own,
    ...(oferta !== undefined && { codigoOferta: oferta }),
    ...(grupo !== undefined && { codigoGrupo: grupo }),
    ...(name && { named: name }),
  };
  return { ...entry, file: first.file, curso };
}

function ofNoCourse(entry: Entry, students: Entry[]): Issue {
  const who = studentName(entry.rut);
  const codigoModulo = entry.modulo?.codigoModulo;
  const [doubt] = entry.doubts;
  // Whose it is is not known, and so not where else.
  if (doubt !== undefined && students.length === 0)
    return error({ scope: 'modulo', ...doubt, place: doubt.place ?? entry.moduloPlace.text, rut: who });
  return error({
    scope: 'modulo',
    message:
      students.length === 0
        ? `No se sabe de qué curso es esta fila: ${who} no está en ninguna tabla de alumnos.`
        : `No se sabe de qué curso es esta fila: ${who} está en varios.`,
    fix:
      students.length === 0
        ? 'Agregue al alumno a la tabla de alumnos, o corrija su RUT en la de módulos.'
        : 'Agregue las columnas codigoOferta y codigoGrupo a la tabla de módulos.',
    place: entry.moduloPlace.text,
    rut: who,
    ...(typeof codigoModulo === 'string' && { codigoModulo }),
  });
}
