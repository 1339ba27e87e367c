import { join } from 'node:path';
import { takeLock } from '@puente-sic/store';

/** Runs `work` while holding the lock of that name, a file of the data folder that all processes share. */
export async function tryFileLock<T>(
  folder: string,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const lock = takeLock(join(folder, `${name}.lock`));
  if (lock === null) return null;
  try {
    return await work();
  } finally {
    lock.release();
  }
}
