import type { Random } from './random.ts';

/** How a person writes one column, cell by cell. Text goes into any file, a number with its format into a workbook. */
export type Spelling<T> = ((value: T, random: Random) => string | { value: number; format?: string }) & {
  /** The decimal sign of who writes so; left out: whoever. */
  sign?: ',' | '.';
  /** What is answered about a column in it. */
  answer?: string;
  /** Nothing in such a column may show it, so that it is written only by who has answered. */
  unseen?: true;
  /** Whether a column of these values is written so. */
  suits?: (values: readonly T[]) => boolean;
};

const comma = <T>(spelling: Spelling<T>): Spelling<T> => Object.assign(spelling, { sign: ',' as const });
const point = <T>(spelling: Spelling<T>): Spelling<T> => Object.assign(spelling, { sign: '.' as const });

const in_ = <T>(answer: string, spelling: Spelling<T>): Spelling<T> => Object.assign(spelling, { answer });
const unseen = <T>(answer: string, spelling: Spelling<T>): Spelling<T> =>
  Object.assign(in_(answer, spelling), { unseen: true as const });

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
  in_(
    'dias',
    comma((value) => fixed(value / 86_400, 6, ',')),
  ),
  in_(
    'dias',
    point((value) => String(value / 86_400)),
  ),
  in_(
    'horas',
    comma((value) => fixed(value / 3600, 3, ',')),
  ),
  in_(
    'horas',
    point((value) => fixed(value / 3600, 2, '.')),
  ),
  unseen('minutos', (value) => String(Math.round(value / 60))),
  unseen('minutos', (value) => ({ value: Math.round(value / 60) })),
  (value) => ({ value }),
  in_('dias', (value) => ({ value: value / 86_400 })),
  (value) => ({ value: value / 86_400, format: '[h]:mm:ss' }),
  (value, random) => ({ value: value / 86_400, ...(random.chance(0.7) && { format: '[h]:mm:ss' }) }),
];

/** Cells that have lost their percent sign beside others that were typed: `1`, `0.45` and `85`. */
const MIXED: Spelling<number> = Object.assign(
  point<number>((value) => (value === 100 ? '1' : value < 50 ? String(value / 100) : String(value))),
  {
    suits: (values: readonly number[]) =>
      values.every(Number.isInteger) && values.some((value) => value > 0 && value < 50),
  },
);

/** 0–100. */
export const PROGRESS: Spelling<number>[] = [
  point((value) => String(value)),
  comma((value) => String(value).replace('.', ',')),
  comma((value) => `${String(value).replace('.', ',')} %`),
  comma((value) => fixed(value, 2, ',')),
  point((value) => fixed(value, 3, '.')),
  in_(
    '0-1',
    comma((value) => String(Number((value / 100).toFixed(4))).replace('.', ',')),
  ),
  (value) => ({ value }),
  in_('0-1', (value) => ({ value: value / 100 })),
  (value) => ({ value: value / 100, format: '0.0%' }),
  (value, random) => ({ value: value / 100, ...(random.chance(0.7) && { format: '0%' }) }),
  point((value, random) => (random.chance(0.5) ? `${value}%` : String(Number((value / 100).toFixed(4))))),
  MIXED,
];

/** 0–100, as percentages or as marks of 1–7 with the 4.0 at 50 %. */
export const MARKS: Spelling<number>[] = [
  (value) => String(value),
  comma((value) => `${value},0`),
  (value) => `${value}%`,
  in_(
    '1-7',
    comma((value) => String(tenths(value) / 10).replace('.', ',')),
  ),
  in_(
    '1-7',
    point((value) => fixed(tenths(value) / 10, 1, '.')),
  ),
  in_('1-7', (value) => ({ value: 1 + (6 * value) / 100, format: '0.0' })),
  in_(
    '0-10',
    comma((value) => String(value / 10).replace('.', ',')),
  ),
  in_('0-10', (value) => ({ value: value / 10 })),
  (value) => ({ value: value / 100, format: '0%' }),
  in_(
    '0-1',
    point((value) => String(value / 100)),
  ),
];

/** Marks without their comma: `65`; what shows it is who has passed. */
export const TENFOLD: Spelling<number> = in_('10-70', (value) => String(tenths(value)));

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

/** Day first, as a spreadsheet that reads the month first has kept it. */
export const TURNED: Spelling<string> = (value) => {
  const [year = '', month = '', day = ''] = value.split('-');
  return Number(day) > 12
    ? `${day}/${month}/${year}`
    : { value: serial(`${year}-${day}-${month}`), format: 'mm/dd/yyyy' };
};

/** Codes. */
export const CODES: Spelling<string>[] = [
  (value) => value,
  (value) => `="${value}"`,
  (value, random) => (random.chance(0.5) ? `${value}\u200b` : value),
  (value, random) => (random.chance(0.5) ? value.replaceAll('-', '\u2013') : value),
  (value, random) => (random.chance(0.3) ? value.toLowerCase() : value),
  (value) => (/^\d+$/.test(value) ? { value: Number(value), format: '0'.repeat(value.length) } : value),
];

/** A percentage on Chile's scale, in tenths: 100 is 70. */
function tenths(percentage: number): number {
  return Math.round(10 + (60 * percentage) / 100);
}

function clock(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function serial(day: string): number {
  return (Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000;
}
