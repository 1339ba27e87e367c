import type { CourseTree, StudentTree } from '@puente-sic/sources';
import type { Kysely } from 'kysely';
import type { Dicho } from '../ledger/dichos.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { rutOf } from './absent.ts';

/** What SENCE accepted of a student's module on the last night of a course. */
interface Reported {
  rut: string;
  codigoModulo: string;
}

/**
 * Says which modules of students who are there are not: what SENCE accepted on the course's last night and its source has
 * no more. Once, for the night after is compared with tonight; red where nobody has the module any more.
 */
export async function tellLostModules(
  db: Kysely<Tables>,
  course: CourseKey,
  tree: CourseTree,
  noche: string,
): Promise<Dicho[]> {
  const lost = lostModules(await lastReported(db, course, noche), tree.students);
  const { codigoOferta, codigoGrupo } = course;
  const where = { codigoOferta, codigoGrupo, titulo: tree.title };
  return lost.flatMap(({ codigoModulo, people, isGone }): Dicho[] => {
    if (isGone) {
      const whom = people.length === 1 ? '1 alumno' : `${people.length} alumnos`;
      const mensaje = `El módulo ${codigoModulo}, que se informó de ${whom}, ya no viene para ninguno.`;
      return [{ ...where, causa: 'modulo-ausente', gravedad: 'rojo', mensaje, queHacer: WHOLE }];
    }
    return people.map(({ rut, nombre }) => ({
      ...{ ...where, rut, nombre, causa: 'modulo-ausente', gravedad: 'amarillo', queHacer: ONE },
      mensaje: `Ya no viene su módulo ${codigoModulo}, que se informó la última vez.`,
    }));
  });
}

interface LostModule {
  codigoModulo: string;
  people: { rut: string; nombre: string | null }[];
  /** Nobody of the course has it any more. */
  isGone: boolean;
}

/** By module; who is not in the course at all, or is held whole, is told as such. */
export function lostModules(reported: readonly Reported[], students: readonly StudentTree[]): LostModule[] {
  const present = new Map<string, { nombre: string | null; modules: ReadonlySet<string> }>();
  const left = new Set<string>();
  for (const student of students) {
    const rut = rutOf(student);
    const modules = modulesOf(student);
    for (const codigo of modules ?? []) left.add(codigo);
    if (rut !== null && modules !== null) present.set(rut, { nombre: student.name ?? null, modules });
  }
  const lost = new Map<string, LostModule>();
  for (const { rut, codigoModulo } of reported) {
    const student = present.get(rut);
    if (student === undefined || student.modules.has(codigoModulo)) continue;
    const one = lost.get(codigoModulo) ?? { codigoModulo, people: [], isGone: !left.has(codigoModulo) };
    one.people.push({ rut, nombre: student.nombre });
    lost.set(codigoModulo, one);
  }
  return [...lost.values()];
}

/** Sent or held; null where it is not known which there are. */
function modulesOf({ alumno, held, heldModules = [] }: StudentTree): Set<string> | null {
  if (held.length > 0 || heldModules.some(({ codigoModulo }) => codigoModulo === undefined)) return null;
  const sent = (alumno.listaModulos ?? []).map(({ codigoModulo }) => String(codigoModulo));
  return new Set([...sent, ...heldModules.map(({ codigoModulo }) => String(codigoModulo))]);
}

/** What SENCE accepted of a course on its last night before one. */
export async function lastReported(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  noche: string,
): Promise<Reported[]> {
  const ofCourse = db
    .selectFrom('aceptado')
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .where('noche', '<', noche);
  const last = await ofCourse.select(({ fn }) => fn.max('noche').as('noche')).executeTakeFirst();
  if (!last?.noche) return [];
  return ofCourse.select(['rut', 'codigoModulo']).where('noche', '=', last.noche).orderBy('rut').execute();
}

const WHOLE =
  'Si es un error (se borró la columna o la sección, cambió su código), repóngalo en la fuente; si el curso ya no tiene ese módulo, no hay nada que hacer.';
const ONE =
  'Si es un error (se perdió su fila), repóngala en la fuente: mientras falte, ese avance no se informa.';
