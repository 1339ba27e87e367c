import type { Random } from './random.ts';

/** Below the names of the columns: what they are, that they are needed, their numbers. */
const DESCRIPTIONS: readonly ((headers: number) => string[])[] = [
  (headers) => Array.from({ length: headers }, () => 'Obligatorio'),
  (headers) => Array.from({ length: headers }, (_, index) => String(index + 1)),
  (headers) =>
    Array.from({ length: headers }, (_, index) => (index < 2 ? 'Código SIC' : '(ver instructivo)')),
];

/** Below the people: who made it, who signs, and when. */
const REMARKS: readonly string[][] = [
  ['Elaborado por: Carla Díaz'],
  ['', '', 'Preparado por', 'Carla Díaz Fuentes'],
  ['Firma: ______________'],
  ['', 'Revisado y aprobado'],
  ['Fecha: 23-11-2026'],
  ['Nombre y firma del coordinador', '', '', '________'],
];

/** Names and rows with what people write around them; `first`: how many rows stand above the first person. */
export function withRemarks<T>(
  rows: (T | string)[][],
  random: Random,
): { rows: (T | string)[][]; first: number } {
  const [names = [], ...people] = rows;
  const described = random.chance(0.15) ? [random.pick(DESCRIPTIONS)(names.length)] : [];
  const remarks = random.chance(0.2)
    ? Array.from({ length: random.whole(1, 3) }, () => random.pick(REMARKS)).map((remark) =>
        names.map((_, index) => remark[index] ?? ''),
      )
    : [];
  // Mostly a blank row parts them from the people.
  const blank = remarks.length > 0 && random.chance(0.7) ? [names.map(() => '')] : [];
  return { rows: [names, ...described, ...people, ...blank, ...remarks], first: 1 + described.length };
}
