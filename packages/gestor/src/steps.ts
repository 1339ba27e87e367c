/** Work that can be left off between two of its steps. */
export type Steps<T> = Generator<void, T>;

/** Waits until its caller's next turn. */
export type Turn = () => Promise<void>;

/** How long one keeps the event loop before the others have their turn, milliseconds. */
const SLICE_MS = 5;

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export async function inTurns<T>(steps: Steps<T>, turn: Turn): Promise<T> {
  for (;;) {
    await turn();
    const end = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
  }
}
