import { setImmediate } from 'node:timers/promises';
import { type AceptadosDeCurso, acceptedByCourse } from '../ledger/aceptados.ts';
import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { countErrores, type ErrorRow } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nochesAtIssue } from '../ledger/noches.ts';
import { type SentNight, sentNights } from '../ledger/sent-nights.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { recoveryOf } from '../serve/judge-night.ts';
import type { Provider } from '../serve/types.ts';
import { nameOfUnit, UNKNOWN_COURSES, type Unit } from '../serve/units.ts';
import { currentNight, type Night, nextNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import { courseName, datesBetween, daysBefore, type NocheDeCurso, nameOf, nightsOfCourse } from './nights.ts';
import { type EnviadoHoy, sentToday } from './sent-today.ts';
import { type Cuenta, count, together } from './student-state.ts';
import { stateLists } from './students.ts';

/** One course at a glance, from the ledger alone. */
export interface LineaDeCurso extends CourseKey {
  /** Its codigoOferta until a send has told its title. */
  titulo: string;
  url: string | null;
  alumnos: number | null;
  /** Its last day, `YYYY-MM-DD`; null: not known. */
  termina: string | null;
  /** Its students by where they stand at SENCE; null: not reported any more, or never read. */
  cuenta: Cuenta | null;
  ultima: NocheDeCurso | null;
  erroresRechazados: number;
  erroresRetenidos: number;
  ultimoAceptado: Date | null;
  /** Sent by day although its window has not begun; null: not yet, or the window is open. */
  enviadoHoy: EnviadoHoy | null;
  /** The last {@link NOCHES_A_LA_VISTA}, oldest first. */
  noches: NocheDeCurso[];
}

/** A course of the night under way. */
export interface CursoDeNoche {
  /** As people call it: its title; until that is known, as the source names it. */
  curso: string;
  /** `reintento`: it did not go well yet; `incierto`: it waits for SENCE's history. */
  estado: 'por-enviar' | 'enviando' | 'reintento' | 'incierto' | 'hecho' | 'perdido';
  /** Why not yet. */
  motivo: string | null;
  /** When it is tried, or asked about, next; null: nothing is left to do. */
  proximo: Date | null;
}

export interface NochePerdida {
  noche: string;
  /** As people call them; empty: the whole night. */
  cursos: string[];
  motivo: string | null;
  /** SENCE has accepted something of each of its courses since. */
  recuperada: boolean;
}

export interface Panorama {
  rutOtec: string;
  /** The window that is open, else the next one. */
  night: Night;
  open: boolean;
  /** The night under way or, until the next one begins, the last; without courses: nothing was planned (yet). */
  tonight: { noche: string; cursos: CursoDeNoche[] };
  /** Of all its courses together; a student of two courses counts twice. */
  cuenta: Cuenta;
  /** Of the last {@link NOCHES_PERDIDAS_A_LA_VISTA}, newest first. */
  nochesPerdidas: NochePerdida[];
  cursos: LineaDeCurso[];
}

export const NOCHES_A_LA_VISTA = 14;
/** Nights that were lost are told for so long. */
export const NOCHES_PERDIDAS_A_LA_VISTA = 30;

/** A provider's last nights, course by course. Asks nobody. */
export async function overview(
  ledger: Ledger,
  { otec, ventana = VENTANA_OFICIAL, cursos: configs = [] }: Pick<Provider, 'otec' | 'ventana' | 'cursos'>,
  now: Date,
): Promise<Panorama> {
  const { db } = ledger;
  const current = currentNight(now, ventana);
  const open = now < current.end;
  const first = daysBefore(current.noche, NOCHES_A_LA_VISTA - 1);
  const [sent, noches, seen, errores, accepted] = await Promise.all([
    sentNights(db, { rutOtec: otec.rut }, first),
    nochesAtIssue(db, otec.rut, {
      since: daysBefore(current.noche, NOCHES_PERDIDAS_A_LA_VISTA - 1),
      tonight: current.noche,
    }),
    cursosSeen(db, otec.rut),
    countErrores(db, otec.rut),
    acceptedByCourse(db, otec.rut),
  ]);
  // What sends has its turn in between.
  await setImmediate();
  const states = await stateLists(ledger, {
    rutOtec: otec.rut,
    noche: current.noche,
    seen,
    accepted,
  });
  await setImmediate();
  // A person may have sent today, before tonight's window.
  const last = sent.reduce((latest, { noches: nights }) => {
    const { noche } = nights.at(-1) ?? { noche: latest };
    return noche > latest ? noche : latest;
  }, current.noche);
  const dates = datesBetween(daysBefore(last, NOCHES_A_LA_VISTA - 1), last);
  const configured = configs.flatMap(({ otec: rutOtec, codigoOferta, codigoGrupo }) =>
    rutOtec === otec.rut && codigoOferta !== undefined && codigoGrupo !== undefined
      ? { rutOtec, codigoOferta, codigoGrupo }
      : [],
  );
  const known: Known = {
    seen: byCourse(seen),
    sent: new Map(sent.map((course) => [courseName(course), course.noches])),
    errores: byCourse(errores),
    accepted: byCourse(accepted),
    noches: byUnit(noches),
  };
  const rows = [...seen, ...accepted, ...sent];
  const keys = new Map([...rows, ...errores, ...configured].map((row) => [nameOf(row), row]));
  const night = open ? current : nextNight(current, ventana);
  const hoy = open ? null : await sentToday(db, { rutOtec: otec.rut, noche: night.noche }, seen);
  return {
    rutOtec: otec.rut,
    night,
    open,
    tonight: tonightOf(
      current.noche,
      noches.filter(({ noche }) => noche === current.noche),
      { seen: byUnit(seen), sent: known.sent },
    ),
    cuenta: together([...states.values()].map(count)),
    nochesPerdidas: lostNights(noches, { seen, accepted, ventana }),
    cursos: [...keys]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, key]) => {
        const list = states.get(name) ?? [];
        return {
          ...lineOf(key, dates, known),
          cuenta: list.length === 0 ? null : count(list),
          enviadoHoy: hoy?.get(name) ?? null,
        };
      }),
  };
}

/** Rows of a provider by course, and those of its nights by what they stand for. */
interface Known {
  seen: ReadonlyMap<string, CursoRow[]>;
  sent: ReadonlyMap<string, SentNight[]>;
  errores: ReadonlyMap<string, { origen: ErrorRow['origen']; abiertos: number }[]>;
  accepted: ReadonlyMap<string, { cuando: string }[]>;
  noches: ReadonlyMap<string, NocheRow[]>;
}

function byCourse<Row extends CourseKey>(rows: readonly Row[]): Map<string, Row[]> {
  return grouped(rows, courseName);
}

function byUnit<Row extends Unit>(rows: readonly Row[]): Map<string, Row[]> {
  return grouped(rows, unitOf);
}

function unitOf({ fuente, curso }: Unit): string {
  return `${fuente}\n${curso}`;
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  return groups;
}

function lineOf(
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  dates: readonly string[],
  known: Known,
): Omit<LineaDeCurso, 'enviadoHoy' | 'cuenta'> {
  const name = courseName({ codigoOferta, codigoGrupo });
  const seen = known.seen.get(name)?.[0] ?? null;
  const sent = known.sent.get(name) ?? [];
  const errores = known.errores.get(name) ?? [];
  const cuando = known.accepted.get(name)?.[0]?.cuando;
  const lines = nightsOfCourse(dates, sent, nochesOf(seen, known));
  const arrived = sent.findLast(({ estado }) => estado !== 'no-enviado')?.noche;
  const open = (wanted: ErrorRow['origen']) =>
    errores.reduce((sum, { origen, abiertos }) => sum + (origen === wanted ? abiertos : 0), 0);
  // Written out: for hundreds of courses, objects that are spread together cost several times as much.
  return {
    rutOtec,
    codigoOferta,
    codigoGrupo,
    titulo: seen?.titulo ?? codigoOferta,
    url: seen?.url ?? null,
    alumnos: seen?.alumnos ?? null,
    termina: seen?.ultimoDia ?? null,
    ultima: lines.find(({ noche }) => noche === arrived) ?? null,
    erroresRechazados: open('gestor'),
    erroresRetenidos: open('previa'),
    ultimoAceptado: cuando === undefined ? null : new Date(cuando),
    noches: lines,
  };
}

/** Rows about a course: those that name it, and those that stand for courses that nobody could list. */
function nochesOf(seen: CursoRow | null, { noches }: Known): NocheRow[] {
  const all = { fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
  const units = seen === null ? [all] : [seen, { ...seen, curso: UNKNOWN_COURSES }, all];
  return units.flatMap((unit) => noches.get(unitOf(unit)) ?? []);
}

function tonightOf(
  noche: string,
  rows: readonly NocheRow[],
  { seen, sent }: { seen: ReadonlyMap<string, CursoRow[]>; sent: Known['sent'] },
): Panorama['tonight'] {
  // A list of courses that was read late has its courses beside it; a night without courses has none.
  const own = rows.filter(({ curso, estado }) => curso !== UNKNOWN_COURSES || estado !== 'hecha');
  const isUnderWay = (course: CourseKey) =>
    (sent.get(courseName(course)) ?? []).some((one) => one.noche === noche && one.estado === 'enviando');
  const cursos = own.map((row): CursoDeNoche => {
    const groups = row.curso === UNKNOWN_COURSES ? [] : (seen.get(unitOf(row)) ?? []);
    const isSending = groups.some(isUnderWay);
    const estado = stateTonight(row, isSending);
    const waits = row.estado === 'pendiente' && !isSending;
    return {
      ...{ curso: nameOfUnit(row, groups[0]?.titulo), estado },
      motivo: row.estado === 'hecha' ? null : row.motivo,
      proximo: waits ? new Date(row.desde) : null,
    };
  });
  return { noche, cursos };
}

function stateTonight(
  { estado, motivo, intentos, inciertos }: NocheRow,
  isSending: boolean,
): CursoDeNoche['estado'] {
  if (estado === 'hecha') return 'hecho';
  if (estado === 'perdida') return 'perdido';
  if (isSending) return 'enviando';
  if (motivo !== null) return 'reintento';
  if (inciertos !== '[]') return 'incierto';
  return intentos > 0 ? 'reintento' : 'por-enviar';
}

function lostNights(
  noches: readonly NocheRow[],
  { seen, accepted, ventana }: { seen: CursoRow[]; accepted: AceptadosDeCurso[]; ventana: Ventana },
): NochePerdida[] {
  const isRecovered = recoveryOf(seen, accepted, ventana);
  const ofUnit = byUnit(seen);
  const lost = grouped(
    noches.filter(({ estado }) => estado === 'perdida'),
    ({ noche }) => noche,
  );
  return [...lost]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([noche, rows]) => {
      const whole = rows.some(({ fuente }) => fuente === UNKNOWN_COURSES);
      const motivo = rows.find((row) => row.motivo !== null)?.motivo ?? null;
      const cursos = rows.map((row) => nameOfUnit(row, ofUnit.get(unitOf(row))?.[0]?.titulo));
      return { noche, motivo, cursos: whole ? [] : cursos, recuperada: rows.every(isRecovered) };
    });
}
