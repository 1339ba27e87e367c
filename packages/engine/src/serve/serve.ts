import { setTimeout as wait } from 'node:timers/promises';
import { santiagoDate } from '@puente-sic/protocol';
import { StoreError } from '@puente-sic/store';
import { type AlertCenter, alertCenter } from '../alerts/center.ts';
import { badCondiciones } from '../ledger/avisos.ts';
import { makeRegistros } from '../ledger/breakdown.ts';
import { applyRetention } from '../privacy/retention.ts';
import { DEFECT } from './defect.ts';
import { eraseWaiting } from './erase-waiting.ts';
import { nightRunner } from './night-runner.ts';
import { noonTest } from './noon-test.ts';
import { readingRoom } from './room.ts';
import { dailySave } from './save.ts';
import type { Provider, ServeContext, ServeEvent } from './types.ts';

export interface ServeRequest extends ServeContext {
  providers: Provider[];
  /** Takes the events and sends what is worth an alert; left out: nobody is told, all is written down. */
  alerts?: AlertCenter;
  /** Days that bodies and answers are kept, see {@link applyRetention}; for ever when left out. */
  retencionDias?: number;
  /** The state folder backs itself up each day, in its folder `respaldos`; never when left out. */
  respaldar?: boolean;
  /** Ends the service; calls under way get half a minute. */
  signal: AbortSignal;
  /** Ends it too, for another one to follow (other settings): calls under way are waited for, however long. */
  handOver?: AbortSignal;
  /**
   * The wait until the next question, ended early by `signal`; a minute of this computer's when left out. `round` resolves
   * when what this question started has ended.
   */
  pause?: (signal: AbortSignal, round: Promise<unknown>) => Promise<unknown>;
}

/**
 * The service: asks every minute, for each provider on its own, which courses are due for tonight and not settled.
 * Nothing is kept in memory between two questions that the ledger does not have (but for what was read and waits to be
 * sent), so it may be killed at any moment, sleep, be started late, or twice.
 *
 * Resolves when `signal` or `handOver` ends it. Whatever a part of it throws is told by `onDefect` and tried again with
 * the next question, and stops no other part.
 * @throws StoreError where the ledger's file is damaged or another one by now: it must be opened anew.
 */
export async function serve(request: ServeRequest): Promise<void> {
  const { providers, signal, handOver, pause = aMinute } = request;
  const lost = new AbortController();
  const ended = AbortSignal.any([signal, lost.signal, ...(handOver ? [handOver] : [])]);
  const alerts = request.alerts ?? nobody(request);
  const onDefect = guarded(request.onDefect);
  const told = (haciendo: string, rutOtec: string | null) => (error: unknown) => {
    if (isOfLostLedger(error)) lost.abort(error);
    onDefect({ rutOtec, haciendo, error });
  };
  let telling: Promise<void> = Promise.resolve();
  const onEvent = (event: ServeEvent) => {
    // Whoever hears of it looks into the ledger, where it must stand by then.
    telling = telling
      .then(() => alerts.take(event))
      .catch(told('anotar lo que pasó', event.rutOtec))
      .then(() => request.onEvent?.(event))
      .catch(told('contar lo que pasó', event.rutOtec));
  };
  const room = readingRoom();
  // Also what a former service left behind.
  const unwell = new Set(providers.map(({ otec }) => otec.rut));
  const tellWell = async (rutOtec: string) => {
    const bad = await badCondiciones(request.ledger.db, rutOtec);
    if (bad.some(({ clave }) => clave === SERVICE.clave)) onEvent({ ...WELL, rutOtec });
  };
  const runners = providers.map((provider, index) => ({
    rutOtec: provider.otec.rut,
    ask: nightRunner(provider, {
      ...request,
      onEvent,
      onDefect,
      room,
      place: { index, count: providers.length },
    }),
  }));
  const reduce = dailyRetention(request);
  const save = request.respaldar ? dailySave(request, onEvent) : async () => {};
  let saving: Promise<void> = Promise.resolve();
  const makeRows = rowsOfFormerVersions(request);
  let makingRows: Promise<void> = Promise.resolve();
  const eraseThem = eraseWaiting(request);
  let erasing: Promise<void> = Promise.resolve();
  const testAtNoon = noonTest(providers, request, onEvent);
  let testing: Promise<void> = Promise.resolve();
  let alerting: Promise<void> = Promise.resolve();
  while (!ended.aborted) {
    reduce().catch(told('borrar lo que ya no se guarda', null));
    makingRows = makingRows.then(makeRows).catch(told('ordenar envíos de antes', null));
    saving = saving.then(save).catch(told('respaldar la carpeta de estado', null));
    erasing = erasing.then(eraseThem).catch(told('borrar a quien ya se había borrado', null));
    const asked = runners.map(({ rutOtec, ask }) =>
      ask.tick().then(
        () => {
          if (unwell.delete(rutOtec)) tellWell(rutOtec).catch(told('anotar lo que pasó', rutOtec));
        },
        (error: unknown) => {
          unwell.add(rutOtec);
          told('la noche', rutOtec)(error);
          onEvent({ ...UNWELL, rutOtec });
        },
      ),
    );
    testing = testing
      .then(() => testAtNoon(ended))
      .catch((error) => ended.aborted || told('probar el token', null)(error))
      .then(() => {});
    alerting = alerting.then(() => alerts.tick()).catch(told('enviar los avisos', null));
    // Ends early, without an error, when the service is to end.
    await pause(ended, Promise.all([...asked, alerting, saving])).catch(() => {});
  }
  await withGrace(AbortSignal.any([signal, lost.signal]), (cut) =>
    Promise.all(runners.map(({ ask }) => ask.close(cut))),
  );
  await saving;
  await testing;
  await Promise.all([telling, alerting, makingRows, erasing]);
  if (lost.signal.aborted) throw lost.signal.reason;
}

/** Whether no more questions to this ledger make sense; full, locked and read-only pass by themselves. */
function isOfLostLedger(error: unknown): boolean {
  return (
    error instanceof StoreError && ['damaged', 'replaced', 'lost', 'newer', 'unusable'].includes(error.kind)
  );
}

/** Whoever is told of defects may have one too; there is nobody left to tell it. */
function guarded(onDefect: ServeRequest['onDefect']): NonNullable<ServeRequest['onDefect']> {
  return (defect) => {
    try {
      onDefect?.(defect);
    } catch {
      process.exitCode = 1;
    }
  };
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

/** A slice with each question, until every envío that an earlier version wrote has its rows. */
function rowsOfFormerVersions({ ledger }: ServeRequest): () => Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  return async () => {
    if (left > 0) left = await makeRegistros(ledger, { limite: ENVIOS_PER_SLICE });
  };
}

/** Once a day of Santiago's; the first time it is asked, so that a service that is started daily does it too. */
function dailyRetention({ ledger, clock, retencionDias }: ServeRequest): () => Promise<void> {
  let doneOn = '';
  return async () => {
    const today = santiagoDate(clock());
    if (retencionDias === undefined || today === doneOn) return;
    doneOn = today;
    try {
      await applyRetention(ledger, retencionDias, clock());
    } catch (error) {
      doneOn = '';
      throw error;
    }
  };
}

function aMinute(signal: AbortSignal): Promise<unknown> {
  return wait(QUESTION_EVERY_MS, undefined, { signal });
}

const SERVICE = { kind: 'condition', clave: 'servicio' } as const;
const WELL = { ...SERVICE, mal: false, mensaje: 'El servicio de la noche funciona.', queHacer: '' };
const UNWELL = { ...SERVICE, mal: true, mensaje: DEFECT.servicio, queHacer: DEFECT.queHacer };
const QUESTION_EVERY_MS = 60_000;
/** Some tenths of a second of work between two questions. */
const ENVIOS_PER_SLICE = 20;
/** What a call under way gets to end when the service is stopped, in milliseconds; systemd kills after 90 s. */
const GRACE_MS = 30_000;
