import { type Issue, readRut } from '@puente-sic/protocol';
import type { CourseTree, StudentTree } from '../source.ts';
import { error } from './finding.ts';
import { areOfTwoPeople } from './same-person.ts';
import { studentName } from './student.ts';

interface Named {
  name: string;
  place: string;
}

/**
 * Holds back who has one RUT under names of different people in two courses: in one of them the RUT is somebody else's,
 * and nobody knows in which. Within one course its rows tell it.
 */
export function heldAcrossCourses(courses: CourseTree[]): CourseTree[] {
  const first = new Map<string, Named>();
  const other = new Map<string, Named>();
  for (const student of courses.flatMap(({ students }) => students)) {
    const rut = rutOf(student);
    if (rut === null || student.name === undefined) continue;
    const named = { name: student.name, place: student.place?.text ?? '' };
    const before = first.get(rut);
    if (before === undefined) first.set(rut, named);
    else if (!other.has(rut) && areOfTwoPeople(before.name, named.name)) other.set(rut, named);
  }
  if (other.size === 0) return courses;
  const judged = (student: StudentTree): StudentTree => {
    const rut = rutOf(student) ?? '';
    const [one, two] = [first.get(rut), other.get(rut)];
    return one && two ? { ...student, held: [...student.held, twoPeople(rut, one, two)] } : student;
  };
  return courses.map((course) => ({ ...course, students: course.students.map(judged) }));
}

function rutOf({ alumno: { rutAlumno, dvAlumno } }: StudentTree): string | null {
  return readRut(`${rutAlumno}-${dvAlumno}`) === null ? null : studentName({ rutAlumno, dvAlumno });
}

function twoPeople(rut: string, one: Named, two: Named): Issue {
  return error({
    scope: 'alumno',
    message: `El RUT ${rut} está con nombres de personas distintas en dos cursos: «${one.name}» (${one.place}) y «${two.name}» (${two.place}). No se sabe de quién es en cada uno.`,
    fix: 'Corrija el RUT de la fila equivocada. Si es una sola persona, escriba igual su nombre en todas sus filas.',
    place: `${one.place} y ${two.place}`,
    rut,
  });
}
