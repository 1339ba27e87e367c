import { Temporal } from '@js-temporal/polyfill';
import { isPassing } from '../alerts/patience.ts';
import { conditionTitle } from '../alerts/title.ts';
import { badCondiciones, markWell } from '../ledger/avisos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { currentNight, nightOf, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import { isBad, judgeNight, type Standing } from './judge-night.ts';

/** What `GET /salud` says. */
export interface Salud {
  estado: 'bien' | 'mal';
  proveedores: {
    rutOtec: string;
    estado: 'bien' | 'mal';
    /** The last night whose window is over. */
    noche: string;
    cursos: number;
    /** Courses that SENCE has nothing of since. */
    perdidos: number;
    /** Courses that were lost, and whose progress SENCE has accepted since. */
    recuperados: number;
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

/** Red when the last night was missed, wholly or in part, and not made up for since, has told something red, or something is broken for long. */
export async function healthOf(
  ledger: Ledger,
  providers: readonly { rutOtec: string; ventana?: Ventana }[],
  now: Date,
): Promise<Salud> {
  const proveedores = await Promise.all(
    providers.map(async ({ rutOtec, ventana = VENTANA_OFICIAL }) => {
      const noche = lastWholeNight(now, ventana);
      const night = await judgeNight(ledger, { rutOtec, noche, ventana }, now);
      const having = (...wanted: Standing[]) =>
        night.cursos.filter(({ standing }) => wanted.includes(standing)).length;
      const problemas = await problemsOf(ledger, rutOtec, ventana, now);
      const isBroken = problemas.some(({ pasajero }) => !pasajero);
      return {
        ...{ rutOtec, noche, cursos: night.cursos.length, problemas },
        estado: isBad(night) || isBroken ? ('mal' as const) : ('bien' as const),
        perdidos: having('perdida'),
        recuperados: having('recuperada'),
        pendientes: having('pendiente', 'esperando'),
        rojos: night.dichos.filter(({ gravedad }) => gravedad === 'rojo').length,
      };
    }),
  );
  return { estado: proveedores.some(({ estado }) => estado === 'mal') ? 'mal' : 'bien', proveedores };
}

/** What is not well now with a provider. */
export async function problemsOf(
  { db }: Ledger,
  rutOtec: string,
  ventana: Ventana,
  now: Date,
): Promise<ProblemaActual[]> {
  return (await badCondiciones(db, rutOtec)).map(({ clave, mensaje, queHacer, desde }) => ({
    ...{ clave, titulo: conditionTitle(clave, true), mensaje, queHacer, desde },
    pasajero: isPassing({ clave, desde }, ventana, now),
  }));
}

/** SENCE has taken the provider's token just now, outside of the service. True where that is news. */
export async function senceIsWell({ db }: Ledger, rutOtec: string, now: Date): Promise<boolean> {
  return markWell(db, { rutOtec, claves: ['token', 'conexion'] }, now);
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
