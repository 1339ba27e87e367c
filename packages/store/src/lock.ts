import { DatabaseSync } from '@photostructure/sqlite';
import { StoreError, storeErrorOf } from './error.ts';

/** Held until it is released, or its process is gone. */
export interface Lock {
  release(): void;
}

/**
 * Takes the lock of that file; null while another process (or this one) has it.
 *
 * It is a lock of the operating system on an empty file, not a row with a heartbeat: it is gone the moment its holder
 * dies, however it dies, and no clock that is wrong or steps back can take it from one who lives.
 * @throws StoreError where the file cannot be used.
 */
export function takeLock(file: string): Lock | null {
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    const opened = new DatabaseSync(file, { timeout: 0 });
    database = opened;
    opened.exec('begin exclusive');
    return { release: () => opened.close() };
  } catch (error) {
    database?.close();
    const told = storeErrorOf(error, file);
    if (told instanceof StoreError && told.kind === 'locked') return null;
    throw told;
  }
}
