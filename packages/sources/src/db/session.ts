/** What a session needs of a connection, to see that it lives and to end it. */
export interface Connected {
  /** When the database last gave a sign of life, by performance.now(). */
  readonly lastSign: number;
  close(): Promise<void>;
  /** At once, whatever is running. */
  destroy(): void;
}

/** The database has said nothing for too long. */
export class Silence extends Error {
  override readonly name = 'Silence';
}

/** A database that gives no sign for so long is taken for dead. */
const SILENCE_MS = 5 * 60_000;

/**
 * Runs some work on a connection and frees it afterwards, whatever happens. Throws the driver's error, a
 * {@link Silence} where the database stops answering, or the signal's reason.
 */
export async function withSession<Db extends Connected, T>(
  connecting: Promise<Db>,
  signal: AbortSignal | undefined,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  let db: Db | null = null;
  let stop: (reason: unknown) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  const abort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const watch = setInterval(() => {
    if (db && performance.now() - db.lastSign > SILENCE_MS) stop(new Silence('the database is silent'));
  }, 1_000);
  try {
    db = await Promise.race([connecting, stopped]);
    const result = await Promise.race([work(db), stopped]);
    await db.close();
    return result;
  } catch (error) {
    connecting.then(
      (late) => late.destroy(),
      () => {},
    );
    throw error;
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', abort);
  }
}
