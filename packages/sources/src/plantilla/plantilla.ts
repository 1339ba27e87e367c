import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import { SourceError } from '../source.ts';
import { FLAT } from './columns.ts';
import { EXAMPLE, type ExampleRow } from './example.ts';

export interface PlantillaOptions {
  formato: 'csv' | 'xlsx';
}

/**
 * Writes an empty template and a filled example into a folder (made where it is missing) and returns their paths.
 * Files that are there already are never overwritten: throws a {@link SourceError}.
 */
export async function writePlantilla(dir: string, { formato }: PlantillaOptions): Promise<string[]> {
  await orTell(dir, () => mkdir(dir, { recursive: true }));
  const files: [string, ExampleRow[]][] = [
    [`plantilla-avance.${formato}`, []],
    [`ejemplo-avance.${formato}`, EXAMPLE],
  ];
  const written: string[] = [];
  for (const [name, rows] of files) {
    const path = join(dir, name);
    const book = rows.length === 0 ? templateBook : () => workbook(rows);
    await writeNew(path, formato === 'csv' ? flatCsv(rows) : await book());
    written.push(path);
  }
  return written;
}

/** Semicolons and a byte order mark: what Excel in Spanish opens right with a double click. */
function flatCsv(rows: ExampleRow[]): string {
  const lines = [
    FLAT.map(({ name }) => name),
    ...rows.map((row) => FLAT.map(({ name }) => String(row[name] ?? ''))),
  ];
  return `\uFEFF${lines.map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

/**
 * The workbook to fill in: one row per student and module, an example that is not read as anybody, and what each column
 * is for. The same one that the panel hands out.
 */
export function templateBook(): Promise<Buffer> {
  return workbook([MODEL]);
}

/** Whoever leaves it there sends nothing of it: a row that begins so is nobody's. */
const MODEL: ExampleRow = { ...EXAMPLE[0], codigoOferta: 'EJEMPLO: borre esta fila' };

function workbook(rows: ExampleRow[]): Promise<Buffer> {
  return writeExcelFile([
    { sheet: 'Avance', data: sheetOf(rows), ...look() },
    {
      sheet: 'Instrucciones',
      data: instructions(),
      columns: [{ width: 26 }, { width: 14 }, { width: 90 }],
    },
  ]).toBuffer();
}

function sheetOf(rows: ExampleRow[]): Row[] {
  const header = FLAT.map(({ title, required }) => headerCell(title, required));
  return [header, ...rows.map((row) => FLAT.map(({ name }) => dataCell(name, row[name])))];
}

function headerCell(name: string, required: boolean): Cell {
  return { value: name, fontWeight: 'bold', backgroundColor: required ? '#D6E4F0' : '#F0F0F0' };
}

function dataCell(name: string, value: string | number | undefined): Cell {
  if (value === undefined) return null;
  if (/fecha/i.test(name)) return { value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' };
  if (/tiempo/i.test(name)) return { value: Number(value) / SECONDS_OF_A_DAY, format: '[h]:mm:ss' };
  return typeof value === 'number' ? value : { value, format: '@' };
}

const SECONDS_OF_A_DAY = 86_400;

function look() {
  return {
    columns: FLAT.map(({ title }) => ({ width: Math.max(14, title.length + 4) })),
    stickyRowsCount: 1,
  };
}

function instructions(): Row[] {
  return [
    ...[
      'En la hoja Avance va una fila por alumno y módulo; los datos del alumno se repiten en cada uno de sus módulos.',
      'Las columnas celestes se necesitan; las grises se pueden dejar en blanco o quitar. Borre la fila del ejemplo.',
      'Antes de enviar nada, Puente muestra cómo leyó la planilla.',
    ].map((text) => [text]),
    [],
    ['Columna', 'Se necesita', 'Qué se escribe'].map((title) => headerCell(title, true)),
    ...FLAT.map(({ title, required, help }) => [title, required ? 'sí' : 'no', help]),
  ];
}

function writeNew(path: string, content: string | Buffer): Promise<void> {
  return orTell(path, () => writeFile(path, content, { flag: 'wx' }));
}

async function orTell<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const taken = cause.code === 'EEXIST';
    throw new SourceError(
      'wrong',
      taken ? `Ya existe ${path}; no se escribió encima.` : `No se pudo escribir ${path} (${cause.code}).`,
      taken
        ? 'Elija otra carpeta, o mueva ese archivo si ya no lo necesita.'
        : 'Revise que la carpeta exista, que tenga espacio y que usted pueda escribir en ella.',
      { cause },
    );
  }
}
