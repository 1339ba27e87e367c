import type { Column } from './column-names.ts';
import { COLUMNS } from './column-names.ts';
import { countRecognised, meaningOf, normalise, templateHeader } from './columns.ts';
import type { ColumnAnswers } from './decide/answers.ts';
import { type Cell, cellText, type Grid, type Row } from './grid.ts';
import { saidOfColumn } from './wide/module-answers.ts';
import { isOfAModule } from './wide/module-names.ts';

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

function renamed(row: Row, all: ReadonlyMap<string, string>, called: Map<string, string>): Row {
  const names = row.cells.some((cell) => isModuleCode(cell, all)) ? all : withoutModules(all);
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

/** Whether a cell names the column of the modules' codes: each row is of one. */
function isModuleCode(cell: Cell | undefined, names: ReadonlyMap<string, string>): boolean {
  const text = cellText(cell);
  return meaningOf(names.get(normalise(text)) ?? text)?.column === 'modulo.codigoModulo';
}

/** Without those of columns that each are of one module, by their name: they are read side by side. */
function withoutModules(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].filter(([name, field]) => saidOfColumn(field) === null || !isOfAModule(name)));
}

/** A name that providers keep beside the others, and that no rule is about. */
export const NEVER_READ = 'Observaciones';
