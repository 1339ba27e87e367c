import { stat } from 'node:fs/promises';
import type { Ledger } from '@puente-sic/engine';
import { tokenName } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import type { NightParts } from './parts.ts';

/**
 * Calls `onChange` once when a token was changed beside the service (`puente token guardar`, its file): by then what
 * runs holds one that may be refused. Resolves then, or when the signal is aborted.
 */
export async function watchCredentials(
  settings: Settings,
  ledger: Ledger,
  { pause, onDefect }: NightParts,
  signal: AbortSignal,
  onChange: () => Promise<void>,
): Promise<void> {
  let known: string | null = null;
  while (!signal.aborted) {
    try {
      const now = await markOf(settings, ledger);
      if (known !== null && known !== now) return await onChange();
      known = now;
    } catch (error) {
      onDefect(error, 'mirar si cambió un token');
    }
    await pause(LOOK_EVERY_MS, signal);
  }
}

/** When each token was last written; nothing of the tokens themselves. */
async function markOf({ otecs }: Settings, ledger: Ledger): Promise<string> {
  const { secretDates } = await import('@puente-sic/engine');
  const dates = await secretDates(ledger);
  const marks = otecs.map(async ({ rut, tokenArchivo }) => [
    rut,
    dates.get(tokenName(rut)) ?? null,
    tokenArchivo === undefined ? null : await writtenAt(tokenArchivo),
  ]);
  return JSON.stringify(await Promise.all(marks));
}

async function writtenAt(file: string): Promise<number | null> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

/** What was mended starts the night within a minute. */
const LOOK_EVERY_MS = 20_000;
