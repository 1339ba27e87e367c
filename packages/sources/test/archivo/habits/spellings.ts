import type { Random } from './random.ts';

/** How a person writes one column, cell by cell. Text goes into any file, a number with its format into a workbook. */
export type Spelling<T> = ((value: T, random: Random) => string | { value: number; format?: string }) & {
  /** The decimal sign of who writes so; left out: whoever. */
  sign?: ',' | '.';
};

const comma = <T>(spelling: Spelling<T>): Spelling<T> => Object.assign(spelling, { sign: ',' as const });
const point = <T>(spelling: Spelling<T>): Spelling<T> => Object.assign(spelling, { sign: '.' as const });

export interface Rut {
  numero: number;
  dv: string;
}

const dotted = (numero: number, sign = '.'): string => String(numero).replace(/\B(?=(\d{3})+$)/g, sign);
const fixed = (value: number, digits: number, sign: string): string =>
  value.toFixed(digits).replace('.', sign);

/** RUT in one column. */
export const RUTS: Spelling<Rut>[] = [
  ({ numero, dv }) => `${numero}-${dv}`,
  ({ numero, dv }) => `${dotted(numero)}-${dv.toLowerCase()}`,
  ({ numero, dv }) => `0${numero} - ${dv}`,
  ({ numero, dv }) => `${numero}${dv}`,
  ({ numero }) => dotted(numero),
  ({ numero }) => String(numero),
  ({ numero }) => `${numero}.0`,
  ({ numero, dv }, random) => `${random.pick(['\u200e', '\u00a0', ''])}${numero}\u2011${dv}\u200b`,
  ({ numero, dv }) => `="${numero}-${dv}"`,
];

/** RUT without check digit, which has a column of its own. */
export const BODIES: Spelling<Rut>[] = [
  ({ numero }) => String(numero),
  ({ numero }) => dotted(numero),
  ({ numero }) => dotted(numero, ','),
  ({ numero }) => `${numero}.0`,
  ({ numero }) => `${numero},00`,
  ({ numero, dv }) => `${numero}-${dv}`,
  ({ numero, dv }) => `${numero}${dv}`,
  ({ numero }) => ({ value: numero }),
];

/** Seconds. */
export const TIMES: Spelling<number>[] = [
  (value) => String(value),
  comma((value) => dotted(value)),
  point((value) => dotted(value, ',')),
  (value) => dotted(value, '\u00a0'),
  point((value) => fixed(value, 3, '.')),
  comma((value) => fixed(value, 3, ',')),
  comma((value) => `${dotted(value)},00`),
  (value) => clock(value),
  comma((value) => fixed(value / 86_400, 6, ',')),
  point((value) => String(value / 86_400)),
  comma((value) => fixed(value / 3600, 3, ',')),
  point((value) => fixed(value / 3600, 2, '.')),
  (value) => ({ value }),
  (value) => ({ value: value / 86_400 }),
  (value) => ({ value: value / 86_400, format: '[h]:mm:ss' }),
  (value, random) => ({ value: value / 86_400, ...(random.chance(0.7) && { format: '[h]:mm:ss' }) }),
];

/** 0–100. */
export const PROGRESS: Spelling<number>[] = [
  point((value) => String(value)),
  comma((value) => String(value).replace('.', ',')),
  comma((value) => `${String(value).replace('.', ',')} %`),
  comma((value) => fixed(value, 2, ',')),
  point((value) => fixed(value, 3, '.')),
  comma((value) => String(Number((value / 100).toFixed(4))).replace('.', ',')),
  (value) => ({ value }),
  (value) => ({ value: value / 100 }),
  (value) => ({ value: value / 100, format: '0.0%' }),
  (value, random) => ({ value: value / 100, ...(random.chance(0.7) && { format: '0%' }) }),
  point((value, random) => (random.chance(0.5) ? `${value}%` : String(Number((value / 100).toFixed(4))))),
];

/** 0–100, as percentages or as marks of 1–7 with the 4.0 at 50 %. */
export const MARKS: Spelling<number>[] = [
  (value) => String(value),
  comma((value) => `${value},0`),
  (value) => `${value}%`,
  comma((value) => String(Math.round(10 * (1 + (6 * value) / 100)) / 10).replace('.', ',')),
  point((value) => fixed(1 + (6 * value) / 100, 1, '.')),
  (value) => ({ value: 1 + (6 * value) / 100, format: '0.0' }),
  (value) => ({ value: value / 100, format: '0%' }),
  point((value) => String(value / 100)),
];

export const ESTADOS: Spelling<number>[] = [
  (value) => String(value),
  (value) => ['Cursando', 'APROBADO', 'reprobado'][value - 1] ?? '',
  (value) => ['En curso', 'Aprobado(a)', 'Reprobado/a'][value - 1] ?? '',
  (value) => ['En proceso', 'Finalizado', 'Retirado'][value - 1] ?? '',
];

/** `YYYY-MM-DD`. */
export const DATES: Spelling<string>[] = [
  (value) => value,
  (value) => value.split('-').reverse().join('/'),
  (value) => value.split('-').reverse().join('-'),
  (value) => `${value} 00:00:00.000`,
  (value) => `${Number(value.slice(5, 7))}/${Number(value.slice(8))}/${value.slice(0, 4)}`,
  (value) => ({ value: serial(value) }),
  (value) => ({ value: serial(value), format: 'dd-mm-yyyy' }),
];

/** Codes. */
export const CODES: Spelling<string>[] = [
  (value) => value,
  (value) => `="${value}"`,
  (value, random) => (random.chance(0.5) ? `${value}\u200b` : value),
  (value, random) => (random.chance(0.5) ? value.replaceAll('-', '\u2013') : value),
  (value, random) => (random.chance(0.3) ? value.toLowerCase() : value),
  (value) => (/^\d+$/.test(value) ? { value: Number(value), format: '0'.repeat(value.length) } : value),
];

function clock(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function serial(day: string): number {
  return (Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000;
}
