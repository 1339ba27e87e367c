import { santiagoDate } from '@puente-sic/protocol';
import { type Kysely, sql } from 'kysely';
import { ALL_COURSES, cierreRows, pasoRows } from '../ledger/cierres.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CierreTable, CourseKey, Tables } from '../ledger/tables.ts';
import { currentNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import {
  DIAS_ANTES,
  daysBetween,
  listedAs,
  newYearFrom,
  type PasoDeCierre,
  type Programa,
  stepsOf,
} from './closing-steps.ts';
import { nameOf } from './nights.ts';
import { type Cuenta, count } from './student-state.ts';
import { type AlumnoEnCurso, studentStates, writtenRut } from './students.ts';

/** What the provider itself asks of a student; SENCE publishes no such figure for e-learning. Null: nothing. */
export interface Minimos {
  /** Percentage, 0–100, as SENCE has it. */
  avance: number | null;
  /** Hours connected, as SENCE has them. */
  horas: number | null;
  /** Pesos per student, by the provider's own reckoning. */
  valor: number | null;
}

export interface AlumnoPorCerrar {
  /** As it is written where it cannot be read; blank: the source has none. */
  rut: string;
  nombre: string | null;
  /** As SENCE has it; 0 where it has nothing. */
  avance: number;
  segundos: number;
  /** What is missing to the minima; null: not that. */
  faltaAvance: number | null;
  faltaSegundos: number | null;
}

export interface CursoPorCerrar extends CourseKey {
  titulo: string;
  termina: string;
  /** Days from today to its end; negative: it is over. */
  dias: number;
  porque: 'pronto' | 'sin-cerrar' | 'ano-nuevo';
  cruzaAno: boolean;
  /** Null: nobody has said; then neither steps nor money are told. */
  programa: Programa | null;
  minimos: Minimos;
  /** Whether the minima are this course's own, and not those of all. */
  propios: boolean;
  cuenta: Cuenta;
  /** Under one of the minima; null: there are none. */
  bajo: AlumnoPorCerrar[] | null;
  /** Students under the minima or pending at SENCE, by the provider's own value; null: there is no value, or no franquicia. */
  enRiesgo: { alumnos: number; pesos: number } | null;
  /** Empty but under the franquicia. */
  pasos: PasoDeCierre[];
}

export interface PorCerrar {
  hoy: string;
  /** Days before its end on which a course comes into the list. */
  diasAntes: number;
  minimos: Minimos;
  /** Over New Year, and not in the list yet; `desde`: the day on which it comes into it. */
  cruzan: (CourseKey & { titulo: string; termina: string; programa: Programa | null; desde: string })[];
  /** Those that still run first, by their end. */
  cursos: CursoPorCerrar[];
}

/** Courses of a provider that end soon or have ended and are not closed, from the ledger alone. */
export async function closing(
  ledger: Ledger,
  { rutOtec, ventana = VENTANA_OFICIAL }: { rutOtec: string; ventana?: Ventana },
  now: Date,
): Promise<PorCerrar> {
  const { db } = ledger;
  const hoy = santiagoDate(now);
  const seen = await cursosSeen(db, rutOtec);
  const [states, written, done, first] = await Promise.all([
    studentStates(ledger, { rutOtec, noche: currentNight(now, ventana).noche, seen }),
    cierreRows(db, rutOtec),
    pasoRows(db, rutOtec),
    firstNights(db, rutOtec),
  ]);
  // Of every student that SENCE has: asked for by every page, and of no use where nobody wrote a minimum.
  const has = written.some(isWritten) ? await figuresAtSence(db, rutOtec) : new Map<string, Figures>();
  const own = new Map(written.map((row) => [nameOf(row), row]));
  const ofAll = own.get(nameOf({ rutOtec, ...ALL_COURSES }));
  const general = minimaOf(ofAll);
  const diasAntes = ofAll?.dias ?? DIAS_ANTES;
  const cruzan: PorCerrar['cruzan'] = [];
  const cursos = seen.flatMap((course): CursoPorCerrar[] => {
    const { codigoOferta, codigoGrupo, titulo, ultimoDia: termina } = course;
    const name = nameOf(course);
    const list = states.get(name) ?? [];
    if (termina === null || list.length === 0) return [];
    const row = own.get(name);
    const programa = row?.programa ?? null;
    const cuenta = count(list.map(({ estado }) => estado));
    const cruzaAno = (first.get(name) ?? hoy).slice(0, 4) < termina.slice(0, 4);
    const hechos = new Map(
      done
        .filter((step) => nameOf(step) === name)
        .map(({ paso, quien, cuando }) => [paso, { quien, cuando: new Date(cuando) }]),
    );
    const pasos = stepsOf({ termina, cruzaAno, pendientes: cuenta.pendientes, hechos });
    const porque = listedAs({ termina, hoy, programa, pasos, cruzaAno, diasAntes });
    if (porque === null) {
      const desde = newYearFrom(termina);
      if (cruzaAno && hoy < desde)
        cruzan.push({ rutOtec, codigoOferta, codigoGrupo, titulo, termina, programa, desde });
      return [];
    }
    const propios = isWritten(row);
    const minimos = propios ? minimaOf(row) : general;
    const bajo = underOf(list, minimos, (rut) => has.get(`${name}\n${rut}`));
    return [
      {
        ...{ rutOtec, codigoOferta, codigoGrupo, titulo, termina, porque, cruzaAno, programa },
        ...{ dias: daysBetween(hoy, termina), minimos, propios, cuenta, bajo },
        enRiesgo: programa === 'franquicia' ? atRisk(list, bajo, minimos.valor) : null,
        pasos: programa === 'franquicia' ? pasos : [],
      },
    ];
  });
  cruzan.sort((a, b) => (a.termina < b.termina ? -1 : 1));
  return { hoy, diasAntes, minimos: general, cruzan, cursos: cursos.sort((a, b) => placeOf(a) - placeOf(b)) };
}

/** What still runs comes first, the next to end before the rest; then what is over, the last to end first. */
function placeOf({ dias }: CursoPorCerrar): number {
  return dias >= 0 ? dias : A_LONG_TIME - dias;
}

function minimaOf(row: CierreTable | undefined): Minimos {
  return {
    avance: row?.minAvance ?? null,
    horas: row?.minHoras ?? null,
    valor: row?.valor ?? null,
  };
}

function isWritten(row: CierreTable | undefined): boolean {
  return row !== undefined && (row.minAvance ?? row.minHoras ?? row.valor) !== null;
}

interface Figures {
  avance: number;
  segundos: number;
}

function underOf(
  list: readonly AlumnoEnCurso[],
  { avance, horas }: Minimos,
  figuresOf: (rut: string) => Figures | undefined,
): AlumnoPorCerrar[] | null {
  if (avance === null && horas === null) return null;
  return list.flatMap((student) => {
    const { nombre } = student;
    const rut = writtenRut(student);
    const has = figuresOf(rut) ?? { avance: 0, segundos: 0 };
    const faltaAvance = avance !== null && has.avance < avance ? avance - has.avance : null;
    const faltaSegundos =
      horas !== null && has.segundos < horas * SECONDS_OF_HOUR
        ? horas * SECONDS_OF_HOUR - has.segundos
        : null;
    return faltaAvance === null && faltaSegundos === null
      ? []
      : { rut, nombre, ...has, faltaAvance, faltaSegundos };
  });
}

/** Who is under the minima and pending as well is one student. */
function atRisk(
  list: readonly AlumnoEnCurso[],
  bajo: readonly AlumnoPorCerrar[] | null,
  valor: number | null,
): CursoPorCerrar['enRiesgo'] {
  if (valor === null) return null;
  const under = new Set(bajo?.map(({ rut }) => rut));
  const alumnos = list.filter(
    (student) => PENDING.has(student.estado) || under.has(writtenRut(student)),
  ).length;
  return { alumnos, pesos: alumnos * valor };
}

/** Of each student of a course what SENCE took last: the overall progress, and the time of all modules together. */
async function figuresAtSence(db: Kysely<Tables>, rutOtec: string): Promise<Map<string, Figures>> {
  const { rows } = await sql<CourseKey & { rut: string } & Figures>`
    SELECT codigoOferta, codigoGrupo, rut, SUM(COALESCE(tiempoConectividad, 0)) AS segundos,
      COALESCE((
        SELECT s.avanceAlumno FROM aceptado s
        WHERE s.rutOtec = a.rutOtec AND s.codigoOferta = a.codigoOferta AND s.codigoGrupo = a.codigoGrupo
          AND s.rut = a.rut AND s.avanceAlumno IS NOT NULL
        ORDER BY s.cuando DESC LIMIT 1
      ), AVG(porcentajeAvance)) AS avance
    FROM aceptado a WHERE rutOtec = ${rutOtec} GROUP BY codigoOferta, codigoGrupo, rut`.execute(db);
  return new Map(
    rows.map(({ rut, avance, segundos, ...course }) => [
      `${nameOf({ ...course, rutOtec })}\n${rut}`,
      { avance, segundos },
    ]),
  );
}

/** The first night that each course was sent for. */
async function firstNights(db: Kysely<Tables>, rutOtec: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('envio')
    .select(['codigoOferta', 'codigoGrupo'])
    .select(({ fn }) => fn.min('noche').as('noche'))
    .where('rutOtec', '=', rutOtec)
    .groupBy(['codigoOferta', 'codigoGrupo'])
    .execute();
  return new Map(rows.map(({ noche, ...course }) => [nameOf({ ...course, rutOtec }), noche]));
}

const PENDING = new Set<string>(['rechazado', 'sin-enviar', 'retenido', 'no-se-sabe']);
const A_LONG_TIME = 10_000;
const SECONDS_OF_HOUR = 3600;
