import { summarise } from '../alerts/summary.ts';
import { conditionTitle } from '../alerts/title.ts';
import { badCondiciones } from '../ledger/avisos.ts';
import { type DichoRow, dichosOf } from '../ledger/dichos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nocheRows } from '../ledger/noches.ts';
import type { CausaNoche, NocheTable } from '../ledger/tables.ts';
import { nameOfUnit, UNKNOWN_COURSES } from '../serve/units.ts';

/** What a night has to tell of a course, or of a source as a whole. */
export type DichoDeNoche = Omit<DichoRow, 'rutOtec' | 'noche' | 'orden'>;

/** The last night that a provider's service has anything to say of, and what is open. */
export interface UltimaNoche {
  rutOtec: string;
  noche: string;
  /** `mal`: something was lost, waits for a person, or is broken now. */
  estado: 'bien' | 'mal';
  titulo: string;
  /** As the morning's summary says it. */
  mensaje: string;
  queHacer: string;
  cursos: {
    curso: string;
    estado: NocheTable['estado'];
    causa: CausaNoche | null;
    motivo: string | null;
    /** Next try; null where there is none. */
    proximo: string | null;
  }[];
  dichos: DichoDeNoche[];
  problemas: { titulo: string; mensaje: string; queHacer: string; desde: string }[];
}

/** Of every provider that the service has run for, from the ledger alone. Asks nobody. */
export async function lastNights(ledger: Ledger): Promise<UltimaNoche[]> {
  const { db } = ledger;
  const last = await db
    .selectFrom('noche')
    .select('rutOtec')
    .select(({ fn }) => fn.max('noche').as('noche'))
    .groupBy('rutOtec')
    .orderBy('rutOtec')
    .execute();
  return Promise.all(last.map(({ rutOtec, noche }) => lastNight(ledger, rutOtec, noche)));
}

async function lastNight(ledger: Ledger, rutOtec: string, noche: string): Promise<UltimaNoche> {
  const { db } = ledger;
  const { titulo, mensaje, queHacer } = await summarise(ledger, rutOtec, noche);
  const rows = await nocheRows(db, rutOtec, noche);
  const dichos = await toldOf(ledger, rutOtec, noche);
  const bad = await badCondiciones(db, rutOtec);
  const isWell =
    rows.every(({ estado }) => estado !== 'perdida') &&
    dichos.every(({ gravedad }) => gravedad !== 'rojo') &&
    bad.length === 0;
  return {
    ...{ rutOtec, noche, estado: isWell ? 'bien' : 'mal', titulo, mensaje, queHacer, dichos },
    cursos: rows
      .filter(({ curso, estado }) => curso !== UNKNOWN_COURSES || estado !== 'hecha')
      .map(({ estado, causa, motivo, desde, ...row }) => ({
        ...{ curso: nameOfUnit(row), estado, causa, motivo },
        proximo: estado === 'pendiente' ? desde : null,
      })),
    problemas: bad.map(({ clave, ...said }) => ({
      titulo: conditionTitle(clave, true),
      mensaje: said.mensaje,
      queHacer: said.queHacer,
      desde: said.desde,
    })),
  };
}

/** What a night tells a person, what must be acted on first. Holds names and RUTs: for the panel and the CLI. */
export async function toldOf({ db }: Ledger, rutOtec: string, noche: string): Promise<DichoDeNoche[]> {
  const rows = await dichosOf(db, rutOtec, noche);
  return rows.map(({ rutOtec: _rut, noche: _noche, orden: _orden, ...dicho }) => dicho);
}
