import { type Issue, readingOfRut } from '@puente-sic/protocol';
import { assign, differ, modulesIn, NEVER_MISSED } from './assign.ts';
import type { Column } from './column-names.ts';
import { countRecognised, meaningOf, normalise } from './columns.ts';
import { cellText, type Grid, isBlank, type Row, tablePlace } from './grid.ts';
import { moodleReportIn } from './moodle-report.ts';
import { namelessColumns } from './nameless.ts';
import { peopleIn } from './people-in.ts';
import { isHeader, regionsOf } from './regions.ts';
import type { Roster } from './roster.ts';
import { strangersIn } from './strangers.ts';
import {
  columnsTwice,
  doubledColumns,
  misplacedColumns,
  missingColumns,
  mixedHeader,
  modulesBeside,
  roster,
  separatorWithin,
  summary,
  unusedColumns,
  withoutHeader,
  withoutRows,
} from './table-findings.ts';
import type { Role, Table } from './table-parts.ts';

/** Lines above the header (a title, a logo, who exported it) that are looked through at most. */
const MAX_LINES_ABOVE = 30;

const REQUIRED: Record<Role, Column[]> = {
  plana: [
    'alumno.rutAlumno',
    'alumno.tiempoConectividad',
    'alumno.porcentajeAvance',
    'alumno.fechaInicio',
    'alumno.fechaFin',
    'modulo.codigoModulo',
    'modulo.tiempoConectividad',
    'modulo.porcentajeAvance',
    'modulo.fechaInicio',
    'modulo.fechaFin',
  ],
  alumnos: [
    'alumno.rutAlumno',
    'alumno.tiempoConectividad',
    'alumno.porcentajeAvance',
    'alumno.fechaInicio',
    'alumno.fechaFin',
  ],
  modulos: [
    'alumno.rutAlumno',
    'modulo.codigoModulo',
    'modulo.tiempoConectividad',
    'modulo.porcentajeAvance',
    'modulo.fechaInicio',
    'modulo.fechaFin',
  ],
};

interface Recognised {
  tables: Table[];
  findings: Issue[];
  rosters: Roster[];
  /** Grids without names of columns that tell whom they are about. */
  unread: Grid[];
}

/** Understands the headers of the grids of one file. A grid that cannot be used is told, and gives no table. */
export function recogniseTables(grids: Grid[]): Recognised {
  const all = grids.flatMap(regionsOf).map((grid) => ({ grid, header: headerOf(grid) }));
  const reports = new Map(
    all.flatMap(({ grid, header }) => {
      const report = moodleReportIn(grid);
      // Somebody has added to the download what it lacks: then it is a sheet like others.
      const usable = report !== null && header !== null && recognise(grid, header).table !== null;
      return report === null || usable ? [] : [[grid, report]];
    }),
  );
  const seen = all.filter(({ grid }) => !reports.has(grid));
  const aboutPeople = seen.filter(({ header }) => header !== null && namesPeople(header));
  // A summary or an index beside the data is nobody's mistake.
  const known = aboutPeople.length > 0 ? aboutPeople : seen;
  const file = grids[0]?.file ?? '';
  if (known.every(({ header }) => header === null)) {
    // Beside a report that says why it is not read, sheets without names are its notes.
    const findings = reports.size > 0 ? [] : [withoutHeader(grids, file)];
    return { tables: [], findings, rosters: [...reports.values()], unread: seen.map(({ grid }) => grid) };
  }

  const tables: Table[] = [];
  const findings: Issue[] = [];
  const rosters: Roster[] = [...reports.values()];
  for (const { grid, header } of known) {
    if (header === null) continue;
    const { table, problems } = recognise(grid, header);
    const [alone, ...others] = problems;
    if (alone !== undefined && isRoster(header)) {
      rosters.push({ alone, beside: roster(grid, peopleIn(grid, header)) });
      continue;
    }
    if (alone !== undefined && table === null && others.length === 0 && roleOf(texts(header)) === 'alumnos') {
      const [{ people } = { people: [] }] = strangersIn(grid, grid.rows);
      rosters.push({ alone, beside: summary(grid), keys: people.map(({ key }) => key) });
      continue;
    }
    findings.push(...problems);
    if (table !== null && table.rows.length === 0) findings.push(withoutRows(grid));
    else if (table !== null) tables.push(table);
  }
  const unread = seen.filter((each) => !known.includes(each) || each.header === null).map(({ grid }) => grid);
  return { tables, findings, rosters, unread };
}

/** Whether a table says who people are, and has no column that may say what they did. */
function isRoster(header: Row): boolean {
  const columns = texts(header).map((name) => ({ name, column: meaningOf(name)?.column }));
  return (
    columns.some(({ column }) => column === 'alumno.rutAlumno') &&
    columns.every(({ name, column }) =>
      column === undefined
        ? name === '' || NEVER_MISSED.test(normalise(name))
        : column === 'alumno.rutAlumno' || WHO.has(column),
    )
  );
}

const WHO = new Set<Column>([
  'alumno.dvAlumno',
  'alumno.nombre',
  'alumno.apellidos',
  'curso.codigoOferta',
  'curso.codigoGrupo',
  'curso.nombreCurso',
  'curso.rutOtec',
  'curso.dvOtec',
]);

function recognise(grid: Grid, header: Row): { table: Table | null; problems: Issue[] } {
  const headers = texts(header);
  const role = roleOf(headers);
  const assigned = assign(headers, role);
  const { unused, doubled, passedOver, misplaced } = assigned;
  const { columns, twice } = asCalled(assigned, grid);
  const place = tablePlace(grid);
  const missing = REQUIRED[role].filter((column) => !columns.has(column));
  const glued = headers.find((name) => separatorWithin(name) !== null);
  if (missing.length > 0 && glued !== undefined)
    return { table: null, problems: [mixedHeader(grid, glued, peopleIn(grid, header))] };
  if (twice.length > 0 || missing.length > 0) {
    const people = peopleIn(grid, header);
    return {
      table: null,
      problems: [
        ...(twice.length > 0 ? [columnsTwice(place, twice, people)] : []),
        ...(missing.length > 0 ? [missingColumns(grid, role, missing, { people, unused })] : []),
      ],
    };
  }
  const problems: Issue[] = [];
  const beside = role === 'alumnos' ? modulesIn(unused) : [];
  const others = unused.filter((header) => !beside.includes(header));
  if (beside.length > 0) problems.push(modulesBeside(place, beside));
  if (others.length > 0) problems.push(unusedColumns(place, others));
  const rows = dataRows(grid, header, columns);
  const second = [...doubled, ...passedOver.filter((pair) => differ(rows, pair))];
  if (second.length > 0) problems.push(doubledColumns(place, second));
  if (misplaced.length > 0) problems.push(misplacedColumns(place, role, misplaced));
  problems.push(...namelessColumns(grid, headers, rows));
  const table: Table = {
    grid,
    role,
    columns,
    titles: headers,
    headers: { alumno: headersOf(columns, 'alumno'), modulo: headersOf(columns, 'modulo') },
    width: headers.findLastIndex((name) => name !== '') + 1,
    rows,
  };
  return { table, problems };
}

/** What a row of names is understood as, whether or not it makes a table. */
export function columnsIn(header: Row): Table['columns'] {
  const headers = texts(header);
  return assign(headers, roleOf(headers)).columns;
}

/** Columns that a person named go on being called as the file does. */
function asCalled(
  { columns, twice }: Pick<ReturnType<typeof assign>, 'columns' | 'twice'>,
  { called }: Grid,
): Pick<ReturnType<typeof assign>, 'columns' | 'twice'> {
  if (called === undefined) return { columns, twice };
  const nameOf = (header: string) => called.get(header) ?? header;
  const own = [...columns].map(
    ([column, place]) => [column, { ...place, header: nameOf(place.header) }] as const,
  );
  return { columns: new Map(own), twice: twice.map(([column, names]) => [column, names.map(nameOf)]) };
}

/** The row that names most columns, among the first ones; at least two. Sorting a sheet may carry it further down. */
export function headerOf(grid: Grid): Row | null {
  let best: Row | null = null;
  let most = 1;
  for (const row of grid.rows.slice(0, MAX_LINES_ABOVE)) {
    const count = countRecognised(texts(row));
    if (count > most) [best, most] = [row, count];
  }
  return best ?? grid.rows.find(isHeader) ?? null;
}

function namesPeople(header: Row): boolean {
  const columns = texts(header).map((name) => meaningOf(name)?.column);
  return columns.includes('alumno.rutAlumno') || columns.includes('modulo.codigoModulo');
}

/** Without any column marked as a module's, a table is about students, or with module codes about modules alone. */
function roleOf(headers: string[]): Role {
  const columns = headers.flatMap((header) => meaningOf(header)?.column ?? []);
  const marked = REQUIRED.plana.some(
    (column) => column.startsWith('modulo.') && column !== 'modulo.codigoModulo' && columns.includes(column),
  );
  if (marked) return 'plana';
  return columns.includes('modulo.codigoModulo') ? 'modulos' : 'alumnos';
}

function headersOf(columns: Table['columns'], level: 'alumno' | 'modulo'): Record<string, string> {
  const own = [...columns].filter(([column]) => column.startsWith(`${level}.`));
  return Object.fromEntries(own.map(([column, { header }]) => [column.slice(level.length + 1), header]));
}

function dataRows(grid: Grid, header: Row, columns: Table['columns']): Row[] {
  const known = [...columns.values()].map(({ index }) => index);
  const rut = columns.get('alumno.rutAlumno')?.index ?? 0;
  const filled = (cells: Row['cells']): number => known.filter((index) => !isBlank(cells[index])).length;
  return grid.rows.filter(
    ({ number, cells }) =>
      number !== header.number &&
      // Above the header stand titles, and people where the sheet was sorted with it.
      (number > header.number ||
        (readingOfRut(cellText(cells[rut])).kind === 'rut' && filled(cells) > known.length / 2)) &&
      known.some((index) => !isBlank(cells[index])) &&
      // Exports of several pages repeat their header.
      meaningOf(cellText(cells[rut]))?.column !== 'alumno.rutAlumno',
  );
}

function texts(row: Row): string[] {
  return Array.from(row.cells, cellText);
}
