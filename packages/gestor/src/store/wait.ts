import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from './store.ts';

const TRY_EVERY_MS = 100;

/** Runs `work` under the lock of that name, after whoever holds it now, in this process or another. */
export async function withLock<T>(store: Store, name: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const done = await store.tryLock(name, async () => ({ result: await work() }));
    if (done) return done.result;
    await pause(TRY_EVERY_MS);
  }
}
