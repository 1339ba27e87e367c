import { type Issue, readingOfRut } from '@puente-sic/protocol';
import { plainCell } from '../cells.ts';
import type { Column, ModuloColumn } from '../column-names.ts';
import { meaningOf, templateHeader } from '../columns.ts';
import type { ColumnAnswers } from '../decide/answers.ts';
import { type Cell, cellText, type Grid, isBlank, type Row, strikeOut } from '../grid.ts';
import { NEVER_READ } from '../named-columns.ts';
import { regionsOf } from '../regions.ts';
import { headerOf } from '../table.ts';
import { withToldAbove } from '../told-above.ts';
import { codeOf } from './module-answers.ts';
import {
  blankModules,
  borrowedDates,
  mixedUnits,
  timesByUnitAlone,
  twiceOfAModule,
} from './wide-findings.ts';
import { type ModuleColumn, type WideHeader, wideHeader } from './wide-header.ts';

/** The tables, those with a row per student and the modules side by side taken apart: a row per student and module. */
export function withModulesBelow(
  grids: readonly Grid[],
  answers: ColumnAnswers,
): { grids: Grid[]; findings: Issue[] } {
  const findings: Issue[] = [];
  const all = grids.flatMap((grid): Grid[] => {
    const given = regionsOf(grid).map((region) => {
      const header = wideHeader(region, answers);
      const names = header === null ? [headerOf(region)] : [header.above, header.row];
      return {
        region,
        header,
        told: withToldAbove(
          region,
          names.flatMap((row) => row ?? []),
          answers,
        ),
      };
    });
    const isTold = given.some(({ told }) => told.findings.length > 0);
    if (given.every(({ header }) => header === null) && !isTold) return [grid];
    const regions = given.map(({ region, header, told }) => {
      findings.push(...told.findings);
      return told.findings.length === 0
        ? { region, header }
        : { region: told.grid, header: wideHeader(told.grid, answers) };
    });
    return regions.map(({ region, header }) => {
      if (header === null) return region;
      const unfolded = unfold(region, header, answers);
      findings.push(...unfolded.findings);
      return unfolded.grid;
    });
  });
  return { grids: all, findings };
}

interface Module {
  /** What stands under its code: the code, or its name where nobody has said one. */
  cell: string;
  name: string;
  code: string | null;
  columns: ModuleColumn[];
}

const DATES = ['fechaInicio', 'fechaFin'] as const satisfies readonly ModuloColumn[];

function unfold(grid: Grid, given: WideHeader, answers: ColumnAnswers): { grid: Grid; findings: Issue[] } {
  const header = { ...given, names: given.names.map((name) => grid.called?.get(name) ?? name) };
  const modules = modulesOf(header, answers);
  const own = (column: Column) => header.own.findIndex((name) => meaningOf(name)?.column === column);
  const base = header.names.length;
  const fields = [...new Set(header.columns.map(({ field }) => field))];
  // A module without dates of its own has those of its student in the course, as in a platform. [I]
  const lent = DATES.flatMap((field) => {
    const index = own(`alumno.${field}`);
    const without = modules.filter(({ columns }) => !columns.some((one) => one.field === field));
    return index < 0 || without.length === 0 ? [] : { field, index };
  });
  for (const { field } of lent) if (!fields.includes(field)) fields.push(field);
  const at = new Map(fields.map((field, index) => [field, base + 1 + index]));
  const called = new Map(grid.called);
  const headers: Cell[] = [...header.own];
  for (const { index } of header.columns) headers[index] = NEVER_READ;
  headers[base] = 'codigoModulo';
  called.set('codigoModulo', 'código del módulo');
  for (const [field, index] of at) {
    const columns = header.columns.filter((one) => one.field === field);
    const name = nameOf(field, columns);
    headers[index] = name;
    const lentBy = lent.find((one) => one.field === field);
    called.set(
      name,
      columns.length > 0 ? severalNames(columns) : (header.names[lentBy?.index ?? -1] ?? name),
    );
  }
  for (const [index, name] of header.own.entries())
    if (name !== '' && name !== header.names[index] && name !== NEVER_READ && !called.has(name))
      called.set(name, header.names[index] ?? name);
  const rut = own('alumno.rutAlumno');
  const width = base + 1 + fields.length;
  const blank = new Map<Module, Row[]>();
  const rows = grid.rows.flatMap((row): Row[] => {
    if (row === header.above) return [];
    if (row === header.row)
      return [{ number: row.number, cells: headers, ...(row.hidden && { hidden: true }) }];
    if (isBlank(row.cells[rut]) || meaningOf(cellText(row.cells[rut])) !== undefined)
      return [alone(row, base, width)];
    const taken = modules.filter(({ columns }) =>
      columns.some(({ index }) => plainCell(row.cells[index]).cell !== undefined),
    );
    if (taken.length === 0) return [alone(row, base, width)];
    if (readingOfRut(cellText(row.cells[rut])).kind === 'rut')
      for (const module of modules)
        if (!taken.includes(module)) blank.set(module, [...(blank.get(module) ?? []), row]);
    return taken.map((module, index) =>
      rowOf(row, module, { header, at, lent, base, width, again: index > 0 }),
    );
  });
  const hidden = [...at].filter(([field]) =>
    header.columns.some((one) => one.field === field && grid.hiddenColumns?.has(one.index)),
  );
  const { hiddenColumns, ...plain } = grid;
  return {
    grid: {
      ...plain,
      ...(hiddenColumns && {
        hiddenColumns: new Set([...hiddenColumns, ...hidden.map(([, index]) => index)]),
      }),
      ...{ rows, called },
      wide: {
        names: header.names,
        columns: modules.flatMap(({ name, columns }) =>
          columns.map(({ index, field }) => ({
            index,
            module: name,
            field: templateHeader(`modulo.${field}`),
          })),
        ),
        codes: new Map(modules.map(({ name, code }) => [name, code])),
        borrowed: new Set(lent.flatMap(({ field }) => at.get(field) ?? [])),
      },
    },
    findings: [
      ...mixedUnits(grid, header.columns),
      ...timesByUnitAlone(grid, header.byUnit),
      ...twiceOfAModule(grid, header.columns),
      ...borrowedDates(
        grid,
        lent.map(({ index }) => header.names[index] ?? ''),
      ),
      ...[...blank].flatMap(([{ name }, without]) => blankModules(grid, name, without)),
    ],
  };
}

/** In the order in which the sheet names them. */
function modulesOf({ columns }: WideHeader, answers: ColumnAnswers): Module[] {
  const modules = new Map<string, Module>();
  for (const column of columns) {
    const known = modules.get(column.module.key);
    if (known) known.columns.push(column);
    else {
      const { name } = column.module;
      const code = codeOf(column.module, answers);
      modules.set(column.module.key, { cell: code ?? name, name, code, columns: [column] });
    }
  }
  return [...modules.values()];
}

/** As in the template, with what all of the field's columns say besides: `moduloTiempoConectividad (min)`. */
function nameOf(field: ModuloColumn, columns: readonly ModuleColumn[]): string {
  const name = templateHeader(`modulo.${field}`);
  const said = new Set(columns.map((column) => column.said));
  const isTwice = new Set(columns.map(({ module }) => module.key)).size < columns.length;
  const [one] = said;
  // Read as one column, a part of it would be another thing.
  if (said.size > 1 || isTwice) return severalNames(columns);
  return one ? `${name} (${one})` : name;
}

function severalNames(columns: readonly ModuleColumn[]): string {
  const [first, ...others] = columns.map(({ header }) => header);
  const last = others.at(-1);
  return last === undefined ? (first ?? '') : `${first}» a «${last}`;
}

/** A row that is of no module: nobody's, or of somebody who has none yet. */
function alone(row: Row, base: number, width: number): Row {
  const cells = [...row.cells];
  const beyond = cells.slice(base).some((cell) => !isBlank(cell));
  for (let index = base; index < cells.length; index++) cells[index] = undefined;
  if (beyond) cells[width] = MOVED;
  return { ...row, cells };
}

/** More cells than names, which is told of the row. */
const MOVED = '…';

function rowOf(
  row: Row,
  module: Module,
  {
    header,
    at,
    lent,
    base,
    width,
    again,
  }: {
    header: WideHeader;
    at: ReadonlyMap<ModuloColumn, number>;
    lent: readonly { field: ModuloColumn; index: number }[];
    base: number;
    width: number;
    again: boolean;
  },
): Row {
  const { struck, again: _, ...plain } = alone(row, base, width);
  const made: Row = { ...plain, ...(again && { again }), names: new Map() };
  const names = new Map<number, string>();
  const isOf = new Set(header.columns.map(({ index }) => index));
  for (const [index, shown] of struck ?? []) if (!isOf.has(index)) strikeOut(made, index, shown);
  made.cells[base] = module.cell;
  names.set(base, module.columns[0]?.header ?? module.name);
  const copy = (from: number, to: number) => {
    made.cells[to] = row.cells[from];
    names.set(to, header.names[from] ?? '');
    const shown = row.struck?.get(from);
    if (shown !== undefined) strikeOut(made, to, shown);
  };
  for (const { field, index } of module.columns) copy(index, at.get(field) ?? index);
  for (const { field, index } of lent)
    if (!module.columns.some((one) => one.field === field)) copy(index, at.get(field) ?? index);
  for (const index of isOf) made.cells[index] = undefined;
  return { ...made, names };
}
