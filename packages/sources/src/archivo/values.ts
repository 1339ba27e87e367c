import { withoutInvisible } from '@puente-sic/protocol';
import type { Tell } from './decide/reader.ts';
import { readWritten } from './decide/written.ts';
import { type Cell, cellText } from './grid.ts';

const ESTADOS: Record<string, number> = {
  cursando: 1,
  'en curso': 1,
  'en proceso': 1,
  aprobado: 2,
  aprobada: 2,
  reprobado: 3,
  reprobada: 3,
};

/** Number of activities, whole: `12`, `12.0`. Another text is optional data that is left out, and told. */
export function readCount(cell: Cell, tell: Tell): number | undefined {
  const written = readWritten(cell);
  if (written.kind === 'rounded') {
    tell('rounded', written.text, '');
    return undefined;
  }
  // Nobody has twelve thousand activities.
  const count =
    written.kind === 'number' ? written.value : written.kind === 'threes' ? written.decimal : undefined;
  if (count !== undefined && Number.isInteger(count) && count >= 0) return count;
  // What a formula has not given is told as such.
  if (typeof cell !== 'object' || cell?.kind !== 'error') tell('counts', cellText(cell), '');
  return undefined;
}

/** 1, 2 or 3, or the word for it, `APROBADO(A)` too. Another word is optional data that is left out, and told. */
export function readEstado(cell: Cell, tell: Tell): unknown {
  const text = cellText(cell);
  const word = text
    .toLowerCase()
    .replace(/\s*[(/]\s*[ao]\s*\)?$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const known = ESTADOS[word];
  if (known !== undefined) return known;
  const written = readWritten(cell);
  if (written.kind === 'number') return written.value;
  tell('estados', text, '');
  return undefined;
}

/**
 * Without what nobody sees, several activities in one cell, between `|`, or `;`, tabs and bullets where there is no `|`,
 * or on lines of their own, also with a hyphen in front of each. Commas and slashes belong to names as well: what looks
 * like a list of them goes as one name, and is told.
 */
export function readActividades(cell: Cell, tell: Tell): { codigoActividad: string }[] {
  const text = cellText(cell);
  const items = (
    typeof cell === 'object' && cell?.kind === 'list'
      ? cell.items
      : text.split(text.includes('|') ? '|' : /[;\n\t•●▪‣◦]/)
  )
    .map((item) => withoutInvisible(item).trim())
    .filter((item) => item !== '');
  const dashed = items.length > 1 && items.every((item) => /^[-–—*]\s/.test(item));
  const [only] = items;
  if (items.length === 1 && only !== undefined && looksLikeList(only)) tell('lists', only, '');
  return items.map((item) => ({ codigoActividad: dashed ? item.slice(1).trim() : item }));
}

/** `Foro, Prueba 1`, `foro / tarea`: parts that all begin alike; `Higiene, seguridad y salud` is one name. */
function looksLikeList(text: string): boolean {
  return [/\s*,\s*/, /\s+\/\s+/, /\s+[-–—+]\s+/].some((sign, index) => {
    const parts = text.split(sign).filter((part) => part !== '');
    // One hyphen is how a name goes on: `Unidad 1 - Introducción`.
    if (parts.length < (index === 2 ? 3 : 2)) return false;
    return parts.every((part) => /^[\p{Lu}\d]/u.test(part)) || parts.every((part) => /^\p{Ll}/u.test(part));
  });
}
