import { santiagoDateTime } from '@puente-sic/protocol';
import { noteAskedToWait, pauseNow } from '../asked-to-wait.ts';
import { currentNight, nextNight, VENTANA_OFICIAL } from '../window.ts';
import { refusalOf } from './gate.ts';
import type { Provider, ServeContext, ServeEvent } from './types.ts';

/**
 * Asks once a day, at noon, whether SENCE takes each provider's token: in the window it would be too late to mend it.
 * Sends nothing, and ends when the service does. What cannot be reached at noon is no news: the night tries it again and tells.
 */
export function noonTest(
  providers: readonly Provider[],
  { ledger, clientFor, clock }: Pick<ServeContext, 'ledger' | 'clientFor' | 'clock'>,
  emit: (event: ServeEvent) => void,
): (ended: AbortSignal) => Promise<void> {
  const testedOn = new Map<string, string>();
  return async (signal) => {
    const now = clock();
    const [today = '', time = ''] = santiagoDateTime(now).split(' ');
    if (time.slice(0, 5) < NOON) return;
    for (const { otec, ventana = VENTANA_OFICIAL } of providers) {
      if (signal.aborted) return;
      if (testedOn.get(otec.rut) === today) continue;
      const current = currentNight(now, ventana);
      const hasTime = now >= current.end && now < nextNight(current, ventana).start;
      // A service that starts after it, or in the window, has the night itself as its test.
      testedOn.set(otec.rut, today);
      if (!hasTime || (await pauseNow(ledger, otec.rut, now)) !== null) continue;
      const found = await clientFor(otec).testConnection({ signal });
      if (found.kind === 'unreachable') {
        await noteAskedToWait(ledger, otec, found.error, clock());
        continue;
      }
      const common = { kind: 'condition', rutOtec: otec.rut, clave: 'token' } as const;
      if (found.kind === 'accepted') {
        emit({ ...common, mal: false, mensaje: 'SENCE acepta el token.', queHacer: '' });
        continue;
      }
      emit({ ...common, mal: true, ...refusalOf(found.reason) });
    }
  };
}

const NOON = '12:00';
