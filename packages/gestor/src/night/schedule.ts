import { santiagoDateTime } from '@puente-sic/protocol';
import type { Logger } from 'pino';
import { findNoche } from '../store/noches.ts';
import type { Store } from '../store/store.ts';
import { type PublishOptions, publishDay } from './publish.ts';

const CHECK_EVERY_MS = 30_000;

export interface NightSchedule extends PublishOptions {
  /** Hour of Santiago's clock, 0–23, from which yesterday is published. */
  hora: number;
  logger: Logger;
}

/**
 * Publishes yesterday once the hour has come, every day; a server that was down then does it when it is back, since a
 * night takes everything older along. Santiago's clock is read each time, so its changes need no care.
 * Resolves once a run under way has ended.
 */
export function scheduleNight(schedule: NightSchedule): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = runIfDue(schedule).finally(() => {
      busy = false;
    });
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}

/** One look at the clock. A failure is logged, and the next look tries again. */
export async function runIfDue(schedule: NightSchedule): Promise<void> {
  try {
    const dia = await dueDay(schedule.store, schedule.clock(), schedule.hora);
    if (dia === null) return;
    const report = await publishDay(dia, schedule);
    schedule.logger.info({ report }, 'night job');
  } catch (error) {
    schedule.logger.error({ err: error }, 'night job failed');
  }
}

/** Yesterday, if its hour has come and it has not been published; else null. */
async function dueDay(store: Store, now: Date, hora: number): Promise<string | null> {
  const local = santiagoDateTime(now);
  if (Number(local.slice(11, 13)) < hora) return null;
  const dia = dayBefore(local.slice(0, 10));
  const noche = await findNoche(store.db, dia);
  return noche && noche.terminadaEn !== null ? null : dia;
}

function dayBefore(dia: string): string {
  const date = new Date(`${dia}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
