/**
 * How long after the cut an envío that the history does not know is still on its way, in milliseconds: the service
 * can take minutes, and its own advice is a time-out of 10. [O, I p.44] Only after it an empty history proves that
 * nothing arrived.
 */
export const ESPERA_INCIERTO_MS = 20 * 60_000;

/** From when on an empty history is a proof. */
export function provenFrom(cut: Date): Date {
  return new Date(cut.getTime() + ESPERA_INCIERTO_MS);
}
