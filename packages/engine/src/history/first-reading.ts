import { type GestorClient, GestorError } from '@puente-sic/client';
import { unreadOf } from '../ledger/partidas.ts';
import type { Otec, SendRequest } from '../request.ts';
import type { HistorialLeido } from '../results.ts';
import type { Stop } from '../send/stop.ts';
import { stopOf } from '../send/stop.ts';
import type { Ventana } from '../window.ts';
import { takeOverHistory } from './sync.ts';

interface FirstReadingRequest extends Pick<SendRequest, 'ledger' | 'clock' | 'signal'> {
  client: GestorClient;
  /** The night that is to be sent. */
  noche: string;
  ventana?: Ventana;
  /** Everything is wanted once more: a history that cannot be read to its end keeps nothing back. */
  repetir?: boolean | undefined;
}

/**
 * A ledger that knows nothing of a provider, or that a backup was put into, is not believed: what SENCE has already is
 * read before anything goes out, and nothing goes out until it could be. By the holder of the provider's lease.
 * @returns null where there was nothing to read first.
 */
export async function readFirst(
  otec: Otec,
  { client, repetir = false, ...request }: FirstReadingRequest,
): Promise<HistorialLeido | Stop | null> {
  const unread = await unreadOf(request.ledger.db, otec.rut);
  if (unread === null) return null;
  try {
    const { sincronizado, isKnown } = await takeOverHistory(otec, client, request);
    if (!isKnown && !repetir) return NOT_WHOLE;
    const { rutOtec, procesos, registros, enviosRestaurados } = sincronizado;
    const motivo = unread.restaurado === null ? 'registro-vacio' : 'respaldo-restaurado';
    return { rutOtec, motivo, procesos, registros, enviosRestaurados };
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    const stop = stopOf(error);
    return { ...stop, mensaje: `${stop.mensaje} ${WHY}` };
  }
}

const WHY =
  'No se envió nada: este equipo no sabe qué se envió antes, y primero debe leerlo en el historial de SENCE.';

const NOT_WHOLE: Stop = {
  motivo: 'sin-conexion',
  mensaje: `SENCE entregó su historial cortado, o con partes que no se pueden leer. ${WHY}`,
  queHacer:
    'puente lo vuelve a leer solo. Si sigue igual, revise en SIC qué se informó hoy; lo que falte se puede enviar con «puente enviar --repetir», que lo envía todo.',
};
