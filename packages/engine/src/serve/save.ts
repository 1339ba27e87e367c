import { StoreError } from '@puente-sic/store';
import { dailyBackup } from '../backup/daily.ts';
import { EngineFailure } from '../failure.ts';
import { badCondiciones } from '../ledger/avisos.ts';
import type { Provider, ServeContext, ServeEvent } from './types.ts';

/**
 * The state folder's backup of itself, for a loop that asks every minute. Where it cannot be made the nights go on, and
 * each provider has the condition `respaldo` until one is made; it is tried again every hour.
 */
export function dailySave(
  { ledger, clock, providers }: ServeContext & { providers: readonly Provider[] },
  onEvent: (event: ServeEvent) => void,
): () => Promise<void> {
  let notBefore = 0;
  return async () => {
    const now = clock();
    if (now.getTime() < notBefore) return;
    notBefore = now.getTime() + TRY_EVERY_MS;
    const failure = await dailyBackup(ledger, now).then(() => null, failureOf);
    for (const { otec } of providers) {
      const wasBad = (await badCondiciones(ledger.db, otec.rut)).some(({ clave }) => clave === 'respaldo');
      if (failure === null && !wasBad) continue;
      const mensaje = failure?.message ?? 'El respaldo de hoy está hecho.';
      const queHacer = failure?.fix ?? '';
      onEvent({
        kind: 'condition',
        rutOtec: otec.rut,
        clave: 'respaldo',
        mal: failure !== null,
        ...{ mensaje, queHacer },
      });
    }
  };
}

function failureOf(error: unknown): EngineFailure | StoreError {
  if (error instanceof EngineFailure || error instanceof StoreError) return error;
  throw error;
}

const TRY_EVERY_MS = 3_600_000;
