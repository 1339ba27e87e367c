import type { Ledger } from '../ledger/ledger.ts';
import { isPlanned, nocheRows } from '../ledger/noches.ts';
import { hasUnsettled } from '../ledger/open-envios.ts';
import { currentNight, nextNight, VENTANA_OFICIAL } from '../window.ts';
import type { Provider } from './types.ts';

/** How a provider stands with the window of this moment. */
export type Tonight =
  /** No window is open; the next one opens at `abre`. */
  | { kind: 'cerrada'; abre: Date }
  /** Some course is still to be sent, or the history has still to tell what became of a call. */
  | { kind: 'falta'; noche: string; cierra: Date }
  /** All that the night has is settled; `perdidos` are courses that will not be sent in it. */
  | { kind: 'lista'; noche: string; perdidos: number };

/** What the ledger knows of tonight, whichever process has sent it. */
export async function tonightOf(
  { db }: Ledger,
  { otec, ventana = VENTANA_OFICIAL }: Pick<Provider, 'otec' | 'ventana'>,
  now: Date,
): Promise<Tonight> {
  const night = currentNight(now, ventana);
  if (now >= night.end) return { kind: 'cerrada', abre: nextNight(night, ventana).start };
  const { noche, end } = night;
  const rows = await nocheRows(db, otec.rut, noche);
  const isSettled =
    (await isPlanned(db, otec.rut, noche)) &&
    rows.every(({ estado }) => estado !== 'pendiente') &&
    !(await hasUnsettled(db, otec.rut));
  if (!isSettled) return { kind: 'falta', noche, cierra: end };
  return { kind: 'lista', noche, perdidos: rows.filter(({ estado }) => estado === 'perdida').length };
}
