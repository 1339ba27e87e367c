import type { Column } from './column-names.ts';
import { COLUMNS } from './column-names.ts';
import { countRecognised, normalise, templateHeader } from './columns.ts';
import type { ColumnAnswers } from './decide/answers.ts';
import { cellText, type Grid, type Row } from './grid.ts';

/** What a person may say that a column is: the names of the template, and {@link NOT_USED}. */
export const COLUMN_FIELDS: readonly string[] = [
  ...new Set((Object.keys(COLUMNS) as Column[]).map(templateHeader)),
];
/** The column is not used, whatever it is called. */
export const NOT_USED = 'no';

/**
 * The tables with the columns that a person has named under the names of the template; messages go on calling them as the
 * file does. Only a row that has another name beside is one of names.
 */
export function withNamedColumns(grids: readonly Grid[], answers: ColumnAnswers): Grid[] {
  const names = namesIn(answers);
  if (names.size === 0) return [...grids];
  return grids.map((grid) => {
    const called = new Map<string, string>();
    const rows = grid.rows.map((row) => renamed(row, names, called));
    return called.size === 0 ? grid : { ...grid, rows, called };
  });
}

/** By the name as the file has it, normalised. */
function namesIn(answers: ColumnAnswers): Map<string, string> {
  const named = Object.entries(answers).flatMap(([header, field]): [string, string][] =>
    field === NOT_USED || (field !== undefined && COLUMN_FIELDS.includes(field))
      ? [[normalise(header), field === NOT_USED ? NEVER_READ : field]]
      : [],
  );
  return new Map(named);
}

function renamed(row: Row, names: ReadonlyMap<string, string>, called: Map<string, string>): Row {
  const fields = Array.from(row.cells, (cell) => names.get(normalise(cellText(cell))));
  const count = fields.filter((field) => field !== undefined).length;
  if (count === 0) return row;
  const cells = Array.from(row.cells, (cell, index) => fields[index] ?? cell);
  if (count + countRecognised(row.cells.map(cellText)) < 2) return row;
  for (const [index, field] of fields.entries())
    if (field !== undefined && field !== NEVER_READ && !called.has(field))
      called.set(field, cellText(row.cells[index]));
  return { ...row, cells };
}

/** A name that providers keep beside the others, and that no rule is about. */
const NEVER_READ = 'Observaciones';
