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

/** Without what nobody sees, several activities in one cell, between `|`, or `;` where there is no `|`, or on lines of their own. */
export function readActividades(cell: Cell): { codigoActividad: string }[] {
  const text = cellText(cell);
  const items =
    typeof cell === 'object' && cell?.kind === 'list'
      ? cell.items
      : text.split(text.includes('|') ? '|' : /[;\n]/);
  return items.flatMap((item) => {
    const codigoActividad = withoutInvisible(item).trim();
    return codigoActividad === '' ? [] : { codigoActividad };
  });
}
