import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Terminal } from '../terminal.ts';

export interface Column {
  title: string;
  align?: 'right';
  /** Gives way and wraps where the screen is narrow. */
  flexible?: boolean;
}

const GAP = '  ';
const NARROWEST = 12;

/** Aligned columns without borders. */
export function table(
  terminal: Terminal,
  columns: readonly Column[],
  rows: readonly string[][],
  indent = '',
): void {
  const natural = columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  );
  const widths = fit(columns, natural, terminal.width - indent.length - GAP.length * (columns.length - 1));
  const print = (cells: readonly string[], style: (text: string) => string) => {
    const wrapped = cells.map((cell, index) =>
      wrapAnsi(cell, widths[index] ?? 0, { hard: true }).split('\n'),
    );
    const height = Math.max(...wrapped.map((lines) => lines.length));
    for (let line = 0; line < height; line++) {
      const parts = wrapped.map((lines, index) =>
        pad(lines[line] ?? '', widths[index] ?? 0, columns[index]?.align),
      );
      terminal.line(indent + style(parts.join(GAP).trimEnd()));
    }
  };
  print(
    columns.map(({ title }) => title),
    terminal.colors.dim,
  );
  for (const row of rows) print(row, (text) => text);
}

/** Only flexible columns give way, the widest first. */
function fit(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const candidates = widths.map((width, index) => (columns[index]?.flexible ? width : 0));
    const widest = Math.max(...candidates);
    if (widest <= NARROWEST) break;
    widths[candidates.indexOf(widest)] = widest - 1;
    excess--;
  }
  return widths;
}

function pad(text: string, width: number, align: Column['align']): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? blanks + text : text + blanks;
}
