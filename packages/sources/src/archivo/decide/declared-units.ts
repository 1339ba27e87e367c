import type { Issue } from '@puente-sic/protocol';
import type { Column } from '../column-names.ts';
import { meaningOf } from '../columns.ts';
import { several, warning } from '../finding.ts';
import { cellText, type Grid, gridPlace, type Row } from '../grid.ts';
import { type Statement, unitOf } from '../qualified.ts';
import type { Table } from '../table-parts.ts';
import { type ColumnAnswers, nameOf } from './answers.ts';
import type { TimeUnit } from './scales.ts';
import { unitLineOf } from './unit-lines.ts';

const TIMES: readonly Column[] = ['alumno.tiempoConectividad', 'modulo.tiempoConectividad'];

/** What a sheet states of one of its columns. */
interface Stated {
  column: Column;
  header: string;
  /** Where and how it says so: `en la fila 1 dice «Tiempos en minutos»`. */
  said: string;
  states: Statement;
}

/** What a line above a table says of a unit without being about its times for certain. */
export interface MaybeUnit {
  unit: TimeUnit;
  said: string;
}

export interface Declared {
  answers: ColumnAnswers;
  findings: Issue[];
  /** How the sheet says it, of each column that it states something of. */
  said: ReadonlyMap<Column, string>;
  /** A unit that the times may be in, which is asked. */
  maybe: MaybeUnit | null;
}

/**
 * The units and scales that a sheet states outside of its cells: in the name of a column (`Tiempo (min)`), in a row
 * below the names (`(minutos)`) or in a line of its own (`Tiempos en minutos`). They count as an answer about those
 * columns does, and are told; what a person answered about the very column wins. A line that says more than that may be
 * about another time (`Tiempo mínimo en minutos: 120`), and states nothing.
 */
export function declaredUnits(table: Table, answered: ColumnAnswers): Declared {
  const lines = unitLines(table);
  const stated = [...inNames(table), ...besidesNames(table, lines)].filter(
    ({ column }) => !Object.keys(answered).some((name) => meaningOf(name)?.column === column),
  );
  const all = [...new Set(stated.filter(({ states }) => states !== 'segundos').map(({ said }) => said))];
  const maybe = lines.find(({ bare, unit, above }) => !bare && above && unit !== 'segundos') ?? null;
  return {
    answers: Object.fromEntries(
      stated.toReversed().map(({ column, header, states }) => [nameOf(column, header), states]),
    ),
    said: new Map(stated.toReversed().map(({ column, said }) => [column, said])),
    maybe,
    findings: all.map((said) => {
      const headers = stated.filter((each) => each.said === said).map(({ header }) => `«${header}»`);
      return warning({
        message: `En ${gridPlace(table.grid)}, ${said}, y así se leen los números de ${several(headers)}, si pueden serlo.`,
        fix: 'Si no es así, corríjalo en la hoja.',
        place: gridPlace(table.grid),
      });
    }),
  };
}

function inNames(table: Table): Stated[] {
  return [...table.columns].flatMap(([column, { header, states }]) => {
    return states ? [{ column, header, said: `una columna se llama «${header}»`, states }] : [];
  });
}

function besidesNames(table: Table, lines: Line[]): Stated[] {
  const [below] = table.rows;
  const line = lines.find(({ bare }) => bare);
  return TIMES.flatMap((column) => {
    const place = table.columns.get(column);
    if (place === undefined) return [];
    const { index, header } = place;
    const under = cellText(below?.cells[index]);
    const states = unitOf(under.replace(/^[\s([]*(en\s+)?|[\s)\].]*$/gi, ''));
    if (below !== undefined && states !== undefined)
      return [{ column, header, said: saidIn(table.grid, below, under), states }];
    return line === undefined ? [] : [{ column, header, said: line.said, states: line.unit }];
  });
}

interface Line extends MaybeUnit {
  bare: boolean;
  above: boolean;
}

/** What stands alone in its row, as a title does and a row of names does not. */
function unitLines({ grid, rows }: Table): Line[] {
  const first = rows[0]?.number ?? 0;
  return grid.rows.flatMap((row) => {
    const [text, ...others] = row.cells.map(cellText).filter((each) => each !== '');
    const line = text === undefined || others.length > 0 ? null : unitLineOf(text);
    if (line === null || text === undefined) return [];
    return [{ ...line, said: saidIn(grid, row, text), above: row.number < first }];
  });
}

function saidIn({ unit }: Grid, { number }: Row, text: string): string {
  return `en la ${unit} ${number} dice «${text.length > 120 ? `${text.slice(0, 120)}…` : text}»`;
}
