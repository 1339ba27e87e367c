import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import { SourceError } from '../source.ts';
import { ALUMNOS, FLAT, MODULOS, type TemplateColumn } from './columns.ts';
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
    await writeNew(path, formato === 'csv' ? flatCsv(rows) : await workbook(rows));
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

function workbook(rows: ExampleRow[]): Promise<Buffer> {
  return writeExcelFile([
    { sheet: 'Alumnos', data: sheetOf(ALUMNOS, distinct(rows, 'rutAlumno')), ...look(ALUMNOS) },
    { sheet: 'Módulos', data: sheetOf(MODULOS, rows.map(ofModulo)), ...look(MODULOS) },
    {
      sheet: 'Instrucciones',
      data: instructions(),
      columns: [{ width: 14 }, { width: 22 }, { width: 14 }, { width: 90 }],
    },
  ]).toBuffer();
}

function sheetOf(columns: TemplateColumn[], rows: ExampleRow[]): Row[] {
  const header = columns.map(({ name, required }) => headerCell(name, required));
  return [header, ...rows.map((row) => columns.map(({ name }) => dataCell(name, row[name])))];
}

function headerCell(name: string, required: boolean): Cell {
  return { value: name, fontWeight: 'bold', backgroundColor: required ? '#D6E4F0' : '#F0F0F0' };
}

function dataCell(name: string, value: string | number | undefined): Cell {
  if (value === undefined) return null;
  if (/fecha/i.test(name)) return { value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' };
  return typeof value === 'number' ? value : { value, format: '@' };
}

function look(columns: TemplateColumn[]) {
  return {
    columns: columns.map(({ name }) => ({ width: Math.max(14, name.length + 2) })),
    stickyRowsCount: 1,
  };
}

function instructions(): Row[] {
  const lines = (sheet: string, columns: TemplateColumn[]): Row[] =>
    columns.map(({ name, required, help }) => [sheet, name, required ? 'obligatoria' : 'opcional', help]);
  return [
    ['Hoja', 'Columna', 'Se necesita', 'Qué se escribe'].map((title) => headerCell(title, true)),
    ...lines('Alumnos', ALUMNOS),
    ...lines('Módulos', MODULOS),
  ];
}

/** A row of the flat example as a row of the sheet of modules: `moduloEstado` is its `estado`. */
function ofModulo(row: ExampleRow): ExampleRow {
  const {
    codigoOferta = '',
    codigoGrupo = '',
    rutAlumno = '',
    codigoModulo = '',
    notaModulo,
    actividades = '',
  } = row;
  const own = Object.entries(row).flatMap(([name, value]): [string, string | number][] => {
    const letter = /^modulo([A-Z])/.exec(name)?.[1];
    return letter === undefined ? [] : [[letter.toLowerCase() + name.slice('modulo'.length + 1), value]];
  });
  return {
    ...Object.fromEntries(own),
    ...{ codigoOferta, codigoGrupo, rutAlumno, codigoModulo, actividades },
    ...(notaModulo !== undefined && { notaModulo }),
  };
}

function distinct(rows: ExampleRow[], name: string): ExampleRow[] {
  return [...new Map(rows.map((row) => [row[name], row])).values()];
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
