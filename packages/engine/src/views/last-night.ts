import { chilean, summarise } from '../alerts/summary.ts';
import type { DichoRow } from '../ledger/dichos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CausaNoche, NocheTable } from '../ledger/tables.ts';
import { type ProblemaActual, problemsOf } from '../serve/health.ts';
import { isBad, type JudgedNight, judgeNight, type Standing } from '../serve/judge-night.ts';
import { nameOfUnit } from '../serve/units.ts';
import { currentNight, nextNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';

/** What a night has to tell of a course, or of a source as a whole. */
export type DichoDeNoche = Omit<DichoRow, 'rutOtec' | 'noche' | 'orden'>;

export interface CursoDeUltimaNoche {
  curso: string;
  /** As it is kept; `situacion` is how it stands now. */
  estado: NocheTable['estado'];
  situacion: Standing;
  causa: CausaNoche | null;
  motivo: string | null;
  /** Next try; null where there is none. */
  proximo: string | null;
}

/** The last whole night that a provider's service has anything to say of, the one under way, and what is open. */
export interface UltimaNoche {
  rutOtec: string;
  noche: string;
  /** As `GET /salud` judges. `mal`: something was lost and not made up for, waits for a person, or is broken now. */
  estado: 'bien' | 'mal';
  titulo: string;
  /** As the morning's summary says it. */
  mensaje: string;
  queHacer: string;
  cursos: CursoDeUltimaNoche[];
  dichos: DichoDeNoche[];
  problemas: Omit<ProblemaActual, 'clave'>[];
  /** The night whose window is open; null outside of it. Where it is the first, `noche` is this one as well. */
  enCurso: {
    noche: string;
    termina: Date;
    hechos: number;
    cursos: CursoDeUltimaNoche[];
    /** What it tells so far: there is still time to mend it. */
    dichos: DichoDeNoche[];
  } | null;
}

/**
 * Of every provider that the service has run for, from the ledger alone. Asks nobody.
 * @param ventanaOf the window of a provider, which the ledger does not know.
 */
export async function lastNights(
  ledger: Ledger,
  now: Date,
  ventanaOf: (rutOtec: string) => Ventana = () => VENTANA_OFICIAL,
): Promise<UltimaNoche[]> {
  const rows = await ledger.db
    .selectFrom('noche')
    .select(['rutOtec', 'noche'])
    .distinct()
    .orderBy('rutOtec')
    .orderBy('noche', 'desc')
    .execute();
  const nights = new Map<string, string[]>();
  for (const { rutOtec, noche } of rows) nights.set(rutOtec, [...(nights.get(rutOtec) ?? []), noche]);
  return Promise.all(
    [...nights].map(([rutOtec, noches]) => lastNight(ledger, { rutOtec, noches }, ventanaOf(rutOtec), now)),
  );
}

async function lastNight(
  ledger: Ledger,
  { rutOtec, noches }: { rutOtec: string; noches: readonly string[] },
  ventana: Ventana,
  now: Date,
): Promise<UltimaNoche> {
  const current = currentNight(now, ventana);
  const isOpen = now < current.end;
  const underWay = isOpen && noches.includes(current.noche) ? current : null;
  const judge = (noche: string) => judgeNight(ledger, { rutOtec, noche, ventana }, now);
  const tonight = underWay === null ? null : await judge(underWay.noche);
  const noche = noches.find((one) => one !== underWay?.noche) ?? current.noche;
  const isFirst = noche === underWay?.noche;
  const night = isFirst ? { noche, cursos: [], dichos: [] } : await judge(noche);
  const said = isFirst ? FIRST : await summarise(ledger, { rutOtec, noche, ventana }, now);
  const problemas = [
    ...(await problemsOf(ledger, rutOtec, ventana, now)),
    ...(await notRunning(ledger, rutOtec, { last: noches[0] ?? noche, ventana }, now)),
  ];
  const isWell = !isBad(night) && problemas.every(({ pasajero }) => pasajero);
  return {
    ...{ rutOtec, noche, estado: isWell ? 'bien' : 'mal' },
    ...{ titulo: said.titulo, mensaje: said.mensaje, queHacer: said.queHacer },
    cursos: cursosOf(night),
    dichos: night.dichos.map(toldAs),
    problemas: problemas.map(({ clave: _, ...problema }) => problema),
    enCurso:
      underWay === null || tonight === null
        ? null
        : {
            ...{ noche: underWay.noche, termina: underWay.end, cursos: cursosOf(tonight) },
            dichos: tonight.dichos.map(toldAs),
            hechos: tonight.cursos.filter(({ standing }) => standing === 'hecha').length,
          },
  };
}

function cursosOf({ cursos }: JudgedNight): CursoDeUltimaNoche[] {
  return cursos.map(({ row, standing }) => ({
    ...{ curso: nameOfUnit(row), estado: row.estado, situacion: standing },
    ...{ causa: row.causa, motivo: row.motivo },
    proximo: standing === 'pendiente' ? row.desde : null,
  }));
}

/** Nights of which nothing is known although the service was in use: whoever asks in the morning must hear of them. */
async function notRunning(
  { db }: Ledger,
  rutOtec: string,
  { last, ventana }: { last: string; ventana: Ventana },
  now: Date,
): Promise<ProblemaActual[]> {
  const since = await db
    .selectFrom('servicio')
    .select('desde')
    .where('rutOtec', '=', rutOtec)
    .executeTakeFirst();
  const missed = nextNight({ noche: last }, ventana);
  if (since === undefined || missed.end > now) return [];
  return [
    {
      ...{ clave: 'apagado', titulo: `No se envió la noche del ${chilean(missed.noche)}`, pasajero: false },
      mensaje: '«puente servir» no ha estado en marcha desde entonces.',
      queHacer: 'Póngalo en marcha y déjelo encendido; lo de hoy puede enviarse ya con «puente enviar».',
      desde: missed.start.toISOString(),
    },
  ];
}

/** What a night tells a person, what must be acted on first. Holds names and RUTs: for the panel and the CLI. */
export async function toldOf(
  ledger: Ledger,
  which: { rutOtec: string; noche: string; ventana: Ventana },
  now: Date,
): Promise<DichoDeNoche[]> {
  return (await judgeNight(ledger, which, now)).dichos.map(toldAs);
}

function toldAs({ rutOtec: _rut, noche: _noche, orden: _orden, ...dicho }: DichoRow): DichoDeNoche {
  return dicho;
}

const FIRST = { titulo: 'La primera noche está en curso', mensaje: '', queHacer: '' };
