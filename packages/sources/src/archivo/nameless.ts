import { type Issue, readingOfRut } from '@puente-sic/protocol';
import { meaningOf } from './columns.ts';
import { several, warning } from './finding.ts';
import { cellText, type Grid, letters, type Row, tablePlace } from './grid.ts';

/** Columns with data and without a name, which nobody uses; numbers of rows (1, 2, 3…) are none. */
export function namelessColumns(grid: Grid, headers: string[], rows: readonly Row[]): Issue[] {
  // More cells than names in a CSV: its values have moved, which is told row by row.
  const end = headers.findLastIndex((name) => name !== '') + 1;
  const width =
    grid.sheet === null ? end : rows.reduce((most, { cells }) => Math.max(most, cells.length), end);
  const found = Array.from({ length: width }, (_, index) => index).flatMap((index) => {
    if ((headers[index] ?? '') !== '') return [];
    const texts = rows.map(({ cells }) => cellText(cells[index])).filter((text) => text !== '');
    const [first] = texts;
    return first === undefined || isCount(texts) ? [] : { index, first, texts };
  });
  if (found.length === 0) return [];
  const digit = found.find(({ index, texts }) => isCheckDigit(headers[index - 1] ?? '', index, texts, rows));
  const place = tablePlace(grid);
  const names = found.map(({ index, first }) => `${letters(index)} («${first}»)`);
  return [
    warning({
      message: `En ${place} hay ${found.length === 1 ? 'una columna con datos y sin nombre, que no se usó' : 'columnas con datos y sin nombre, que no se usaron'}: ${several(names)}.`,
      fix:
        digit === undefined
          ? 'Si trae algo que debe enviarse, escriba su nombre como en la plantilla («puente plantilla»).'
          : `La columna ${letters(digit.index)} parece el dígito verificador del RUT: llámela «dvAlumno».`,
      place,
    }),
  ];
}

function isCount(texts: string[]): boolean {
  const first = Number(texts[0]);
  return first <= 1 && texts.every((text, index) => Number(text) === first + index);
}

function isCheckDigit(before: string, index: number, texts: string[], rows: readonly Row[]): boolean {
  return (
    meaningOf(before)?.column === 'alumno.rutAlumno' &&
    texts.every((text) => /^[\dkK]$/.test(text)) &&
    rows.every(({ cells }) => readingOfRut(cellText(cells[index - 1])).kind !== 'rut')
  );
}
