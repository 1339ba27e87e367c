import type { Issue } from '@puente-sic/protocol';
import type { Entry } from './entry.ts';
import { error } from './finding.ts';
import { studentName } from './student.ts';

/** The entries of one oferta + grupo, as the files call them. */
export interface RawCourse {
  codigoOferta: string | undefined;
  codigoGrupo: string | undefined;
  /** Where the first entry stands. */
  file: string;
  entries: Entry[];
}

/** How the source calls a course: by its codigoOferta, or by its file where the rows do not say one. */
export function courseId({ codigoOferta, file }: RawCourse): string {
  return codigoOferta ?? file.replace(/\.[^.]+$/, '');
}

/** Whether a course is called so, capitals aside: codes that differ only in them are spelled alike already. */
export function isCalled(course: RawCourse, curso: string): boolean {
  return courseId(course).toUpperCase() === curso.toUpperCase();
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
    const { codigoOferta, codigoGrupo } = placed.curso;
    const key = JSON.stringify([codigoOferta, codigoGrupo, codigoOferta === undefined ? placed.file : '']);
    const course = courses.get(key);
    if (course) course.entries.push(placed);
    else courses.set(key, { codigoOferta, codigoGrupo, file: placed.file, entries: [placed] });
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
  const candidates = near.length > 0 ? near : fitting;
  const keys = new Set(
    candidates.map(({ curso }) => JSON.stringify([curso.codigoOferta, curso.codigoGrupo])),
  );
  const [first] = candidates;
  if (first === undefined || keys.size !== 1) return null;
  const own = { ...entry.curso };
  if (first.curso.codigoOferta !== undefined) own.codigoOferta = first.curso.codigoOferta;
  if (first.curso.codigoGrupo !== undefined) own.codigoGrupo = first.curso.codigoGrupo;
  return { ...entry, file: first.file, curso: own };
}

function ofNoCourse(entry: Entry, students: Entry[]): Issue {
  const who = studentName(entry.rut);
  const codigoModulo = entry.modulo?.codigoModulo;
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
