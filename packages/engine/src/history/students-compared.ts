import { formatRut } from '@puente-sic/protocol';
import { studentsLeftOut } from '../ledger/decisiones.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { rutOf } from '../plan/body.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import { nameOf } from '../views/nights.ts';
import type { EstadoAlumno } from '../views/student-state.ts';
import { studentStates } from '../views/students.ts';
import { studentNames } from '../views/to-correct.ts';
import {
  type Comparado,
  type Conciliacion,
  type DatoDistinto,
  type ReconcileRequest,
  reconcile,
} from './reconcile.ts';

/** How the three sides stand about one student of a course; each student is in exactly one. */
export type LadoAlumno =
  | 'igual'
  /** The source says something else since the last send: it leaves with the next one. */
  | 'cambio'
  | 'por-mirar'
  /** Somebody has said that it need not be corrected, or that nothing of the student is sent. */
  | 'conocido'
  /** The history could not be read so far. */
  | 'sin-comparar'
  /** In no list now: not one of the course's students, whatever SENCE has. */
  | 'ya-no-viene';

/** Why a student is to be looked at, or is in no list. */
export type CausaDeDiferencia =
  | Extract<EstadoAlumno, 'rechazado' | 'sin-enviar' | 'retenido' | 'no-se-sabe'>
  /** Accepted, and the history does not show it. */
  | 'falta-en-sence'
  /** SENCE has something else than what was sent last. */
  | 'no-coincide'
  /** The student comes, one of the student's modules does not. */
  | 'modulo-que-no-viene'
  | 'salio'
  /** Sent by another tool: neither the source nor the ledger knows the student. */
  | 'solo-en-sence';

export interface ModuloConciliado {
  codigoModulo: string;
  /** Percentages, 0–100; null: that side has none. */
  lms: number | null;
  registro: number | null;
  sence: number | null;
  distintos: DatoDistinto[];
}

export interface AlumnoConciliado extends CourseKey {
  titulo: string;
  rut: string;
  nombre: string | null;
  lado: LadoAlumno;
  /** Of `por-mirar` and `ya-no-viene`; else null. */
  causa: CausaDeDiferencia | null;
  /** Those of which the sides do not say the same; of who is alike in all three, none. */
  modulos: ModuloConciliado[];
}

/**
 * Compares as {@link reconcile} does, and tells it student by student, in the states of the one count where they ask for
 * something. Who is in the source now makes up the whole; `ya-no-viene` stands outside of it. Changes nothing.
 */
export async function reconcileStudents(
  request: ReconcileRequest & { noche: string },
): Promise<{ conciliacion: Conciliacion; alumnos: AlumnoConciliado[] }> {
  const titles = new Map<string, string>();
  const names = new Map<string, string>();
  const records = new Map<string, Comparado[]>();
  const conciliacion = await reconcile(request, {
    onCourse: (course) => nameStudents(course, titles, names),
    onRecord: (record) => {
      const key = studentKey(record, record.rut);
      const own = records.get(key);
      if (own === undefined) records.set(key, [record]);
      else own.push(record);
    },
  });
  const rutOtecs = request.otecs.map(({ rut }) => rut);
  const known = await studentNames(request.ledger, rutOtecs);
  const { states, leftOut } = await statesOf(request, rutOtecs);
  const alumnos = [...records].flatMap(([key, [first, ...more]]): AlumnoConciliado[] => {
    if (first === undefined) return [];
    const { rutOtec, codigoOferta, codigoGrupo, rut } = first;
    const own = [first, ...more];
    const place = placeOf(own, states.get(key) ?? null, leftOut.has(key));
    // Somebody has said that who left is to be told no more.
    if (place === null) return [];
    return [
      {
        ...{ rutOtec, codigoOferta, codigoGrupo, rut, ...place },
        titulo: titles.get(nameOf(first)) ?? codigoOferta,
        nombre: names.get(key) ?? known(first, rut),
        modulos: place.lado === 'igual' ? [] : own.filter(({ tipo }) => tipo !== 'igual').map(moduloOf),
      },
    ];
  });
  return { conciliacion, alumnos };
}

type Place = Pick<AlumnoConciliado, 'lado' | 'causa'>;

function placeOf(
  records: readonly Comparado[],
  estado: EstadoAlumno | null,
  isLeftOut: boolean,
): Place | null {
  const is = (tipo: Comparado['tipo']) => records.some((record) => record.tipo === tipo);
  if (records.every(({ enLaFuente }) => !enLaFuente)) {
    if (isLeftOut) return null;
    const sent = records.some(({ enElRegistro }) => enElRegistro);
    return { lado: 'ya-no-viene', causa: sent ? 'salio' : 'solo-en-sence' };
  }
  if (isLeftOut || estado === 'conocido') return { lado: 'conocido', causa: null };
  if (estado === 'rechazado' || estado === 'sin-enviar' || estado === 'retenido' || estado === 'no-se-sabe')
    return { lado: 'por-mirar', causa: estado };
  if (is('retenido')) return { lado: 'por-mirar', causa: 'retenido' };
  if (is('falta-en-sence')) return { lado: 'por-mirar', causa: 'falta-en-sence' };
  if (records.some(isOtherThanSent)) return { lado: 'por-mirar', causa: 'no-coincide' };
  if (is('salio-del-lms') || is('desconocido-en-lms'))
    return { lado: 'por-mirar', causa: 'modulo-que-no-viene' };
  if (is('sin-comparar')) return { lado: 'sin-comparar', causa: null };
  return { lado: is('valor-distinto') || is('nunca-enviado') ? 'cambio' : 'igual', causa: null };
}

/** SENCE does not have what was sent last: more than a change of the source since then. */
function isOtherThanSent({ tipo, distintos, enElRegistro }: Comparado): boolean {
  if (tipo !== 'valor-distinto') return false;
  return !enElRegistro || distintos.some(({ registro, sence }) => registro !== null && registro !== sence);
}

function moduloOf({ codigoModulo, lms, registro, sence, distintos }: Comparado): ModuloConciliado {
  return { codigoModulo, lms, registro, sence, distintos };
}

function nameStudents(course: Assigned, titles: Map<string, string>, names: Map<string, string>): void {
  const key = courseKeyOf(course);
  titles.set(nameOf(key), course.tree.title);
  for (const { alumno, name } of course.tree.students) {
    const rut = rutOf(alumno);
    if (rut !== null && name !== undefined) names.set(studentKey(key, formatRut(rut)), name);
  }
}

async function statesOf(
  { ledger, noche }: Pick<ReconcileRequest, 'ledger'> & { noche: string },
  rutOtecs: readonly string[],
): Promise<{ states: Map<string, EstadoAlumno>; leftOut: Set<string> }> {
  const states = new Map<string, EstadoAlumno>();
  const leftOut = new Set<string>();
  for (const rutOtec of rutOtecs) {
    for (const [course, students] of await studentStates(ledger, { rutOtec, noche }))
      for (const { rut, estado } of students) if (rut !== null) states.set(`${course} ${rut}`, estado);
    for (const { rut, ...course } of await studentsLeftOut(ledger.db, rutOtec))
      leftOut.add(studentKey(course, rut ?? ''));
  }
  return { states, leftOut };
}

function studentKey(course: CourseKey, rut: string): string {
  return `${nameOf(course)} ${rut}`;
}
