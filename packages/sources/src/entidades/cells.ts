import { readWrittenTime } from '../archivo/decide/written.ts';
import type { Cell } from '../archivo/grid.ts';
import type { CellType } from './contract.ts';
import { type Clock, readDay, readMoment } from './moments.ts';

/** What a cell of a type is once it is read; blank is null in each. */
export interface Read {
  clave: string;
  texto: string | null;
  dia: string | null;
  siNo: boolean | null;
  /** False: not done. True: done, nobody says when. A number: when, epoch milliseconds. */
  hecho: boolean | number;
  numero: number | null;
  porcentaje: number | null;
  segundos: number | null;
  momento: number | null;
}

/** What a cell had to be, in Spanish: «el dato debe ser …». */
export class Fault {
  readonly expected: string;
  constructor(expected: string) {
    this.expected = expected;
  }
}

/** As a database's driver, a sheet or JSON gives it. */
export type RawCell = unknown;

/** One cell, read as its column's type; a {@link Fault} where it is something else. Blank cells are null. */
export function readCell<T extends CellType>(type: T, raw: RawCell, clock: Clock | null): Read[T] | Fault {
  const value = plain(raw, type);
  if (value instanceof Fault) return value;
  return READERS[type](value, clock) as Read[T] | Fault;
}

type Plain = string | number | bigint | boolean | Date | null;

const READERS: { [T in CellType]: (value: Plain, clock: Clock | null) => Read[T] | Fault } = {
  clave: (value) => textOf(value) ?? new Fault('un identificador, y está vacío'),
  texto: textOf,
  dia: (value, clock) => {
    if (value === null || isZeroDate(value)) return null;
    const day = readDay(value, clock);
    if (day === 'naive') return NAIVE;
    return day ?? new Fault('una fecha como 2026-03-09');
  },
  siNo: (value) => (value === null ? null : (yesOrNo(value) ?? new Fault('sí o no'))),
  hecho: (value, clock) => {
    if (value === null || isZeroDate(value)) return false;
    const said = yesOrNo(value);
    if (said !== null) return said;
    const moment = readMoment(value, clock);
    if (moment === 'naive') return NAIVE;
    return moment === 'none' ? new Fault('sí, no, o el momento en que se completó') : moment;
  },
  numero: (value) => (value === null ? null : (numberOf(value) ?? new Fault('un número'))),
  porcentaje: (value) => {
    if (value === null) return null;
    const number = numberOf(typeof value === 'string' ? value.replace(/%\s*$/, '') : value);
    return number !== null && number >= 0 && number <= 100 ? number : new Fault('un número de 0 a 100');
  },
  segundos: (value) => {
    if (value === null) return null;
    // `3.600`: whoever writes it may mean 3600 or 3.6.
    if (typeof value === 'string' && THREES.test(value.trim()))
      return new Fault('una cantidad de segundos sin punto ni coma de miles');
    const written = typeof value === 'string' ? readWrittenTime(value) : null;
    const number = written?.kind === 'time' ? written.seconds : numberOf(value);
    return number !== null && number >= 0 && number < 1e9
      ? Math.floor(number)
      : new Fault('una cantidad de segundos, cero o más');
  },
  momento: (value, clock) => {
    if (value === null || isZeroDate(value)) return null;
    const moment = readMoment(value, clock);
    if (moment === 'naive') return NAIVE;
    return moment === 'none'
      ? new Fault('un momento entre 2000 y 2100: segundos desde 1970, o como 2026-03-09T15:04:05-03:00')
      : moment;
  },
};

const NAIVE = new Fault(
  'una fecha y hora con su zona: escriba `zonaHoraria` en la fuente de puente.yaml, como America/Santiago, o entregue la hora con su desfase',
);

const YES = /^(s[ií]|1|true|t|verdadero|x|yes|y)$/i;
const NO = /^(no?|0|false|f|falso)$/i;
/** «verdadero»: most of what is looked at are moments. */
const LONGEST_WORD = 9;

function yesOrNo(value: Plain): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim();
  if (text.length > LONGEST_WORD) return null;
  return YES.test(text) ? true : NO.test(text) ? false : null;
}

/** What MySQL holds where there is no date. */
function isZeroDate(value: Plain): boolean {
  return typeof value === 'string' && value.startsWith('0000-00-00');
}

/** NUL and halves of characters are no text: what holds them was cut or is no text at all. */
const BROKEN = /[\p{Cs}\0]/u;

export function isBroken(text: string): boolean {
  return ODD.test(text) && BROKEN.test(text);
}

/** What a text of usual letters has none of: quick, and most are such. */
const ODD = /[\0\ud800-\udfff]/;

function textOf(value: Plain): string | null | Fault {
  if (value === null) return null;
  if (typeof value === 'number' || typeof value === 'bigint')
    return isRounded(value) ? ROUNDED : String(value);
  const text = (value instanceof Date ? value.toISOString() : String(value)).trim();
  if (isBroken(text)) return new Fault('texto, y trae signos que no lo son (un carácter nulo o cortado)');
  return text === '' ? null : text;
}

/** A whole number of which JSON and spreadsheets no longer have every digit: two ids would be one. */
export function isRounded(value: number | bigint): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

const ROUNDED = new Fault(
  'un identificador completo: es un número tan largo que pierde cifras, escríbalo entre comillas',
);

/** One group of three digits behind a sign; with a zero in front they are decimals. */
const THREES = /^(?!0)\d{1,3}[.,]\d{3}$/;

function numberOf(value: Plain): number | null {
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number.isFinite(Number(value)) ? Number(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

/** The bare value of what a driver or a sheet wraps; a text of blanks is blank. */
function plain(raw: RawCell, type: CellType): Plain | Fault {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === 'string') return raw.trim() === '' || isNull(raw) ? null : raw;
  if (typeof raw === 'number' || typeof raw === 'bigint' || typeof raw === 'boolean') return raw;
  if (raw instanceof Date) return raw;
  if (raw instanceof Uint8Array) return bytesOf(raw);
  return typeof raw === 'object' && 'kind' in raw
    ? ofSheet(raw as Exclude<Cell, string | number | boolean | null>, type)
    : new Fault('un dato simple');
}

/** How SQL Server, MySQL and whoever makes text of JSON's own write what is not there. «Null» is somebody's name. */
export function isNull(text: string): boolean {
  return text === 'NULL' || text === 'null' || text === '\\N';
}

/** MySQL gives a BIT and a text of binary collation as bytes. */
function bytesOf(bytes: Uint8Array): Plain | Fault {
  if (bytes.length === 1 && (bytes[0] as number) < 2) return bytes[0] as number;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? null : text;
  } catch {
    return new Fault('texto, y trae bytes que no lo son');
  }
}

function ofSheet(cell: Exclude<Cell, string | number | boolean | null>, type: CellType): Plain | Fault {
  switch (cell.kind) {
    case 'percent':
      return cell.value;
    case 'shown':
      return type === 'clave' || type === 'texto' ? cell.text : cell.value;
    case 'duration':
      return cell.seconds;
    case 'date':
      return cell.text;
    case 'error':
      return new Fault('un dato, y la celda tiene un error');
    case 'list':
      return new Fault('un dato, y hay varios');
  }
}
