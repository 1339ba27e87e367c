import { setTimeout as wait } from 'node:timers/promises';
import { quietError } from './failure.ts';
import { GestorError } from './gestor-error.ts';
import type { Operation } from './outcome.ts';

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
 * longer pause meanwhile; the last error is the one thrown. Where the service has asked for a pause before, the first
 * try waits for its end, or is not made (`asked-to-wait`).
 */
export async function withRetries<T>(
  operation: Operation,
  call: () => Promise<T>,
  mayRepeat: (error: GestorError) => boolean,
  pacing: Pacing,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { sleep: pause, now, quietUntil } = pacing;
  await waitForQuiet(operation, pacing, signal);
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

async function waitForQuiet(
  operation: Operation,
  { sleep: pause, now, quietUntil }: Pacing,
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = quietUntil();
  const leftMs = until - now();
  if (leftMs <= 0) return;
  if (leftMs > LONGEST_PAUSE_MS) throw quietError(operation, leftMs);
  await pause(leftMs, signal);
  if (quietUntil() > until) throw quietError(operation, quietUntil() - now());
}
