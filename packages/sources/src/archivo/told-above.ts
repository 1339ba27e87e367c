import type { Issue } from '@puente-sic/protocol';
import type { Column } from './column-names.ts';
import { meaningOf } from './columns.ts';
import { courseCodesIn, groupCodesIn } from './course-codes.ts';
import type { ColumnAnswers } from './decide/answers.ts';
import { warning } from './finding.ts';
import { type Cell, cellText, type Grid, isBlank, type Row, tablePlace } from './grid.ts';
import { groupOf } from './group-answers.ts';

type Day = 'fechaInicio' | 'fechaFin';
type Field = Day | 'codigoGrupo';

/** What is told over a table, as it is written there. */
interface Told {
  field: Field;
  cell: Cell;
}

const DAY = String.raw`(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s+de\s+\p{L}+\s+(?:de|del)\s+\d{4})`;
const ALONE = new RegExp(`^${DAY}$`, 'iu');
const PERIOD = new RegExp(
  String.raw`^(?:per[ií]odo|fechas?|vigencia|ejecuci[oó]n)?[\s:]*(?:des?de\s+e?l?|del)?\s*(${DAY})\s*(?:al?|hasta(?:\s+el)?|[-–—])\s*(${DAY})$`,
  'iu',
);
const LABELS: readonly [Day, RegExp][] = [
  [
    'fechaInicio',
    /^(?:fecha\s+(?:de\s+)?)?(?:inicio|comienzo)(?:\s+(?:del?\s+)?(?:curso|grupo|secci[oó]n))?\s*:?\s*/iu,
  ],
  [
    'fechaFin',
    /^(?:fecha\s+(?:de\s+)?)?(?:t[eé]rmino|fin)(?:\s+(?:del?\s+)?(?:curso|grupo|secci[oó]n))?\s*:?\s*/iu,
  ],
];

/** A day stands in the next cell that is filled, a label and a value beside each other. */
const MAX_LENGTH = 120;

/**
 * A table without dates or groups of its own under lines that say when its course begins and ends and which group it is
 * (`Fecha inicio: 02-11-2026`, `Período: del 9/11/2026 al 31/12/2026`, `Grupo: CAP-26-01-05-0787-2`) has these for all
 * its people, in columns of their own; it is told. Where those lines say two different things of one, none is taken.
 * @param names the rows that name the table's columns, from the upper one
 */
export function withToldAbove(
  grid: Grid,
  names: readonly Row[],
  answers: ColumnAnswers,
): { grid: Grid; findings: Issue[] } {
  const [top] = names;
  const last = names.at(-1);
  if (top === undefined || last === undefined) return { grid, findings: [] };
  const known = new Set<Column>(
    names.flatMap(({ cells }) => cells.flatMap((cell) => meaningOf(cellText(cell))?.column ?? [])),
  );
  const above = grid.rows.slice(0, grid.rows.indexOf(top));
  const told = [
    ...toldIn(above).filter(({ field }) => !known.has(`alumno.${field}`)),
    ...(known.has('curso.codigoGrupo') ? [] : groupIn(above, answers)),
  ];
  if (told.length === 0) return { grid, findings: [] };
  const rut = last.cells.findIndex((cell) => meaningOf(cellText(cell))?.column === 'alumno.rutAlumno');
  const inUpper = top.cells.findIndex((cell) => meaningOf(cellText(cell))?.column === 'alumno.rutAlumno');
  const own = rut >= 0 ? rut : inUpper;
  if (own < 0) return { grid, findings: [] };
  // A table of a row per student and module has dates of the module too.
  const ofModules = known.has('modulo.porcentajeAvance');
  const columns = told.flatMap(({ field, cell }) => [
    { name: field as string, cell },
    ...(ofModules && field !== 'codigoGrupo' && !known.has(`modulo.${field}`)
      ? [{ name: MODULE[field], cell }]
      : []),
  ]);
  const width = grid.rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const called = new Map(grid.called);
  for (const { name } of columns) {
    const shown = `${nameOf(name)} que se dice sobre la tabla`;
    called.set(name, shown).set(`${OVER} · ${name}`, shown);
  }
  const rows = grid.rows.map((row): Row => {
    const cells = [...row.cells];
    if (row === last) for (const [index, { name }] of columns.entries()) cells[width + index] = name;
    // Over them stands what is of no module, and not the module before.
    else if (row === top) for (const index of columns.keys()) cells[width + index] = OVER;
    else if (row.number > last.number && !isBlank(row.cells[own]) && /\d/.test(cellText(row.cells[own])))
      for (const [index, { cell }] of columns.entries()) cells[width + index] = cell;
    else return row;
    return { ...row, cells };
  });
  return { grid: { ...grid, rows, called }, findings: fromAbove(grid, told) };
}

const MODULE = { fechaInicio: 'moduloFechaInicio', fechaFin: 'moduloFechaFin' } as const;
const OVER = 'Fechas';

function nameOf(column: string): string {
  if (column === 'codigoGrupo') return 'grupo';
  return column.endsWith('nicio') ? 'inicio' : 'término';
}

/** The columns that were added: no sheet has them, and who looks at its columns is not to seek them. */
export function isToldAbove(header: string): boolean {
  return / que se dice sobre la tabla$/.test(header);
}

function toldIn(rows: readonly Row[]): { field: Day; cell: Cell }[] {
  const found = rows.flatMap(({ cells }) => {
    const filled = cells.filter((cell): cell is Cell => !isBlank(cell));
    return filled.flatMap((cell, index) => toldBy(cellText(cell), filled[index + 1]));
  });
  return LABELS.flatMap(([field]) => {
    const [first, ...others] = found.filter((one) => one.field === field);
    const isOne = others.every(({ cell }) => cellText(cell) === cellText(first?.cell));
    return first !== undefined && isOne ? [first] : [];
  });
}

/** What a person said of the course's group holds against its title. */
function groupIn(rows: readonly Row[], answers: ColumnAnswers): Told[] {
  const texts = rows.map(({ cells }) => cells.map(cellText).join(' '));
  if (texts.some((text) => courseCodesIn(text).some((code) => groupOf(code, answers) !== ''))) return [];
  const [code, ...others] = new Set(texts.flatMap(groupCodesIn));
  return code === undefined || others.length > 0 ? [] : [{ field: 'codigoGrupo', cell: code }];
}

function toldBy(text: string, next: Cell | undefined): { field: Day; cell: Cell }[] {
  if (text.length > MAX_LENGTH) return [];
  const [, from, to] = PERIOD.exec(text.trim()) ?? [];
  if (from !== undefined && to !== undefined)
    return [
      { field: 'fechaInicio', cell: from },
      { field: 'fechaFin', cell: to },
    ];
  return LABELS.flatMap(([field, label]) => {
    const match = label.exec(text.trim());
    if (match === null) return [];
    const rest = text.trim().slice(match[0].length).trim();
    if (ALONE.test(rest)) return [{ field, cell: rest }];
    if (rest !== '' || next === undefined || next === null) return [];
    const isDay = typeof next === 'object' ? next.kind === 'date' : ALONE.test(cellText(next).trim());
    return isDay ? [{ field, cell: next }] : [];
  });
}

function fromAbove(grid: Grid, told: readonly Told[]): Issue[] {
  const place = tablePlace(grid);
  const days = told.filter(({ field }) => field !== 'codigoGrupo');
  const group = told.find(({ field }) => field === 'codigoGrupo');
  const what = days.map(({ field, cell }) => `${nameOf(field)} «${cellText(cell)}»`).join(' y ');
  return [
    ...(days.length === 0
      ? []
      : [
          warning({
            message: `En ${place}, la tabla no trae fechas, y se usaron para todas sus personas las que se dicen sobre ella: ${what}.`,
            fix: 'Si alguien tiene otras, agregue a la tabla una columna «fechaInicio» y una «fechaFin».',
            place,
          }),
        ]),
    ...(group === undefined
      ? []
      : [
          warning({
            message: `En ${place}, la tabla no trae el grupo, y se usó para todas sus personas el que se dice sobre ella: «${cellText(group.cell)}».`,
            fix: 'Si alguien es de otro, agregue a la tabla una columna «codigoGrupo».',
            place,
          }),
        ]),
  ];
}
