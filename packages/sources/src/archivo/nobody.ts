import { readingOfRut } from '@puente-sic/protocol';
import { cellAt } from './cells.ts';
import { cellText, type Row } from './grid.ts';
import type { Table } from './table.ts';

/** `TOTAL`, `Total general`, `Promedio`. */
const SUMMARY = /^\W*((sub)?total(es)?|suma|promedio|media)\b/i;
/** `(2 rows affected)`, `2 filas`, `-- 2 registros`: what database tools write below a table. */
const FOOTER = /^\W*(\d[\d.,]*\s+(rows?|filas?|registros?|records?)\b|(rows?|filas?|registros?)\s*:?\s*\d)/i;

/** Whether a row is about nobody: a sum, a note, what a program writes below its table. A name makes it somebody. */
export function isNobody(table: Table, row: Row): boolean {
  const text = (column: Parameters<typeof cellAt>[2]): string => cellText(cellAt(table, row, column));
  const rut = text('alumno.rutAlumno');
  if (rut !== '' && readingOfRut(rut).kind !== 'other') return false;
  const texts = row.cells.map(cellText).filter((each) => each !== '');
  if (texts.some((each) => SUMMARY.test(each) || FOOTER.test(each))) return true;
  if (rut !== '') return false;
  if (text('alumno.nombre') !== '' && texts.length > 1) return false;
  return texts.length === 1 || (text('curso.codigoOferta') === '' && text('modulo.codigoModulo') === '');
}
