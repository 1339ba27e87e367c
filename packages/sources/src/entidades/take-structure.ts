import type { Issue } from '@puente-sic/protocol';
import { failure } from '../rules/findings.ts';
import { readCodeOf } from './read-code.ts';
import type { RowOf } from './rows.ts';
import { type CourseData, emptyStudent, type Orphan, type StudentData } from './site.ts';

/** Fills in a course's own row, which must come once, or say the same again. `isNew`: nothing is in it yet. */
export function takeCurso(course: CourseData, isNew: boolean, row: RowOf<'cursos'>): void {
  const { curso, nombre, inicio, fin, place } = row;
  const codigoOferta = readCodeOf(course, row.codigoOferta);
  const codigoGrupo = readCodeOf(course, row.codigoGrupo);
  const own = { codigoOferta, codigoGrupo, nombre, inicio, fin };
  const fields = Object.keys(own) as (keyof typeof own)[];
  if (isNew) Object.assign(course, own);
  else if (fields.some((field) => course[field] !== own[field]))
    course.faults.add(() =>
      contradiction(`El curso «${curso}» está dos veces en «cursos», con datos distintos.`, place()),
    );
}

/** A person may have several rows: other groups, other enrolments. What counts are those in force. */
export function takeAlumno(course: CourseData, row: RowOf<'alumnos'>): void {
  const known = course.students.get(row.alumno);
  const student = studentOf(course, row.alumno, row.place());
  const ruts = (['rut', 'rut2', 'rut3', 'rut4'] as const).flatMap((column) => {
    const text = row[column];
    return text === null ? [] : [{ column, text }];
  });
  if (known && JSON.stringify(ruts) !== JSON.stringify(student.ruts))
    student.faults.add(() =>
      contradiction(
        `«${row.alumno}» está dos veces en «alumnos» del curso «${row.curso}», con RUT distintos.`,
        row.place(),
      ),
    );
  student.ruts = ruts;
  // Of a row before this one only its fault is known.
  if (student.place === '') student.place = row.place();
  student.nombre ??= row.nombre;
  const isActive = row.activo !== false;
  if (known && !isActive) return;
  if (!student.active) Object.assign(student, { inicio: null, fin: null, grupos: [] });
  student.active ||= isActive;
  student.inicio = earlier(student.inicio, row.inicio);
  student.fin = later(student.fin, row.fin);
  const grupo = readCodeOf(course, row.grupo);
  if (grupo !== null && !student.grupos.includes(grupo)) student.grupos.push(grupo);
}

export function takeModulo(course: CourseData, row: RowOf<'modulos'>): void {
  const { curso, modulo, nombre, orden, place } = row;
  const codigoModulo = readCodeOf(course, row.codigoModulo);
  if (course.modules.has(modulo))
    course.faults.add(() =>
      contradiction(`El módulo «${modulo}» está dos veces en «modulos» del curso «${curso}».`, place()),
    );
  const number = course.modules.size + 1;
  course.modules.set(modulo, { id: modulo, number, codigoModulo, nombre, orden, place: place() });
}

export function takeActividad(course: CourseData, row: RowOf<'actividades'>): void {
  const { curso, modulo, actividad, nombre, obligatoria, sincronica, place } = row;
  const inModule = modulo !== null && course.modules.has(modulo);
  if (modulo !== null && !inModule) orphan(course, 'actividad sin módulo', modulo);
  if (course.activities.has(actividad))
    course.faults.add(() =>
      contradiction(
        `La actividad «${actividad}» está dos veces en «actividades» del curso «${curso}».`,
        place(),
      ),
    );
  course.activities.set(actividad, {
    id: actividad,
    modulo: inModule ? modulo : null,
    nombre: nombre ?? actividad,
    required: obligatoria !== false,
    synchronous: sincronica === true,
  });
}

export function studentOf(course: CourseData, id: string, place: string): StudentData {
  const known = course.students.get(id);
  if (known) return known;
  const student = emptyStudent(id, place);
  course.students.set(id, student);
  return student;
}

/** Notes that a row names something that is not there; a hundred names are enough to tell. */
export function orphan(course: CourseData, kind: Orphan, name: string): void {
  const known = course.orphans.get(kind) ?? new Set();
  if (known.size < 100) known.add(name);
  course.orphans.set(kind, known);
}

export function contradiction(message: string, place: string): Issue {
  return failure({
    message,
    fix: 'Deje una sola fila con lo que corresponda, en el LMS o en la consulta o el archivo que lo entrega.',
    place,
  });
}

function earlier(one: string | null, two: string | null): string | null {
  return one === null || (two !== null && two < one) ? two : one;
}

function later(one: string | null, two: string | null): string | null {
  return one === null || (two !== null && two > one) ? two : one;
}
