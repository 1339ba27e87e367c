/**
 * What all providers' nights share: few sources are read at once, and what has been read and not yet sent is bounded,
 * with one provider or with hundreds.
 */
export interface ReadingRoom {
  /** Waits for a place, then reads. */
  read<T>(work: () => Promise<T>): Promise<T>;
  /**
   * How many records an owner holds now. `release` lets go of them: given by an owner that cannot send for the time
   * being, and called when somebody waits for the place.
   */
  hold(owner: object, records: number, release: (() => void) | null): void;
}

/** `readers` at once; nobody begins while `records` (student × module) are held. */
export function readingRoom({ readers = 2, records = 150_000 } = {}): ReadingRoom {
  const held = new Map<object, { records: number; release: (() => void) | null }>();
  const waiting: (() => void)[] = [];
  let reading = 0;
  const total = () => [...held.values()].reduce((sum, one) => sum + one.records, 0);

  function admit(): void {
    if (waiting.length > 0 && total() >= records) for (const { release } of [...held.values()]) release?.();
    while (waiting.length > 0 && reading < readers && (total() < records || isNobodyBusy())) {
      reading += 1;
      waiting.shift()?.();
    }
  }

  /** Then nothing would ever be given back. */
  function isNobodyBusy(): boolean {
    return reading === 0 && held.size === 0;
  }

  return {
    async read(work) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      try {
        return await work();
      } finally {
        reading -= 1;
        admit();
      }
    },
    hold(owner, count, release) {
      const before = total();
      if (count === 0) held.delete(owner);
      else held.set(owner, { records: count, release });
      // Only what has become less makes room; a release calls this again.
      if (total() < before || release !== null) admit();
    },
  };
}
