import { setTimeout as wait } from 'node:timers/promises';
import { santiagoDate } from '@puente-sic/protocol';
import { type AlertCenter, alertCenter } from '../alerts/center.ts';
import { applyRetention } from '../privacy/retention.ts';
import { nightRunner } from './night-runner.ts';
import { dailySave } from './save.ts';
import type { Provider, ServeContext, ServeEvent } from './types.ts';

export interface ServeRequest extends ServeContext {
  providers: Provider[];
  /** Takes the events and sends what is worth an alert; left out: nobody is told, all is written down. */
  alerts?: AlertCenter;
  /** Days that bodies and answers are kept, see {@link applyRetention}; for ever when left out. */
  retencionDias?: number;
  /** Ends the service; calls under way get half a minute. */
  signal: AbortSignal;
  /** Ends it too, for another one to follow (other settings): calls under way are waited for, however long. */
  handOver?: AbortSignal;
}

/**
 * The service: asks every minute, for each provider on its own, which courses are due for tonight and not settled.
 * Nothing is kept in memory between two questions that the ledger does not have, so it may be killed at any moment,
 * sleep, be started late, or twice. Resolves when `signal` ends it; throws only for bugs.
 */
export async function serve(request: ServeRequest): Promise<void> {
  const { providers, signal, handOver } = request;
  const bug = new AbortController();
  const ended = AbortSignal.any([signal, bug.signal, ...(handOver ? [handOver] : [])]);
  const alerts = request.alerts ?? nobody(request);
  let telling: Promise<void> = Promise.resolve();
  const onEvent = (event: ServeEvent) => {
    // Whoever hears of it looks into the ledger, where it must stand by then.
    telling = telling
      .then(() => alerts.take(event))
      .then(() => request.onEvent?.(event))
      .catch((error: unknown) => bug.abort(error));
  };
  const runners = providers.map((provider) => nightRunner(provider, { ...request, onEvent }));
  const reduce = dailyRetention(request);
  const save = dailySave(request, onEvent);
  let saving: Promise<void> = Promise.resolve();
  let alerting: Promise<void> = Promise.resolve();
  while (!ended.aborted) {
    reduce().catch((error: unknown) => bug.abort(error));
    saving = saving.then(save).catch((error: unknown) => bug.abort(error));
    for (const runner of runners) runner.tick().catch((error: unknown) => bug.abort(error));
    alerting = alerting.then(() => alerts.tick()).catch((error: unknown) => bug.abort(error));
    // Ends early, without an error, when the service is to end.
    await wait(QUESTION_EVERY_MS, undefined, { signal: ended }).catch(() => {});
  }
  await withGrace(AbortSignal.any([signal, bug.signal]), (cut) =>
    Promise.all(runners.map((runner) => runner.close(cut))),
  );
  await saving;
  await Promise.all([telling, alerting]);
  if (bug.signal.aborted) throw bug.signal.reason;
}

/** Gives what goes on a time to end, from the moment that `stop` says so; then `cut` cuts it. */
async function withGrace(stop: AbortSignal, ending: (cut: AbortSignal) => Promise<unknown>): Promise<void> {
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onStop = () => {
    timer = setTimeout(() => cut.abort(), GRACE_MS);
  };
  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });
  try {
    await ending(cut.signal);
  } finally {
    stop.removeEventListener('abort', onStop);
    clearTimeout(timer);
  }
}

/** Alerts without a channel: what is not well is written down all the same. */
function nobody({ ledger, clock, providers }: ServeRequest): AlertCenter {
  const avisar = providers.map(({ otec }) => ({
    rutOtec: otec.rut,
    otec: otec.rut,
    canales: [],
    resumenA: null,
  }));
  return alertCenter({ ledger, clock, avisar });
}

/** Once a day of Santiago's; the first time it is asked, so that a service that is started daily does it too. */
function dailyRetention({ ledger, clock, retencionDias }: ServeRequest): () => Promise<void> {
  let doneOn = '';
  return async () => {
    const today = santiagoDate(clock());
    if (retencionDias === undefined || today === doneOn) return;
    doneOn = today;
    await applyRetention(ledger, retencionDias, clock());
  };
}

const QUESTION_EVERY_MS = 60_000;
/** What a call under way gets to end when the service is stopped, in milliseconds; systemd kills after 90 s. */
const GRACE_MS = 30_000;
