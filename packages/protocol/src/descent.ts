const DESCENT =
  /modulo\.porcentajeAvance debe ser mayor al anterior\s*\(?\s*(\d{1,3}(?:\.\d+)?)(?!\d|[-.,/:]\d)/i;

/**
 * The percentage that a 025 names as the last one accepted, 0–100: `…mayor al anterior (20.00000)` [I], `…anterior 20`
 * [S]. Null for every other text: a figure that stands elsewhere in it (a date, a code) is no percentage.
 */
export function readDescent(message: string): number | null {
  const told = DESCENT.exec(message)?.[1];
  const percentage = told === undefined ? Number.NaN : Number(told);
  return percentage <= 100 ? percentage : null;
}
