import { lastAccepted } from '../ledger/aceptados.ts';
import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { type EnvioFacts, enviosSince } from '../ledger/envios.ts';
import { type ErrorRow, openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nochesSince } from '../ledger/noches.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { Provider } from '../serve/types.ts';
import { nameOfUnit, UNKNOWN_COURSES } from '../serve/units.ts';
import { currentNight, type Night, nextNight, nightOf, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import {
  datesBetween,
  daysBefore,
  isAbout,
  isUnderWay,
  type NocheDeCurso,
  nameOf,
  nightsOfCourse,
} from './nights.ts';

/** One course at a glance, from the ledger alone. */
export interface LineaDeCurso extends CourseKey {
  /** Its codigoOferta until a send has told its title. */
  titulo: string;
  url: string | null;
  alumnos: number | null;
  ultima: NocheDeCurso | null;
  erroresRechazados: number;
  erroresRetenidos: number;
  ultimoAceptado: Date | null;
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
  /** Newest first. */
  nochesPerdidas: NochePerdida[];
  cursos: LineaDeCurso[];
}

export const NOCHES_A_LA_VISTA = 30;

/** A provider's last nights, course by course. Asks nobody. */
export async function overview(
  { db }: Ledger,
  { otec, ventana = VENTANA_OFICIAL, cursos: configs = [] }: Pick<Provider, 'otec' | 'ventana' | 'cursos'>,
  now: Date,
): Promise<Panorama> {
  const current = currentNight(now, ventana);
  const open = now < current.end;
  const first = daysBefore(current.noche, NOCHES_A_LA_VISTA - 1);
  const [envios, noches, seen, errores, accepted] = await Promise.all([
    enviosSince(db, { rutOtec: otec.rut }, first),
    nochesSince(db, otec.rut, first),
    cursosSeen(db, otec.rut),
    openErrores(db, { rutOtec: otec.rut }),
    lastAccepted(db, otec.rut),
  ]);
  // A person may have sent today, before tonight's window.
  const last = envios.reduce((latest, { noche }) => (noche > latest ? noche : latest), current.noche);
  const dates = datesBetween(daysBefore(last, NOCHES_A_LA_VISTA - 1), last);
  const configured = configs.flatMap(({ otec: rutOtec, codigoOferta, codigoGrupo }) =>
    rutOtec === otec.rut && codigoOferta !== undefined && codigoGrupo !== undefined
      ? { rutOtec, codigoOferta, codigoGrupo }
      : [],
  );
  const keys = new Map(
    [...seen, ...accepted, ...envios, ...errores, ...configured].map((row) => [nameOf(row), row]),
  );
  const of = <Row extends CourseKey>(rows: readonly Row[], name: string) =>
    rows.filter((row) => nameOf(row) === name);
  return {
    rutOtec: otec.rut,
    night: open ? current : nextNight(current, ventana),
    open,
    tonight: tonightOf(
      current.noche,
      noches.filter(({ noche }) => noche === current.noche),
      { seen, envios: envios.filter(({ noche }) => noche === current.noche) },
    ),
    nochesPerdidas: lostNights(noches, { seen, accepted, ventana }),
    cursos: [...keys]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, key]) =>
        lineOf(key, dates, {
          seen: of(seen, name)[0] ?? null,
          envios: of(envios, name),
          errores: of(errores, name),
          cuando: of(accepted, name)[0]?.cuando ?? null,
          noches,
        }),
      ),
  };
}

interface Known {
  seen: CursoRow | null;
  envios: EnvioFacts[];
  errores: ErrorRow[];
  cuando: string | null;
  noches: NocheRow[];
}

function lineOf(
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  dates: readonly string[],
  { seen, envios, errores, cuando, noches }: Known,
): LineaDeCurso {
  const lines = nightsOfCourse(dates, envios, noches.filter(isAbout(seen)));
  return {
    ...{ rutOtec, codigoOferta, codigoGrupo },
    titulo: seen?.titulo ?? codigoOferta,
    url: seen?.url ?? null,
    alumnos: seen?.alumnos ?? null,
    ultima:
      lines.findLast(({ noche }) =>
        envios.some((envio) => envio.noche === noche && envio.estado !== 'no-enviado'),
      ) ?? null,
    erroresRechazados: errores.filter(({ origen }) => origen === 'gestor').length,
    erroresRetenidos: errores.filter(({ origen }) => origen === 'previa').length,
    ultimoAceptado: cuando === null ? null : new Date(cuando),
    noches: lines,
  };
}

function tonightOf(
  noche: string,
  rows: readonly NocheRow[],
  { seen, envios }: { seen: readonly CursoRow[]; envios: readonly EnvioFacts[] },
): Panorama['tonight'] {
  // A list of courses that was read late has its courses beside it; a night without courses has none.
  const own = rows.filter(({ curso, estado }) => curso !== UNKNOWN_COURSES || estado !== 'hecha');
  const cursos = own.map((row): CursoDeNoche => {
    const groups = seen.filter((course) => isAbout(course)(row));
    const isSending = envios.some(
      (envio) => isUnderWay(envio) && groups.some((course) => nameOf(course) === nameOf(envio)),
    );
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
  {
    seen,
    accepted,
    ventana,
  }: { seen: CursoRow[]; accepted: (CourseKey & { cuando: string })[]; ventana: Ventana },
): NochePerdida[] {
  const isSince = (course: CourseKey, end: Date) =>
    accepted.some((row) => nameOf(row) === nameOf(course) && new Date(row.cuando) >= end);
  const lost = noches.filter(({ estado }) => estado === 'perdida');
  return [...new Set(lost.map(({ noche }) => noche))]
    .sort()
    .reverse()
    .map((noche) => {
      const rows = lost.filter((row) => row.noche === noche);
      const whole = rows.some(({ fuente }) => fuente === UNKNOWN_COURSES);
      const motivo = rows.find((row) => row.motivo !== null)?.motivo ?? null;
      const { end } = nightOf(noche, ventana);
      const courses = rows.map((row) => ({ row, groups: seen.filter((one) => isAbout(one)(row)) }));
      return {
        ...{ noche, motivo },
        cursos: whole ? [] : courses.map(({ row, groups }) => nameOfUnit(row, groups[0]?.titulo)),
        recuperada: courses.every(
          ({ groups }) => groups.length > 0 && groups.every((course) => isSince(course, end)),
        ),
      };
    });
}
