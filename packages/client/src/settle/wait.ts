/**
 * How long after the cut a send that the history does not know may still be on its way, in milliseconds: the service
 * can take minutes, and its own advice is a time-out of 10. [O, I p.44] Only after it an empty history proves that
 * nothing arrived.
 */
export const ESPERA_INCIERTO_MS = 20 * 60_000;

/** A moment at which the service was asked, by both clocks. */
export interface Asked {
  /** This computer's, which people and time servers put right. */
  local: Date;
  /** The service's own (`Date` header); null where it does not tell. */
  service: Date | null;
}

/**
 * How much of the wait is left, in milliseconds; 0: over. Counted from the first answer after the cut, by the service's
 * own clock, which nobody here puts right; by this computer's only where the service never told its time.
 */
export function waitLeft(first: Asked | null, now: Asked): number {
  if (first === null || (first.service === null) !== (now.service === null)) return ESPERA_INCIERTO_MS;
  const elapsed = (now.service ?? now.local).getTime() - (first.service ?? first.local).getTime();
  return Math.max(0, ESPERA_INCIERTO_MS - Math.max(0, elapsed));
}
