import { checkDigit, type Issue, roundPercentage } from '@puente-sic/protocol';
import type { Column } from './column-names.ts';
import type { CursoFields, Doubt, Entry } from './entry.ts';
import { several, warning } from './finding.ts';
import { type Cell, cellText, gridPlace, isBlank, type Row, rowPlace } from './grid.ts';
import type { Notes } from './notes.ts';
import { readRutCells } from './rut-cells.ts';
import type { Table } from './table.ts';
import {
  readActividades,
  readAmount,
  readDate,
  readEstado,
  readPercentage,
  readText,
  type Tell,
} from './values.ts';

type Reader = (cell: Cell, tell: Tell) => unknown;

const READERS: [Column, Reader][] = [
  ['curso.cantActividadSincronica', readAmount],
  ['curso.cantActividadAsincronica', readAmount],
  ['alumno.tiempoConectividad', readAmount],
  ['alumno.estado', readEstado],
  ['alumno.porcentajeAvance', readPercentage],
  ['alumno.fechaInicio', readDate],
  ['alumno.fechaFin', readDate],
  ['alumno.fechaEjecucion', readDate],
  ['alumno.evaluacionFinal', readPercentage],
  ['modulo.codigoModulo', readText],
  ['modulo.tiempoConectividad', readAmount],
  ['modulo.porcentajeAvance', readPercentage],
  ['modulo.estado', readEstado],
  ['modulo.fechaInicio', readDate],
  ['modulo.fechaFin', readDate],
  ['modulo.notaModulo', readPercentage],
  ['modulo.cantActividadSincronica', readAmount],
  ['modulo.cantActividadAsincronica', readAmount],
  ['modulo.listaActividades', readActividades],
];

/** Every row of a table as an entry, in order. Rows that are about nobody (a total) are told once, as a warning. */
export function readRows(table: Table, notes: Notes): { entries: Entry[]; findings: Issue[] } {
  const entries: Entry[] = [];
  const nobody: number[] = [];
  for (const row of table.rows) {
    const cells = new RowCells(table, row);
    if (cells.aboutNobody()) nobody.push(row.number);
    else entries.push(readRow(cells, notes));
  }
  const findings = fractionFindings(table, entries);
  if (nobody.length > 0) findings.push(aboutNobody(table, nobody));
  return { entries: entries.map(rounded), findings };
}

/** Progress goes as whole percentages, rounded as the manual says. [M] What is out of range stays, to be refused. */
function rounded(entry: Entry): Entry {
  const { alumno, modulo } = entry;
  return { ...entry, alumno: alumno && withWhole(alumno), modulo: modulo && withWhole(modulo) };
}

function withWhole(fields: Record<string, unknown>): Record<string, unknown> {
  const { porcentajeAvance: value } = fields;
  const inRange = typeof value === 'number' && value >= 0 && value <= 100;
  return inRange ? { ...fields, porcentajeAvance: roundPercentage(value) } : fields;
}

/** One row seen through the columns of its table. */
class RowCells {
  readonly table: Table;
  readonly row: Row;

  constructor(table: Table, row: Row) {
    this.table = table;
    this.row = row;
  }

  cell(column: Column): Cell | undefined {
    const index = this.table.columns.get(column)?.index;
    return index === undefined ? undefined : this.row.cells[index];
  }

  text(column: Column): string {
    return cellText(this.cell(column));
  }

  fields(level: 'curso' | 'alumno' | 'modulo', tell: Tell): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    for (const [column, read] of READERS) {
      if (!column.startsWith(`${level}.`)) continue;
      const cell = this.cell(column);
      if (cell !== undefined && !isBlank(cell)) fields[column.slice(level.length + 1)] = read(cell, tell);
    }
    return fields;
  }

  aboutNobody(): boolean {
    return (
      this.text('alumno.rutAlumno') === '' &&
      this.text('curso.codigoOferta') === '' &&
      this.text('modulo.codigoModulo') === ''
    );
  }

  /** A CSV's cells moved to the right: a separator inside a value that is not in quotes. */
  moved(): boolean {
    const { grid, width } = this.table;
    return grid.sheet === null && this.row.cells.slice(width).some((cell) => !isBlank(cell));
  }
}

function readRow(cells: RowCells, notes: Notes): Entry {
  const { grid, role, headers } = cells.table;
  const text = rowPlace(grid, cells.row.number);
  const tell: Tell = (kind, written, read) => notes.add(kind, written, read, text);
  const { doubt, ...rut } = readRutCells(cells.cell('alumno.rutAlumno'), cells.cell('alumno.dvAlumno'));
  const modulo = role === 'alumnos' ? {} : cells.fields('modulo', tell);
  const name = [cells.text('alumno.nombre'), cells.text('alumno.apellidos')].join(' ').trim();
  return {
    file: grid.file,
    curso: readCurso(cells, tell),
    key: rut.rutAlumno === undefined ? text : `${rut.rutAlumno}-${rut.dvAlumno ?? ''}`,
    rut,
    ...(name !== '' && { name }),
    alumno: role === 'modulos' ? null : cells.fields('alumno', tell),
    place: { text, columns: headers.alumno },
    modulo:
      Object.keys(modulo).length === 0
        ? null
        : { ...modulo, listaActividades: modulo.listaActividades ?? [] },
    moduloPlace: { text, columns: headers.modulo },
    doubts: [...(doubt ? [doubt] : []), ...(cells.moved() ? [movedDoubt()] : [])],
  };
}

function readCurso(cells: RowCells, tell: Tell): CursoFields {
  const codigoOferta = cells.text('curso.codigoOferta');
  const codigoGrupo = cells.text('curso.codigoGrupo');
  const nombreCurso = cells.text('curso.nombreCurso');
  const rutOtec = readRutOtec(cells.text('curso.rutOtec'), cells.text('curso.dvOtec'));
  return {
    ...(codigoOferta !== '' && { codigoOferta }),
    ...(codigoGrupo !== '' && { codigoGrupo }),
    ...(nombreCurso !== '' && { nombreCurso }),
    ...(rutOtec !== '' && { rutOtec }),
    ...cells.fields('curso', tell),
  };
}

/** The history writes a provider's RUT without its check digit, or with it in a column of its own. */
function readRutOtec(text: string, dv: string): string {
  const body = /^\d{8}$/.exec(text.replace(/\./g, ''))?.[0];
  return body === undefined ? text : `${body}-${dv || checkDigit(Number(body))}`;
}

function movedDoubt(): Doubt {
  return {
    message: 'La fila tiene más celdas que el encabezado, así que no se sabe qué valor es de cada columna.',
    fix: 'Suele ser una coma o un punto y coma dentro de un valor: escriba ese valor entre comillas o quítelos.',
  };
}

function aboutNobody({ grid }: Table, numbers: number[]): Issue {
  const rows = `${numbers.length === 1 ? grid.unit : `${grid.unit}s`} ${several(numbers.map(String))}`;
  return warning({
    message: `En ${gridPlace(grid)} no se leyó (${rows}) lo que no tiene RUT, código de oferta ni código de módulo.`,
    fix: 'Si es un total o una nota, no hay nada que hacer; si es un alumno, complete su RUT.',
    place: `${gridPlace(grid)}, ${rows}`,
  });
}

/** 0.45 without a percent format is 0.45 % to the letter, and hardly ever what was meant. */
function fractionFindings({ grid, columns }: Table, entries: Entry[]): Issue[] {
  return (['alumno', 'modulo'] as const).flatMap((level) => {
    const values = entries.flatMap((entry) => {
      const value = entry[level]?.porcentajeAvance;
      return typeof value === 'number' ? value : [];
    });
    if (!values.some((value) => value > 0 && value < 1) || values.some((value) => value > 1)) return [];
    const header = columns.get(`${level}.porcentajeAvance`)?.header ?? 'porcentajeAvance';
    return warning({
      message: `En ${gridPlace(grid)}, la columna «${header}» solo trae valores de 0 a 1: 0,45 se envía como 0,45 %, no como 45 %.`,
      fix: 'Si son fracciones, dé formato de porcentaje a esa columna en Excel o multiplique sus valores por 100.',
      place: `${gridPlace(grid)}, columna ${header}`,
    });
  });
}
