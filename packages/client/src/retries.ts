import { setTimeout as wait } from 'node:timers/promises';
import { GestorError } from './gestor-error.ts';

/** Resolves after `ms`, or early when the signal fires; never rejects. */
export type Sleep = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

/** By which clock a client pauses, and until when the service wants none of its calls. */
export interface Pacing {
  sleep: Sleep;
  /** Milliseconds since 1970, as {@link quietUntil}. */
  now: () => number;
  quietUntil: () => number;
}

/** Pauses before the second and the third try. */
const PAUSES_MS = [1_000, 4_000];
/** A service that asks to wait longer than this is not waited for here. */
const LONGEST_PAUSE_MS = 60_000;

export const sleep: Sleep = async (ms, signal) => {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
};

/**
 * Calls up to three times, as long as `mayRepeat` allows it for the error and no other call's answer has asked for a
 * longer pause meanwhile; the last error is the one thrown.
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  mayRepeat: (error: GestorError) => boolean,
  { sleep: pause, now, quietUntil }: Pacing,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof GestorError) || error.code === 'aborted' || !mayRepeat(error)) throw error;
      const asked = (error.retryAfterSeconds ?? 0) * 1000;
      if (asked > LONGEST_PAUSE_MS) throw error;
      const next = now() + Math.max(pauseMs, asked);
      await pause(Math.max(pauseMs, asked), signal);
      if (quietUntil() > next) throw error;
    }
  }
  return call();
}
