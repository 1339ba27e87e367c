import { santiagoDate } from '@puente-sic/protocol';
import type { Context } from '../context.ts';

type Meses = Pick<Context, 'store' | 'clock' | 'logger'>;

const EVERY_MS = 6 * 3_600_000;
/** So many months after the present one stand ready: whoever is told of a failure has them to put it right. */
const AHEAD = 2;

/** Makes room for this month and those to come, so that no call has to. */
export async function prepareMonths({ store, clock }: Pick<Meses, 'store' | 'clock'>): Promise<void> {
  const [year, month] = santiagoDate(clock()).split('-').map(Number);
  for (let ahead = 0; ahead <= AHEAD; ahead++) {
    const first = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + ahead, 1));
    await store.prepareMonth(first.toISOString().slice(0, 10));
  }
}

/** Does it every six hours; a failure is logged, and the next time tries again. Resolves once a run has ended. */
export function scheduleMonths(meses: Meses): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => prepareMonths(meses))
      .catch((error: unknown) => meses.logger.error({ err: error }, 'months not prepared'));
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
