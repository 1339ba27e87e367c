import type { Terminal } from '../terminal.ts';
import { inert } from './inert.ts';
import { whole } from './words.ts';

export interface ProgressBar {
  update(done: number, total: number, what: string): void;
  /** Leaves the line as if nothing had been there. */
  clear(): void;
}

const CELLS = 24;

/** One line on the standard error that shows how far long work has come; nothing where that is not a screen. */
export function progressBar({ live, colors }: Terminal): ProgressBar {
  if (!live) return { update: () => {}, clear: () => {} };
  const clear = () => live.write('\r\x1b[2K');
  return {
    clear,
    update: (done, total, what) => {
      const filled = total === 0 ? 0 : Math.round((done / total) * CELLS);
      const bar = colors.cyan('█'.repeat(filled)) + colors.dim('░'.repeat(CELLS - filled));
      const text = inert(what).slice(0, Math.max(0, (live.columns || 80) - CELLS - 20));
      clear();
      live.write(`${bar} ${whole(done)}/${whole(total)} ${text}`);
    },
  };
}
