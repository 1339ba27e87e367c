import { readingOfRut } from '@puente-sic/protocol';
import { cellAt } from './cells.ts';
import type { Column } from './column-names.ts';
import { isTitle } from './course-codes.ts';
import { cellText, type Row } from './grid.ts';
import type { Table } from './table.ts';

/** `Total` at the beginning of a text that goes on with other words: a surname, or what somebody called a sum. */
const LIKE_SUMMARY = /^\W*((sub)?total(es)?|suma|promedio|media)(?!\p{L})/iu;
/** `(2 rows affected)`, `2 filas`, `-- 2 registros`: what database tools write below a table. */
const FOOTER = /^\W*(\d[\d.,]*\s+(rows?|filas?|registros?|records?)\b|(rows?|filas?|registros?)\s*:?\s*\d)/i;

/**
 * Whether a row is about nobody: a sum, a note, what a program writes below its table. Only what cannot be a person is:
 * somebody may be called Total, and may have lost the RUT.
 */
export function isNobody(table: Table, row: Row): boolean {
  const text = (column: Column): string => cellText(cellAt(table, row, column));
  const rut = text('alumno.rutAlumno');
  if (rut !== '' && readingOfRut(rut).kind !== 'other') return false;
  const texts = row.cells.map(cellText).filter((each) => each !== '');
  const labels = labelsOf(table, row);
  const [, name = ''] = labels;
  if (isTitle(row) || labels.some((label) => isSummary(label) || FOOTER.test(label))) return true;
  const dated = DATED.some((column) => text(column) !== '');
  if (name !== '' && texts.length > 1) return LIKE_SUMMARY.test(name) && !dated;
  if (labels.some((label) => LIKE_SUMMARY.test(label))) return true;
  if (rut !== '' || dated) return false;
  return texts.length === 1 || (text('curso.codigoOferta') === '' && text('modulo.codigoModulo') === '');
}

/** Whether such a row says itself that it is a sum, or what a program writes below its table. */
export function isNote(table: Table, row: Row): boolean {
  return labelsOf(table, row).some((label) => LIKE_SUMMARY.test(label) || FOOTER.test(label));
}

/** `Fin del curso CAP-26-01-13-0446`, `Cantidad de alumnos: 12`: the end of what stands above it. */
export function closes({ cells }: Row): boolean {
  const text = cells.map(cellText).find((each) => each !== '') ?? '';
  return /^\W*(fin|final|término|termino|cierre|cantidad|n[°º] de)(?!\p{L})/iu.test(text);
}

/** What may name a row: its RUT, its name, its first text. */
function labelsOf(table: Table, row: Row): [rut: string, name: string, first: string] {
  const text = (column: Column): string => cellText(cellAt(table, row, column));
  const name = [text('alumno.nombre'), text('alumno.apellidos')].filter((each) => each !== '').join(' ');
  const first = row.cells.map(cellText).find((each) => each !== '');
  return [text('alumno.rutAlumno'), name, first ?? ''];
}

/** Nobody dates a sum, and nobody gives it a module. */
const DATED = [
  'alumno.fechaInicio',
  'alumno.fechaFin',
  'modulo.fechaInicio',
  'modulo.fechaFin',
  'modulo.codigoModulo',
] as const satisfies Column[];

/** `TOTAL`, `Promedio del curso`, `Suma: 280`: every word of it is about figures. */
function isSummary(text: string): boolean {
  const [first = '', ...others] = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return LIKE_SUMMARY.test(first) && others.every((word) => /\p{N}/u.test(word) || ABOUT_FIGURES.test(word));
}

const ABOUT_FIGURES =
  /^(general|final|parcial|curso|módulo|modulo|grupo|sección|seccion|hoja|alumn[oa]s?|estudiantes?|participantes?|personas?|registros?|filas?|horas?|minutos?|segundos?|tiempo|avance|progreso|conectividad|notas?|aritmética|aritmetica|ponderad[oa]|de|del|la|los|las|por|en|y)$/;
