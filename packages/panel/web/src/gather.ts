/** Gathers what is asked for until it is done for all at once. */
export interface Gatherer<K> {
  ask(keys: readonly K[]): void;
  close(): void;
}

/**
 * Does what was asked for soon, and then again only after a while, however much is asked for meanwhile; while nobody
 * looks, not before somebody does.
 * @param isLooked whether somebody looks; `onLook` calls back when somebody begins to, and gives what ends that.
 */
export function gatherer<K>(
  done: (keys: ReadonlySet<K>) => void,
  { isLooked, onLook }: { isLooked: () => boolean; onLook: (begins: () => void) => () => void },
): Gatherer<K> {
  const asked = new Set<K>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let notBefore = 0;
  const flush = () => {
    timer = undefined;
    if (asked.size === 0 || !isLooked()) return;
    notBefore = Date.now() + OFTEN_MS;
    const keys = new Set(asked);
    asked.clear();
    done(keys);
  };
  const schedule = () => {
    timer ??= setTimeout(flush, Math.max(SOON_MS, notBefore - Date.now()));
  };
  const unlisten = onLook(schedule);
  return {
    ask(keys) {
      for (const key of keys) asked.add(key);
      schedule();
    },
    close() {
      clearTimeout(timer);
      unlisten();
    },
  };
}

const SOON_MS = 250;
/** A night of many courses tells several things a second. */
const OFTEN_MS = 2_000;
