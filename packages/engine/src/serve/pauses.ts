/** Growing pauses between tries, in milliseconds: 1, 2, 4, 8 minutes, then every 15. */
export function pauseAfter(tries: number): number {
  return Math.min(2 ** Math.max(0, tries - 1), 15) * MINUTE_MS;
}

/** The same for a line that was found broken: its end is noticed within five minutes, however long it lasts. */
export function pauseOfLine(tests: number): number {
  return Math.min(pauseAfter(tests), 5 * MINUTE_MS);
}

/** Readings of one source in a night that did not give all that was asked for. */
export const MAX_READINGS = 6;

/**
 * When a source that did not give everything is read again, after so many such readings: three times soon, so that what
 * was away for some minutes calls nobody, then spread over what is left of the window, so that the last one finds what
 * was mended late and leaves time to send it.
 */
export function nextReading(readings: number, now: Date, end: Date): Date {
  const left = Math.max(0, end.getTime() - now.getTime());
  const soon = { 1: 2 * MINUTE_MS, 2: 6 * MINUTE_MS, 3: 16 * MINUTE_MS }[readings];
  const pause = soon === undefined ? left * (SHARES[readings] ?? 1) : Math.min(soon, left / 2);
  return new Date(now.getTime() + Math.max(MINUTE_MS, pause));
}

/** Shares of what is left of the window, by the readings before. */
const SHARES: Record<number, number> = { 4: 0.5, 5: 0.8 };

/** Requests of any kind that a night makes with credentials that are refused; two may be on the line at once. */
const MAX_REFUSED = 11;
/** Minutes to the next connection test, by the requests refused before. */
const TEST_MINUTES = [1, 1, 2, 4, 8, 15, 30];

/**
 * When refused credentials are tried again, after so many requests of a night: as often in a long window as in a short
 * one. Null: not before they are changed.
 */
export function nextTest(requests: number, now: Date, end: Date): Date | null {
  if (requests >= MAX_REFUSED) return null;
  const left = Math.max(0, end.getTime() - now.getTime());
  const minutes = TEST_MINUTES[requests - 1];
  const share = 1 / (MAX_REFUSED + 1 - requests);
  const pause = minutes === undefined ? left * share : minutes * MINUTE_MS;
  return new Date(now.getTime() + Math.max(MINUTE_MS, pause));
}

/** A clock that is put right by less than this has not stepped back. */
const STEP_MS = 60_000;

/** Whether what was put off is due; what was written in the future was written by a clock that has stepped back since. */
export function isDueAt(next: string, written: string, now: Date): boolean {
  return new Date(next) <= now || new Date(written).getTime() > now.getTime() + STEP_MS;
}

const MINUTE_MS = 60_000;
