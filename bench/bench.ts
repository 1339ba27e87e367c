/** One benchmark: prints what it measures. Figures are only comparable within one run on one machine. */
export interface Bench {
  name: string;
  about: string;
  run(options: BenchOptions): Promise<void>;
}

export interface BenchOptions {
  /** Share of a national night to really run; 0: none. */
  noche: number;
}

/** A table of figures, columns aligned. */
export function printTable(rows: string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('   ')}`);
  }
}

export function thousands(figure: number): string {
  return Math.round(figure).toLocaleString('en-US');
}

/** How often per second `work` can be done, from at least `seconds` of doing it. */
export function rate(work: () => void, seconds = 2): number {
  for (const end = performance.now() + 300; performance.now() < end; ) work();
  const start = performance.now();
  let times = 0;
  while (performance.now() - start < seconds * 1000) {
    work();
    times += 1;
  }
  return times / ((performance.now() - start) / 1000);
}

export function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
