import { withPlainHyphens } from './invisible.ts';

/** A RUT (Chile's tax and identity number): body without leading zeros, and check digit in upper case. */
export interface Rut {
  numero: number;
  dv: string;
}

/** The check digit of a RUT's body by modulo 11: `0`–`9` or `K`. */
export function checkDigit(numero: number): string {
  let sum = 0;
  let factor = 2;
  for (let rest = numero; rest > 0; rest = Math.floor(rest / 10)) {
    sum += (rest % 10) * factor;
    factor = factor === 7 ? 2 : factor + 1;
  }
  const digit = 11 - (sum % 11);
  return digit === 11 ? '0' : digit === 10 ? 'K' : String(digit);
}

/** Whether a RUT's number is one of those that companies are given, from 50 million on; people's are below. */
export function isCompanyRut(numero: unknown): boolean {
  return typeof numero === 'number' && numero >= 50_000_000 && numero < 100_000_000;
}

/** What a written RUT can mean. */
export type RutReading =
  /** One meaning: number and check digit stand apart, or can only be told apart in one way. */
  | { kind: 'rut'; rut: Rut }
  /** A number without its check digit: dots that group thousands (`33.130.716`) or a `.0` say where it ends. */
  | { kind: 'noDv'; numero: number }
  /** Up to eight digits in a row: a number without its check digit, or a shorter one with it. */
  | { kind: 'either'; numero: number; rut: Rut }
  | { kind: 'other' };

/**
 * What a RUT as people and programs write it means, in cells, files, accounts of an LMS and settings: with or without
 * dots and hyphen, blanks around, invisible characters, leading zeros, `k` or `K`, `12345678.0` as programs write a
 * number, the word before it (`RUT: 12.345.678-5`). A missing check digit is never completed. Whether it is right is not
 * judged: see {@link isValidRut}.
 */
export function readingOfRut(text: string): RutReading {
  const clean = withPlainHyphens(text).trim().replace(/\s+/g, ' ').toUpperCase().replace(WORD, '');
  const [, before, after] = /^([\d.,'’ ]*\d) ?[-_/] ?([\dK])$/.exec(clean) ?? [];
  if (before !== undefined && after !== undefined) return apart(bodyOf(before), after);

  const grouped = new RegExp(`^(${GROUPED})(?:\\2| )?([\\dK])$`).exec(clean);
  if (grouped) return apart(digitsOf(grouped[1] ?? ''), grouped[3] ?? '');
  const blank = /^(\d+) ([\dK])$/.exec(clean) ?? /^(\d+)(K)$/.exec(clean);
  if (blank) return apart(blank[1] ?? null, blank[2] ?? '');
  return /^\d+$/.test(clean) ? ofDigits(clean) : withoutDv(bodyOf(clean.replace(/ ?-$/, '')));
}

/** `RUT 12.345.678-5`, `R.U.N. N° 12345678-5`: what people write before the number says nothing of it. */
const WORD = /^R\.? ?U\.? ?[TN]\.?(?: ?N ?[°º.]+)? ?[:#.-]? ?(?=\d)/;

/** The RUT that a text can only mean, see {@link readingOfRut}; null where there is none or more than one. */
export function readRut(text: string): Rut | null {
  const reading = readingOfRut(text);
  return reading.kind === 'rut' ? reading.rut : null;
}

/**
 * A RUT in what the service writes, where digits alone end in the check digit; null where it has not the form of one.
 * Not for what people write: see {@link readRut}.
 */
export function readServiceRut(text: string): Rut | null {
  const reading = readingOfRut(text);
  return reading.kind === 'rut' || reading.kind === 'either' ? reading.rut : null;
}

/** Three digits between signs of one kind: where the last group ends, the number ends. */
const GROUPED = "\\d{1,3}(?:([.,'’ ])\\d{3})(?:\\2\\d{3})*";

function bodyOf(text: string): string | null {
  if (/^\d+$/.test(text)) return text;
  if (new RegExp(`^(${GROUPED})$`).test(text)) return digitsOf(text);
  return /^(\d+)[.,]0+$/.exec(text)?.[1] ?? null;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function apart(digits: string | null, dv: string): RutReading {
  const numero = numberOf(digits);
  return numero === null ? { kind: 'other' } : { kind: 'rut', rut: { numero, dv } };
}

function withoutDv(digits: string | null): RutReading {
  const numero = numberOf(digits);
  return numero === null ? { kind: 'other' } : { kind: 'noDv', numero };
}

/** No person's or company's RUT has nine digits before the check digit: the ninth is the check digit. */
function ofDigits(text: string): RutReading {
  const significant = text.replace(/^0+/, '');
  const numero = numberOf(significant.slice(0, -1));
  if (numero === null) return { kind: 'other' };
  const rut = { numero, dv: significant.slice(-1) };
  return significant.length > 8 ? { kind: 'rut', rut } : { kind: 'either', numero: Number(significant), rut };
}

function numberOf(digits: string | null): number | null {
  return digits !== null && /^0*[1-9]\d{0,8}$/.test(digits) ? Number(digits) : null;
}

/** Whether the check digit is the one that modulo 11 gives. */
export function isValidRut(rut: Rut): boolean {
  return checkDigit(rut.numero) === rut.dv;
}

/** Canonical form `11222333-K`: no dots, hyphen, upper case. [S] */
export function formatRut(rut: Rut): string {
  return `${rut.numero}-${rut.dv}`;
}

/**
 * Reads a student's RUT from the two fields of the wire: a whole number or its digits as text (leading zeros
 * forgiven), and `0`–`9`, `k` or `K`, also as a number. Nothing else is taken: no dots, blanks or hyphens. [S, I]
 * Nothing is said of whether the check digit is right: see {@link isValidRut}.
 */
export function readRutAlumno(rutAlumno: unknown, dvAlumno: unknown): Rut | null {
  const digits = typeof rutAlumno === 'number' || typeof rutAlumno === 'string' ? String(rutAlumno) : '';
  const dv = typeof dvAlumno === 'number' || typeof dvAlumno === 'string' ? String(dvAlumno) : '';
  if (!/^\d{1,9}$/.test(digits) || !/^[0-9kK]$/.test(dv) || Number(digits) === 0) return null;
  return { numero: Number(digits), dv: dv.toUpperCase() };
}
