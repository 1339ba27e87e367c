import { fiveDecimals, readFigure } from '@puente-sic/protocol';
import { isFecha } from './fechas.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A code of the spec, which senders write as text or as number; null where it is neither. */
export function readCode(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** Longest text that the store keeps of a field. Real ones have a tenth of it. */
const MAX_TEXT = 255;

/**
 * A field as the history shows it later, when it is not what it should be: its text, cut. NUL and halves of
 * surrogate pairs become U+FFFD, because PostgreSQL takes neither.
 */
export function sentText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = storable(text);
  return safe.length > MAX_TEXT ? Array.from(safe).slice(0, MAX_TEXT).join('') : safe;
}

/** Text that both databases can hold. */
export function storable(text: string): string {
  return /[\0\p{Cs}]/u.test(text) ? text.replace(/[\0\p{Cs}]/gu, '\uFFFD') : text;
}

export function figureText(value: unknown): string | null {
  const figure = readFigure(value);
  return figure === null ? sentText(value) : String(figure);
}

/** A percentage, with five decimals. [I] */
export function percentageText(value: unknown): string | null {
  const figure = readFigure(value);
  return figure === null ? sentText(value) : fiveDecimals(figure);
}

/** A date of the service with its time of day, as the history shows it: `2021-04-01 00:00:00`. [I] */
export function fechaText(value: unknown): string | null {
  if (!isFecha(value)) return sentText(value);
  return value.length === 10 ? `${value} 00:00:00` : value;
}

/** 1, 2 or 3; anything else counts as 1. [A 5] */
export function readEstado(value: unknown): 1 | 2 | 3 {
  const figure = readFigure(value);
  return figure === 2 ? 2 : figure === 3 ? 3 : 1;
}
