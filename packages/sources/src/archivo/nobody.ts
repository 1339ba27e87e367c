import { readingOfRut } from '@puente-sic/protocol';
import { cellAt } from './cells.ts';
import type { Column } from './column-names.ts';
import { isTitle } from './course-codes.ts';
import { readDate } from './decide/date-evidence.ts';
import { readWritten } from './decide/written.ts';
import { cellText, type Row } from './grid.ts';
import type { Table } from './table-parts.ts';

/** `Total` at the beginning of a text that goes on with other words: a surname, or what somebody called a sum. */
const LIKE_SUMMARY = /^\W*((sub)?total(es)?|suma|promedio|media)(?!\p{L})/iu;
/** `(2 rows affected)`, `2 filas`, `-- 2 registros`: what database tools write below a table. */
const FOOTER = /^\W*(\d[\d.,]*\s+(rows?|filas?|registros?|records?)\b|(rows?|filas?|registros?)\s*:?\s*\d)/i;

/**
 * Rows that are about nobody: sums and notes anywhere; above the first person what describes the columns or fills them
 * in as an example; below the last one who signs, and rows that are prepared for people who are not there yet. `half`:
 * perhaps the beginning of a row of somebody.
 */
export function nobodyRows(table: Table, rows: readonly Row[], half: Row | null): Row[] {
  const people = rows.filter((row) => hasRut(table, row) && !isExample(table, row));
  const first = people[0]?.number ?? Number.POSITIVE_INFINITY;
  const last = people.at(-1)?.number ?? 0;
  const codes = new Set(people.flatMap((row) => codesIn(table, row)));
  return rows.filter(
    (row) =>
      isNobody(table, row) ||
      (row !== half &&
        (isExample(table, row) ||
          (row.number < first && describes(table, row)) ||
          (row.number > last && (isRemark(table, row, codes) || isPrepared(table, row))))),
  );
}

function hasRut(table: Table, row: Row): boolean {
  return readingOfRut(cellText(cellAt(table, row, 'alumno.rutAlumno'))).kind !== 'other';
}

function isExample(table: Table, row: Row): boolean {
  return EXAMPLES.some((column) =>
    /^\W*(ejemplo|example)(?!\p{L})/iu.test(cellText(cellAt(table, row, column))),
  );
}

/** `Obligatorio`, `(con DV)`, `0 a 100`, or the numbers of the columns. */
function describes(table: Table, row: Row): boolean {
  if (hasRut(table, row) || DAYS.some((column) => isDay(table, row, column))) return false;
  const texts = row.cells.map(cellText).filter((text) => text !== '');
  const counts = texts.every((text, index) => Number(text) === Number(texts[0]) + index);
  return counts || FIGURES.every((column) => (figureAt(table, row, column) ?? 0) === 0);
}

/** `Elaborado por: María Pérez`: nothing of what the rows of people say. */
function isRemark(table: Table, row: Row, codes: ReadonlySet<string>): boolean {
  return (
    describes(table, row) &&
    codesIn(table, row).every((code) => !codes.has(code)) &&
    FIGURES.every((column) => !/\d/.test(cellText(cellAt(table, row, column))) || isDay(table, row, column))
  );
}

/** Codes and days that were filled in beforehand, and formulas that find nobody. */
function isPrepared(table: Table, row: Row): boolean {
  const isEmpty = (column: Column): boolean => {
    const cell = cellAt(table, row, column);
    return (typeof cell === 'object' && cell?.kind === 'error') || /^[-0]?$/.test(cellText(cell));
  };
  return (
    WHO.every(isEmpty) && FIGURES.every((column) => isEmpty(column) || figureAt(table, row, column) === 0)
  );
}

/** Null: no figure. */
function figureAt(table: Table, row: Row, column: Column): number | null {
  const written = readWritten(cellAt(table, row, column) ?? '');
  if (written.kind === 'time') return written.seconds;
  if (written.kind === 'number' || written.kind === 'percent') return written.value;
  return written.kind === 'threes' ? written.grouped : written.kind === 'rounded' ? 1 : null;
}

function isDay(table: Table, row: Row, column: Column): boolean {
  const cell = cellAt(table, row, column);
  return cell !== undefined && readDate(cell, table.grid.date1904 ?? false) !== null;
}

function codesIn(table: Table, row: Row): string[] {
  return CODES.map((column) => cellText(cellAt(table, row, column)).toUpperCase()).filter(
    (code) => code !== '',
  );
}

/**
 * Whether a row is about nobody: a sum, a note, what a program writes below its table. Only what cannot be a person is:
 * somebody may be called Total, and may have lost the RUT.
 */
export function isNobody(table: Table, row: Row): boolean {
  const text = (column: Column): string => cellText(cellAt(table, row, column));
  const rut = text('alumno.rutAlumno');
  const labels = labelsOf(table, row);
  // How many there are, in the column of the RUT: `TOTAL PARTICIPANTES`, `23`.
  const isCount = /^\d{1,4}$/.test(rut) && isSummary(labels[2]);
  if (rut !== '' && readingOfRut(rut).kind !== 'other') return isCount;
  const texts = row.cells.map(cellText).filter((each) => each !== '');
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

const WHO = ['alumno.rutAlumno', 'alumno.nombre', 'alumno.apellidos'] as const satisfies Column[];
const EXAMPLES = ['curso.codigoOferta', ...WHO] as const satisfies Column[];
const CODES = ['curso.codigoOferta', 'curso.codigoGrupo', 'modulo.codigoModulo'] as const satisfies Column[];
const FIGURES = [
  'alumno.tiempoConectividad',
  'alumno.porcentajeAvance',
  'alumno.evaluacionFinal',
  'modulo.tiempoConectividad',
  'modulo.porcentajeAvance',
  'modulo.notaModulo',
] as const satisfies Column[];
const DAYS = [
  'alumno.fechaInicio',
  'alumno.fechaFin',
  'modulo.fechaInicio',
  'modulo.fechaFin',
] as const satisfies Column[];

/** Nobody dates a sum, and nobody gives it a module. */
const DATED = [...DAYS, 'modulo.codigoModulo'] as const satisfies Column[];

/** `TOTAL`, `Promedio del curso`, `Suma: 280`: every word of it is about figures. */
function isSummary(text: string): boolean {
  const [first = '', ...others] = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return LIKE_SUMMARY.test(first) && others.every((word) => /\p{N}/u.test(word) || ABOUT_FIGURES.test(word));
}

const ABOUT_FIGURES =
  /^(general|final|parcial|curso|módulo|modulo|grupo|sección|seccion|hoja|alumn[oa]s?|estudiantes?|participantes?|personas?|registros?|filas?|horas?|minutos?|segundos?|tiempo|avance|progreso|conectividad|notas?|aritmética|aritmetica|ponderad[oa]|de|del|la|los|las|por|en|y)$/;
