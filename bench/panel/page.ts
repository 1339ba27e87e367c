/** What runs inside the page; each function stands alone, for it is sent there as text. */

export interface Marks {
  /** Since the page began to load, ms: the first students painted. */
  firstRows: number | null;
  longTasks: number;
  mostRows: number;
  /** From each keystroke to the paint after it, ms. */
  keystrokes: number[];
}

declare global {
  interface Window {
    marks: Marks;
  }
}

/** Before anything else of the page; `shown`: what has to be there for the page to have answered. */
export function watch(shown = '.comparacion tbody tr'): void {
  const marks: Marks = { firstRows: null, longTasks: 0, mostRows: 0, keystrokes: [] };
  window.marks = marks;
  const painted = (then: (at: number) => void) =>
    requestAnimationFrame(() => setTimeout(() => then(performance.now())));
  new PerformanceObserver((list) => {
    marks.longTasks += list.getEntries().length;
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver(() => {
    const rows = document.querySelectorAll(shown).length;
    marks.mostRows = Math.max(marks.mostRows, rows);
    if (rows > 0 && marks.firstRows === null) {
      marks.firstRows = Number.POSITIVE_INFINITY;
      painted((at) => {
        marks.firstRows = at;
      });
    }
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener(
    'input',
    ({ timeStamp }) => painted((at) => marks.keystrokes.push(at - timeStamp)),
    { capture: true },
  );
}

export interface Scrolled {
  frames: number;
  /** Over 50 ms. */
  slow: number;
  /** With no student in the middle of the window, though there is one to show. */
  blank: number;
  longTasks: number;
}

/** From the first student to the last, most of a screen with every frame. */
export function scrollThrough(): Promise<Scrolled> {
  const { marks } = window;
  const scrolled: Scrolled = { frames: 0, slow: 0, blank: 0, longTasks: -marks.longTasks };
  return new Promise((resolve) => {
    let last: number | null = null;
    const step = window.innerHeight * 0.8;
    const frame = (now: number) => {
      if (last !== null) {
        scrolled.frames += 1;
        if (now - last > 50) scrolled.slow += 1;
      }
      last = now;
      const before = window.scrollY;
      window.scrollBy(0, step);
      const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
      if (middle?.closest('.relleno')) scrolled.blank += 1;
      if (window.scrollY !== before) return requestAnimationFrame(frame);
      scrolled.longTasks += marks.longTasks;
      resolve(scrolled);
    };
    requestAnimationFrame(frame);
  });
}
