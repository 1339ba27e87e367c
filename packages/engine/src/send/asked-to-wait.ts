import { credentialsMark, frenoOf, isAbout, marksWith, saveFreno } from '../ledger/frenos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Otec } from '../request.ts';
import { currentNight, VENTANA_OFICIAL } from '../window.ts';
import type { Stop } from './provider.ts';

/** A person's send was told to wait (Retry-After): the service that runs beside it must keep to that as well. */
export async function noteAskedToWait(
  { db }: Pick<Ledger, 'db'>,
  otec: Otec,
  { retryAfterSeconds, mensaje, queHacer }: Stop,
  now: Date,
): Promise<void> {
  if (!retryAfterSeconds) return;
  const until = new Date(now.getTime() + retryAfterSeconds * 1000);
  const { noche } = currentNight(now, VENTANA_OFICIAL);
  const huella = credentialsMark(otec);
  const known = await frenoOf(db, otec.rut);
  const isOfTonight = isAbout(known, { noche, huella });
  // A refused token, or a longer pause, stays what stands in the way.
  if (isOfTonight && (known.clave === 'token' || new Date(known.proximo) > until)) return;
  await saveFreno(db, {
    ...{ rutOtec: otec.rut, clave: 'conexion', noche, mensaje, queHacer },
    huella: marksWith(known, { noche, huella }),
    pedidos: (isOfTonight ? known.pedidos : 0) + 1,
    ...{ proximo: until.toISOString(), actualizado: now.toISOString() },
  });
}
