/**
 * Reads a figure of the wire: a JSON number, or text that PHP's is_numeric takes (`"45"`, `"13.5"`).
 * Null for all else: empty text, null, booleans, decimal commas, infinities. [A 5]
 */
export function readFigure(value: unknown): number | null {
  const figure =
    typeof value === 'number'
      ? value
      : typeof value === 'string' &&
          /^[ \t\n\r\v\f]*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?[ \t\n\r\v\f]*$/i.test(value)
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(figure) ? figure : null;
}

/** Whole percentage as the manual rounds: half up, 13.5 → 14 and 13.49 → 13. [M] */
export function roundPercentage(percentage: number): number {
  return Math.round(percentage);
}

/** The service's way of writing a percentage in messages and in the history: five decimals, `10.00000`. [I] */
export function fiveDecimals(percentage: number): string {
  return percentage.toFixed(5);
}
