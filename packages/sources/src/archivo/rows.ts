import {
  type Issue,
  isCompanyRut,
  readingOfRut,
  showInvisible,
  withoutInvisible,
} from '@puente-sic/protocol';
import { cellAt, plainCell } from './cells.ts';
import type { Column } from './column-names.ts';
import { cutRow, halfRow, maybeCut } from './cut.ts';
import type { ColumnAnswers } from './decide/answers.ts';
import type { Beside } from './decide/beside.ts';
import { codeReader } from './decide/codes.ts';
import { type Decided, type Deciding, decideColumns } from './decide/decide.ts';
import { declaredUnits } from './decide/declared-units.ts';
import type { Question } from './decide/mark-questions.ts';
import type { Reader, Tell } from './decide/reader.ts';
import type { CourseName, CursoFields, Doubt, Entry } from './entry.ts';
import { foreignRows } from './foreign-rows.ts';
import { gluedRows } from './glued.ts';
import { type Cell, cellText, type Row, rowPlace } from './grid.ts';
import { groupOf } from './group-answers.ts';
import { longRows, movedDoubt, splitDecimals } from './moved-cells.ts';
import { courseNames } from './named-codes.ts';
import { nobodyRows } from './nobody.ts';
import type { Notes } from './notes.ts';
import { aboutGlued, aboutNobody, hiddenColumns, hiddenRows, hiddenSheet } from './row-findings.ts';
import { type RutStyle, readRutCells, rutStyleOf } from './rut-cells.ts';
import { type Strangers, strangersIn, wordsOf } from './strangers.ts';
import { type StruckRow, struckRowDoubt, struckRows, struckValueDoubt } from './struck.ts';
import type { Table } from './table-parts.ts';
import { doNotSendDoubt, leftRows, type Remark, remarksOf } from './withdrawn.ts';

/** Every row of a table as an entry, in order. Rows that are about nobody (a total) are told once, as a warning. */
export function readRows(
  table: Table,
  notes: Notes,
  deciding: Deciding,
  beside: Beside,
): { entries: Entry[]; findings: Issue[]; questions: Question[]; strangers: Strangers[] } {
  const glued = gluedRows(table.rows);
  const foreign = new Set(foreignRows(table));
  const nobody = nobodyRows(
    table,
    table.rows.filter((row) => !glued.has(row) && !foreign.has(row)),
    halfRow(table),
  );
  const left = new Set([...nobody, ...glued.keys(), ...foreign]);
  const found = maybeCut(table);
  const half = found !== null && nobody.includes(found.row) ? found : null;
  const aside = nobody.filter((row) => row !== half?.row);
  const people = { ...table, rows: table.rows.filter((row) => !left.has(row)) };
  const declared = declaredUnits(table, deciding.answers);
  const answers = { ...deciding.answers, ...declared.answers };
  const named = courseNames(people, nobody);
  const split = splitDecimals(people);
  const long = longRows(people);
  const struck = struckRows(people);
  const remarks = remarksOf(people);
  // What moved into a column says nothing of it, but where nothing else stands there.
  const straight = people.rows.filter((row) => !long.has(row));
  const judged = straight.length > 0 ? { ...people, rows: straight } : people;
  const decided = decideColumns(judged, { ...deciding, answers }, declared, beside);
  const codes = new Map(CODES.map((column) => [column, codesOf(people, column)]));
  const style = rutStyleOf(
    people.rows.map((row) => [
      cellAt(people, row, 'alumno.rutAlumno'),
      cellAt(people, row, 'alumno.dvAlumno'),
    ]),
  );
  return {
    entries: people.rows.map((row) =>
      readRow(
        new RowCells(people, row, { decided, codes, notes, answers, named, split, long, struck, remarks }),
        style,
      ),
    ),
    findings: [
      ...declared.findings,
      ...decided.findings,
      ...(glued.size > 0 ? [aboutGlued(table, glued)] : []),
      ...aboutNobody(table, aside),
      // One that is surely cut is told with the courses that it may belong to.
      ...(half !== null && cutRow(table) === null ? [half.issue] : []),
      ...hiddenSheet(table),
      ...hiddenRows(people),
      ...hiddenColumns(table),
      ...leftRows(people, remarks),
    ],
    questions: decided.questions,
    strangers: strangersIn(table.grid, [...foreign]),
  };
}

/** Nothing is held back for want of these. */
const LEFT_OUT = /\.(estado|evaluacionFinal|notaModulo|cantActividad\w+|fechaEjecucion)$/;

const CODES = ['curso.codigoOferta', 'curso.codigoGrupo'] as const;

function codesOf(table: Table, column: Column): Reader {
  const header = table.columns.get(column)?.header ?? column;
  return codeReader(
    header,
    table.rows.map((row) => cellAt(table, row, column)),
  );
}

/** What a table's columns together say of each of its cells. */
interface Reading {
  decided: Decided;
  /** Of the course's codes. */
  codes: ReadonlyMap<Column, Reader>;
  notes: Notes;
  answers: ColumnAnswers;
  /** What around a row names its course. */
  named: (row: Row) => CourseName | undefined;
  /** Rows whose values have perhaps moved. */
  split: ReadonlyMap<Row, Doubt>;
  long: ReadonlySet<Row>;
  struck: ReadonlyMap<Row, StruckRow>;
  remarks: ReadonlyMap<Row, Remark>;
}

/** One row seen through the columns of its table. */
class RowCells {
  readonly table: Table;
  readonly row: Row;
  readonly #reading: Reading;

  constructor(table: Table, row: Row, reading: Reading) {
    this.table = table;
    this.row = row;
    this.#reading = reading;
  }

  get place(): string {
    return rowPlace(this.table.grid, this.row.number);
  }

  cell(column: Column): Cell | undefined {
    const index = this.table.columns.get(column)?.index;
    const raw = index === undefined ? undefined : this.row.cells[index];
    const { cell, unwrapped } = plainCell(raw);
    if (unwrapped) this.tell(column)(unwrapped, cellText(raw), cellText(cell));
    return cell;
  }

  text(column: Column): string {
    return cellText(this.cell(column));
  }

  tell(column: Column): Tell {
    return (kind, written, read) => {
      if (!this.#isToldBefore(column)) this.#reading.notes.add(kind, written, read, this.placeOf(column));
    };
  }

  /** A cell that another module's row of the same student has, or another column; one that moved has nothing to tell. */
  #isToldBefore(column: Column): boolean {
    const index = this.table.columns.get(column)?.index ?? -1;
    if (this.isLong || this.table.grid.wide?.borrowed.has(index)) return true;
    return this.row.again === true && !column.startsWith('modulo.');
  }

  #headerOf(column: Column): string | undefined {
    const found = this.table.columns.get(column);
    return found && (this.row.names?.get(found.index) ?? found.header);
  }

  /** As the file calls the columns of a module, where each row has its own. */
  get moduleHeaders(): Record<string, string> {
    const { columns, headers } = this.table;
    if (this.row.names === undefined) return headers.modulo;
    const own = [...columns.keys()].filter((column) => column.startsWith('modulo.'));
    return Object.fromEntries(
      own.map((column) => [column.slice('modulo.'.length), this.#headerOf(column) ?? column]),
    );
  }

  placeOf(column: Column): string {
    const header = this.#headerOf(column);
    return header === undefined ? this.place : `${this.place}, columna ${header}`;
  }

  fields(level: 'curso' | 'alumno' | 'modulo'): { fields: Record<string, unknown>; doubts: Doubt[] } {
    const fields: Record<string, unknown> = {};
    const doubts: Doubt[] = [];
    for (const [column, read] of this.#reading.decided.readers) {
      if (!column.startsWith(`${level}.`)) continue;
      const cell = this.cell(column);
      if (cell === undefined) continue;
      const tell = this.tell(column);
      const struck = this.#isStruck(column);
      if (struck && LEFT_OUT.test(column)) {
        tell('struck', this.#shown(column, cell), '');
        continue;
      }
      if (typeof cell === 'object' && cell?.kind === 'error') tell('formulas', cell.text, '');
      const { value, doubt } = read(cell, tell);
      if (column === 'modulo.listaActividades' && withoutInvisible(cellText(cell)) !== cellText(cell))
        tell('invisible', showInvisible(cellText(cell)), withoutInvisible(cellText(cell)));
      if (value !== undefined) fields[column.slice(level.length + 1)] = value;
      if (struck && column === 'modulo.listaActividades') tell('struckLists', this.#shown(column, cell), '');
      const sure = struck && column !== 'modulo.listaActividades' ? this.#struckDoubt(column, cell) : doubt;
      if (sure) doubts.push({ ...sure, place: this.placeOf(column) });
      tellBroken(value, tell);
    }
    return { fields, doubts };
  }

  /** A code of the course; what is wrong with it is in `doubts`. */
  code(column: Column, doubts: Doubt[]): string {
    const cell = this.cell(column);
    const read = this.#reading.codes.get(column);
    if (cell === undefined || read === undefined) return '';
    const { value, doubt } = read(cell, this.tell(column));
    const sure = this.#isStruck(column) ? this.#struckDoubt(column, cell) : doubt;
    if (sure) doubts.push({ ...sure, place: this.placeOf(column) });
    return String(value);
  }

  /** Crossed out where the rest of its row is not. */
  #isStruck(column: Column): boolean {
    return this.struck?.whole === false && this.struck.columns.has(column);
  }

  #struckDoubt(column: Column, cell: Cell): Doubt {
    return struckValueDoubt(this.#shown(column, cell), this.table.columns.get(column)?.header ?? column);
  }

  /** With what is crossed out of it. */
  #shown(column: Column, cell: Cell): string {
    const index = this.table.columns.get(column)?.index;
    return (index === undefined ? undefined : this.row.struck?.get(index)) ?? cellText(cell);
  }

  /** What people said of the columns of the source. */
  get answers(): ColumnAnswers {
    return this.#reading.answers;
  }

  /** What of the row is crossed out. */
  get struck(): StruckRow | undefined {
    return this.#reading.struck.get(this.row);
  }

  /** What the row says in words of its person. */
  get remark(): Remark | undefined {
    return this.#reading.remarks.get(this.row);
  }

  /** What around the row names its course, where no cell of it does. */
  get named(): CourseName | undefined {
    return this.#reading.named(this.row);
  }

  get isLong(): boolean {
    return this.#reading.long.has(this.row);
  }

  moved(): Doubt[] {
    return [this.isLong ? movedDoubt() : [], this.#reading.split.get(this.row) ?? []].flat();
  }
}

function readRow(cells: RowCells, style: RutStyle): Entry {
  const { grid, role, headers } = cells.table;
  const text = cells.place;
  const { rut, name, doubts } = readPerson(cells, style);
  const curso = readCurso(cells, doubts);
  const alumno = role === 'modulos' || cells.struck?.onlyModule ? null : cells.fields('alumno');
  const modulo = role === 'alumnos' ? { fields: {}, doubts: [] } : cells.fields('modulo');
  if (cells.struck?.whole) (cells.struck.onlyModule ? modulo.doubts : doubts).unshift(struckRowDoubt(name));
  if (cells.remark?.says === 'doNotSend') doubts.unshift(doNotSendDoubt(cells.remark, name));
  return {
    file: grid.file,
    curso,
    key: keyOf(rut, name) ?? text,
    rut,
    ...(name !== '' && { name }),
    alumno: alumno?.fields ?? null,
    place: { text, columns: headers.alumno },
    modulo:
      Object.keys(modulo.fields).length === 0
        ? null
        : { ...modulo.fields, listaActividades: modulo.fields.listaActividades ?? [] },
    moduloPlace: { text, columns: cells.moduleHeaders },
    moduloDoubts: cells.isLong ? [] : modulo.doubts,
    doubts: [...doubts, ...(cells.isLong ? [] : (alumno?.doubts ?? [])), ...cells.moved()],
  };
}

/** Who it is about: by the RUT as it was read, else by the name. Null: the row alone. */
function keyOf({ rutAlumno, dvAlumno }: Entry['rut'], name: string): string | null {
  if (rutAlumno !== undefined) return `${rutAlumno}-${dvAlumno ?? ''}`;
  return wordsOf(name) || null;
}

function readPerson(cells: RowCells, style: RutStyle): { rut: Entry['rut']; name: string; doubts: Doubt[] } {
  const [rutCell, dvCell] = [cells.cell('alumno.rutAlumno'), cells.cell('alumno.dvAlumno')];
  const name = withoutInvisible(
    [cells.text('alumno.nombre'), cells.text('alumno.apellidos')].join(' '),
  ).trim();
  const { doubt, ...rut } = readRutCells(rutCell, dvCell, style);
  const written = cellText(rutCell);
  if (!doubt && withoutInvisible(written) !== written)
    cells.tell('alumno.rutAlumno')('invisible', showInvisible(written), `${rut.rutAlumno}-${rut.dvAlumno}`);
  else if (!doubt && /^\s*R[. ]*U/i.test(written))
    cells.tell('alumno.rutAlumno')('rutWords', written, `${rut.rutAlumno}-${rut.dvAlumno}`);
  if (!doubt && isCompanyRut(rut.rutAlumno))
    cells.tell('alumno.rutAlumno')('companies', `${rut.rutAlumno}-${rut.dvAlumno}`, '');
  const whose = doubt && rut.rutAlumno === undefined && name !== '' ? ` En ella dice «${name}».` : '';
  return {
    rut,
    name,
    doubts: doubt
      ? [{ ...doubt, message: doubt.message + whose, place: cells.placeOf('alumno.rutAlumno') }]
      : [],
  };
}

function readCurso(cells: RowCells, doubts: Doubt[]): CursoFields {
  const codigoOferta = cells.code('curso.codigoOferta', doubts);
  const named = cells.named?.codes.length === 1 ? (cells.named.codes[0] ?? '') : '';
  const codigoGrupo =
    cells.code('curso.codigoGrupo', doubts) || groupOf(codigoOferta || named, cells.answers);
  const nombreCurso = withoutInvisible(cells.text('curso.nombreCurso'));
  const rutOtec = readRutOtec(cells.text('curso.rutOtec'), cells.text('curso.dvOtec'));
  return {
    ...(codigoOferta !== '' && { codigoOferta }),
    ...(codigoGrupo !== '' && { codigoGrupo }),
    ...(cells.named && { named: cells.named }),
    ...(nombreCurso !== '' && { nombreCurso }),
    ...(rutOtec !== '' && { rutOtec }),
    ...cells.fields('curso').fields,
  };
}

/** The history writes a provider's RUT with its check digit in a column of its own. */
function readRutOtec(text: string, dv: string): string {
  const reading = readingOfRut(text);
  const alone = reading.kind === 'noDv' || reading.kind === 'either';
  return alone && dv !== '' ? `${reading.numero}-${dv}` : text;
}

/** `Evaluaci�n`, `Evaluaci&oacute;n`, `Evaluaci=C3=B3n`: letters that a program lost or wrote otherwise. */
function tellBroken(value: unknown, tell: Tell): void {
  if (!Array.isArray(value)) return;
  for (const { codigoActividad: text } of value)
    if (
      /\uFFFD|\p{L}\?\p{Ll}|&(?:#\d+;|[AEIOUaeiou](?:acute|grave|uml)|[Nn]tilde|quot|nbsp|iquest|iexcl|ord[mf])|=C[23]=[89AB][\dA-F]/u.test(
        text,
      )
    )
      tell('broken', text, '');
}
