import { readRut } from '@puente-sic/protocol';
import type { EntitySurvey } from '@puente-sic/sources';

/** Of a person's own row, what tells nothing about the person. */
const PLAIN = new Set(['curso', 'alumno', 'grupo', 'inicio', 'fin', 'activo']);

/** Longer ones are cut: what a column is shows at its beginning. */
const LONGEST = 60;

/**
 * The first rows of an entity for somebody who looks for a column: the form of what stands in each, and of what is a
 * person's only the first sign of each word.
 */
export function maskedSample({ entity, columns, names, sample }: EntitySurvey): string[][] {
  const plain = names.map(
    (name) =>
      entity !== 'alumnos' || columns.some(({ field, column }) => column === name && PLAIN.has(field)),
  );
  return sample.map((cells) => names.map((_, index) => shownCell(cells[index], plain[index] === true)));
}

function shownCell(cell: unknown, isPlain: boolean): string {
  const text = textOf(cell);
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return isPlain && !isPersonal(text) ? short : masked(short);
}

/** A RUT or an address of mail tells who it is wherever it stands. */
export function isPersonal(text: string): boolean {
  return /@/.test(text) || (/\d{7}/.test(text.replace(/[.\s-]/g, '')) && readRut(text) !== null);
}

/** The first sign of each word: `11.222.333-K` is `1•.2••.3••-K`. */
export function masked(text: string): string {
  return text.replace(/(?<=[\p{L}\p{M}\d])[\p{L}\p{M}\d]/gu, '•');
}

/** As a driver or a sheet gives it, with nothing that a screen would not show. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const plain =
    cell instanceof Uint8Array
      ? new TextDecoder().decode(cell)
      : cell instanceof Date
        ? cell.toISOString()
        : cell;
  return (typeof plain === 'object' ? JSON.stringify(plain) : String(plain)).replace(/[\p{Cc}\p{Cs}]/gu, '·');
}
