import { dayOf, formatRut, isFecha, readRutAlumno } from '@puente-sic/protocol';
import type { CourseTree, StudentTree } from '@puente-sic/sources';
import type { Kysely } from 'kysely';
import { type AlumnoRow, alumnosOf, saveAlumnos } from '../ledger/alumnos.ts';
import type { Dicho } from '../ledger/dichos.ts';
import { replaceSinRut, type SinRutRow } from '../ledger/sin-rut.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { nameOfStudent } from '../plan/candidates.ts';

/** Who is missing from a course since it was last read, and what the course's list is from now on. */
export interface Attendance {
  /** Told tonight: missing since the last list, or told already on this very night. */
  missing: AlumnoRow[];
  /** How many the last list had. */
  total: number;
  /** So many are missing that the source is more likely wrong than they gone. */
  isAlarming: boolean;
  list: AlumnoRow[];
}

/** More than this share and at least so many: the course is red. */
const ALARMING = { share: 0.3, students: 3 };

/**
 * Compares a course's last list with who is in the source now. Each missing student is told once: again only if the
 * student came back meanwhile. Who is past the last day of the own enrolment is not missing.
 */
export function attendance(
  course: CourseKey,
  former: readonly AlumnoRow[],
  students: readonly StudentTree[],
  noche: string,
): Attendance {
  const { rutOtec, codigoOferta, codigoGrupo } = course;
  const present = new Map(
    students.flatMap((student) => {
      const rut = rutOf(student);
      if (rut === null) return [];
      const fin = isFecha(student.alumno.fechaFin) ? dayOf(student.alumno.fechaFin) : null;
      const key = { rutOtec, codigoOferta, codigoGrupo };
      const row: AlumnoRow = { ...key, rut, nombre: student.name ?? null, visto: noche, fin, ausente: null };
      return [[rut, row] as const];
    }),
  );
  const isMissing = ({ rut, fin, ausente }: AlumnoRow) =>
    !present.has(rut) && (fin === null || fin >= noche) && (ausente === null || ausente === noche);
  const missing = former.filter(isMissing);
  const total = former.filter(({ ausente }) => ausente === null || ausente === noche).length;
  return {
    missing,
    total,
    isAlarming: missing.length >= ALARMING.students && missing.length > total * ALARMING.share,
    list: [...present.values(), ...missing.map((row) => ({ ...row, ausente: noche }))],
  };
}

/** Writes down who is in a course now, and says who is missing. Names and RUTs stand in fields of their own. */
export async function tellAbsent(
  db: Kysely<Tables>,
  course: CourseKey,
  tree: CourseTree,
  noche: string,
  groupOf: (rut: string) => string | undefined,
): Promise<Dicho[]> {
  const former = await alumnosOf(db, course);
  const { missing, total, isAlarming, list } = attendance(course, former, tree.students, noche);
  await saveAlumnos(db, list);
  await replaceSinRut(db, course, withoutRut(course, tree.students, noche));
  const { codigoOferta, codigoGrupo } = course;
  const where = { codigoOferta, codigoGrupo, titulo: tree.title };
  const each = missing.map(({ rut, nombre }): Dicho => {
    const [mensaje, queHacer] = absentWords(groupOf(rut));
    return { ...where, rut, nombre, causa: 'ausente', gravedad: 'amarillo', mensaje, queHacer };
  });
  if (!isAlarming) return each;
  const alarm: Dicho = {
    ...where,
    causa: 'muchos-ausentes',
    gravedad: 'rojo',
    mensaje: `Faltan ${missing.length} de los ${total} alumnos que tenía el curso. Se informó a los que están.`,
    queHacer:
      'Revise que la planilla o el curso estén completos; si los alumnos se retiraron, no hay nada que hacer.',
  };
  return [alarm, ...each];
}

/** What to say of who is missing from a course; `grupo`: in which other group of it the student is now. */
export function absentWords(grupo: string | undefined): [mensaje: string, queHacer: string] {
  return grupo === undefined
    ? [
        'Estaba en el curso y ya no está en la fuente: lo sacaron de él, se borró su cuenta o se perdió su fila.',
        'Si sigue en el curso, repóngalo en la fuente: mientras no esté, su avance no se informa.',
      ]
    : [
        `Cambió de grupo: ahora está en el grupo ${grupo}.`,
        'Si es un error, devuélvalo a su grupo en la fuente: SENCE lo conoce en el anterior.',
      ];
}

/**
 * Who is in a course without a RUT that can be read: one of its students, held back until the source has one. Never
 * missed, since nobody can tell whether somebody else without a RUT is the same person.
 */
export function withoutRut(
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  students: readonly StudentTree[],
  noche: string,
): SinRutRow[] {
  return students
    .filter((student) => rutOf(student) === null)
    .map(({ alumno, name, place }, orden) => ({
      ...{ rutOtec, codigoOferta, codigoGrupo, orden, escrito: nameOfStudent(alumno), visto: noche },
      ...{ nombre: name ?? null, lugar: place?.text ?? null },
    }));
}

/** As the API writes it; null where the source has none that can be read. */
export function rutOf({ alumno: { rutAlumno, dvAlumno } }: StudentTree): string | null {
  const rut = readRutAlumno(rutAlumno, dvAlumno);
  return rut === null ? null : formatRut(rut);
}
