import { credentialsMark, frenoOf, isAbout, marksWith, saveFreno } from './ledger/frenos.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Otec } from './request.ts';
import { isDueAt } from './serve/pauses.ts';
import { currentNight, VENTANA_OFICIAL } from './window.ts';

/**
 * Any call but those of the gate itself was told to wait (Retry-After): whatever runs for the provider, in this process
 * or beside it, must keep to that as well.
 */
export async function noteAskedToWait(
  { db }: Pick<Ledger, 'db'>,
  otec: Otec,
  {
    retryAfterSeconds,
    mensaje,
    queHacer,
  }: { retryAfterSeconds?: number | null; mensaje: string; queHacer: string },
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

/**
 * What keeps questions to a provider's SENCE waiting now, and until when: an answer has asked to be left alone, whichever
 * question it was to, or the line was found broken a moment ago. Null: nothing does.
 */
export async function pauseNow(
  { db }: Pick<Ledger, 'db'>,
  rutOtec: string,
  now: Date,
): Promise<{ mensaje: string; until: Date } | null> {
  const freno = await frenoOf(db, rutOtec);
  if (freno?.clave !== 'conexion' || isDueAt(freno.proximo, freno.actualizado, now)) return null;
  return { mensaje: freno.mensaje, until: new Date(freno.proximo) };
}
