import { currentNight, type Ventana } from '../window.ts';

/**
 * Until when nobody is called for what often ends by itself: a source or a line to SENCE that is away. Half an hour,
 * but early enough that a person can still save the night. Null: a person is called at once.
 */
export function patienceEnds(clave: string, desde: Date, ventana: Ventana): Date | null {
  if (clave !== 'conexion' && !clave.startsWith('fuente:')) return null;
  const night = currentNight(desde, ventana);
  const patient = desde.getTime() + PATIENCE_MS;
  if (desde >= night.end) return new Date(patient);
  const ends = Math.min(patient, night.end.getTime() - TO_MEND_MS);
  return ends > desde.getTime() ? new Date(ends) : null;
}

/** Whether a condition that is not well is still one that may end by itself. */
export function isPassing(
  { clave, desde }: { clave: string; desde: string },
  ventana: Ventana,
  now: Date,
): boolean {
  const since = new Date(desde);
  // What began in the future was written by a clock that has stepped back: how long it lasts is not known.
  if (since > now) return false;
  const ends = patienceEnds(clave, since, ventana);
  return ends !== null && now < ends;
}

const PATIENCE_MS = 30 * 60_000;
/** What a person who is called needs before the window ends. */
const TO_MEND_MS = 45 * 60_000;
