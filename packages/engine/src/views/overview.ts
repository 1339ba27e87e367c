import { lastAccepted } from '../ledger/aceptados.ts';
import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { type EnvioFacts, enviosSince } from '../ledger/envios.ts';
import { type ErrorRow, openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nochesSince } from '../ledger/noches.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { Provider } from '../serve/types.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';
import { currentNight, type Night, nextNight, VENTANA_OFICIAL } from '../window.ts';
import { datesBetween, daysBefore, isAbout, type NocheDeCurso, nameOf, nightsOfCourse } from './nights.ts';

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

export interface Panorama {
  rutOtec: string;
  /** The window that is open, else the next one. */
  night: Night;
  open: boolean;
  /** Newest first. `cursos` as the source names them; empty: the whole night. */
  nochesPerdidas: { noche: string; cursos: string[]; motivo: string | null }[];
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
    nochesPerdidas: lostNights(noches),
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

function lostNights(noches: readonly NocheRow[]): Panorama['nochesPerdidas'] {
  const lost = noches.filter(({ estado }) => estado === 'perdida');
  return [...new Set(lost.map(({ noche }) => noche))]
    .sort()
    .reverse()
    .map((noche) => {
      const rows = lost.filter((row) => row.noche === noche);
      const whole = rows.some(({ fuente }) => fuente === UNKNOWN_COURSES);
      const motivo = rows.find((row) => row.motivo !== null)?.motivo ?? null;
      return { noche, cursos: whole ? [] : rows.map(({ curso }) => curso), motivo };
    });
}
