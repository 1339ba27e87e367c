import { Temporal } from '@js-temporal/polyfill';
import { isPassing } from '../alerts/patience.ts';
import { conditionTitle } from '../alerts/title.ts';
import { badCondiciones, markWell } from '../ledger/avisos.ts';
import { type DichoRow, dichosOf } from '../ledger/dichos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nocheRows } from '../ledger/noches.ts';
import { currentNight, nightOf, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import { UNKNOWN_COURSES } from './units.ts';

/** What `GET /salud` says. */
export interface Salud {
  estado: 'bien' | 'mal';
  proveedores: {
    rutOtec: string;
    estado: 'bien' | 'mal';
    /** The last night whose window is over. */
    noche: string;
    cursos: number;
    perdidos: number;
    pendientes: number;
    /** What that night has to tell that somebody must act on, see `dicho`. */
    rojos: number;
    /** What is not well now: token, connection, sources, clock. */
    problemas: ProblemaActual[];
  }[];
}

/** Something that is not well now. */
export interface ProblemaActual {
  clave: string;
  titulo: string;
  mensaje: string;
  queHacer: string;
  desde: string;
  /** Tried again and likely to end by itself: said, and no reason yet to call anybody. */
  pasajero: boolean;
}

/** Red when the last night was missed, wholly or in part, has told something red, or something is broken for long. */
export async function healthOf(
  ledger: Ledger,
  providers: readonly { rutOtec: string; ventana?: Ventana }[],
  now: Date,
): Promise<Salud> {
  const proveedores = await Promise.all(
    providers.map(async ({ rutOtec, ventana = VENTANA_OFICIAL }) => {
      const noche = lastWholeNight(now, ventana);
      const rows = await nocheRows(ledger.db, rutOtec, noche);
      const perdidos = rows.filter(({ estado }) => estado === 'perdida').length;
      const pendientes = rows.filter(({ estado }) => estado === 'pendiente').length;
      const rojos = (await dichosOf(ledger.db, rutOtec, noche)).filter(isRed).length;
      const problemas = (await badCondiciones(ledger.db, rutOtec)).map(
        ({ clave, mensaje, queHacer, desde }): ProblemaActual => ({
          ...{ clave, titulo: conditionTitle(clave, true), mensaje, queHacer, desde },
          pasajero: isPassing({ clave, desde }, ventana, now),
        }),
      );
      const broken = problemas.filter(({ pasajero }) => !pasajero).length;
      const estado = perdidos + rojos + broken > 0 ? ('mal' as const) : ('bien' as const);
      const cursos = rows.filter(isCourse).length;
      return { rutOtec, estado, noche, cursos, perdidos, pendientes, rojos, problemas };
    }),
  );
  return { estado: proveedores.some(({ estado }) => estado === 'mal') ? 'mal' : 'bien', proveedores };
}

/** SENCE has taken the provider's token just now, outside of the service. True where that is news. */
export async function senceIsWell({ db }: Ledger, rutOtec: string, now: Date): Promise<boolean> {
  return markWell(db, { rutOtec, claves: ['token', 'conexion'] }, now);
}

function isRed({ gravedad }: DichoRow): boolean {
  return gravedad === 'rojo';
}

/** Not the place that was kept for courses that the source had not told yet. */
function isCourse({ curso, estado }: NocheRow): boolean {
  return curso !== UNKNOWN_COURSES || estado !== 'hecha';
}

/** A person has just read these sources of a provider, outside of the service. True where that is news. */
export async function sourcesAreWell(
  { db }: Ledger,
  { rutOtec, fuentes }: { rutOtec: string; fuentes: readonly string[] },
  now: Date,
): Promise<boolean> {
  if (fuentes.length === 0) return false;
  return markWell(db, { rutOtec, claves: fuentes.map((fuente) => `fuente:${fuente}`) }, now);
}

function lastWholeNight(now: Date, ventana: Ventana): string {
  const night = currentNight(now, ventana);
  if (now >= night.end) return night.noche;
  return nightOf(Temporal.PlainDate.from(night.noche).subtract({ days: 1 }).toString(), ventana).noche;
}
