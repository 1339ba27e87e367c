import { santiagoDate } from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';
import { alumnosOf } from '../ledger/alumnos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import type { SendRequest } from '../request.ts';
import type { Ausente } from '../results.ts';
import { absentWords, rutOf } from '../serve/absent.ts';
import { lastReported, tellLostModules } from '../serve/lost-modules.ts';

/**
 * Who (and which modules) SENCE accepted on a course's last night before this one and its source has no more, as a night
 * tells it. Writes nothing: the night goes on telling it by itself. Not whose enrolment has ended, nor whom a night has
 * told already; nothing where only some of the students are asked for.
 */
export async function absentOf(
  courses: readonly Assigned[],
  { ledger, at, filters = {} }: Pick<SendRequest, 'ledger' | 'at' | 'filters'>,
): Promise<Ausente[]> {
  if (filters.alumno !== undefined || filters.soloErrores) return [];
  const noche = santiagoDate(at);
  const absent: Ausente[] = [];
  for (const assigned of courses) {
    const course = courseKeyOf(assigned);
    const { tree } = assigned;
    const groupOf = (rut: string) =>
      courses.find((other) => isElsewhere(other, course, rut))?.tree.codigoGrupo;
    for (const { rut, nombre } of await missingOf(ledger, course, tree, noche)) {
      const grupo = groupOf(rut);
      const [mensaje, queHacer] = absentWords(grupo === undefined ? undefined : String(grupo));
      absent.push({ ...course, titulo: tree.title, rut, nombre, mensaje, queHacer });
    }
    for (const { rut = null, nombre = null, mensaje, queHacer } of await tellLostModules(
      ledger.db,
      course,
      tree,
      noche,
    )) {
      absent.push({ ...course, titulo: tree.title, rut, nombre, mensaje, queHacer });
    }
  }
  return absent;
}

async function missingOf(
  { db }: Ledger,
  course: CourseKey,
  tree: CourseTree,
  noche: string,
): Promise<{ rut: string; nombre: string | null }[]> {
  const listed = new Map((await alumnosOf(db, course)).map((row) => [row.rut, row]));
  const present = new Set(tree.students.map(rutOf));
  const sent = new Set((await lastReported(db, course, noche)).map(({ rut }) => rut));
  return [...sent]
    .filter((rut) => {
      const row = listed.get(rut);
      const isTold = row !== undefined && row.ausente !== null && row.ausente !== noche;
      const isOver = row !== undefined && row.fin !== null && row.fin < noche;
      return !present.has(rut) && !isTold && !isOver;
    })
    .map((rut) => ({ rut, nombre: listed.get(rut)?.nombre ?? null }));
}

function isElsewhere({ tree, otec }: Assigned, course: CourseKey, rut: string): boolean {
  const other = courseKeyOf({ tree, otec });
  return (
    other.rutOtec === course.rutOtec &&
    other.codigoOferta === course.codigoOferta &&
    other.codigoGrupo !== course.codigoGrupo &&
    tree.students.some((student) => rutOf(student) === rut)
  );
}
