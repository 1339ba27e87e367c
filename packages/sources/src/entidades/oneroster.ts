import { join } from 'node:path';
import { Temporal } from '@js-temporal/polyfill';
import type { Entity } from './contract.ts';
import { csvTable } from './csv.ts';
import type { EntityTable } from './tables.ts';

/** What a OneRoster 1.2 CSV export is made of: three files make one, the rest adds to it or is not needed. */
const NEEDED = ['classes.csv', 'enrollments.csv', 'users.csv'];
const KNOWN = new Set([
  ...NEEDED,
  ...['academicSessions', 'categories', 'classResources', 'courseResources', 'courses', 'demographics'].map(
    csv,
  ),
  ...[
    'lineItems',
    'lineItemLearningObjectiveIds',
    'lineItemScoreScales',
    'manifest',
    'orgs',
    'resources',
  ].map(csv),
  ...['resultLearningObjectiveIds', 'results', 'resultScoreScales', 'roles', 'scoreScales'].map(csv),
  ...['userProfiles', 'userResources'].map(csv),
]);

export function isOneRoster(names: readonly string[]): boolean {
  return NEEDED.every((name) => names.includes(name));
}

/** Whether a file is one of the export's, read or not. */
export function isOfOneRoster(name: string): boolean {
  return KNOWN.has(name);
}

/**
 * The cursos, alumnos and notas of an export: a class is a course (its course's code the oferta, its own the group),
 * its students' enrolments are alumnos, results of a line item a nota. The last days there are exclusive [OneRoster 1.2].
 */
export function oneRosterTables(folder: string, names: readonly string[]): EntityTable[] {
  const records = (name: string, signal: AbortSignal | undefined) =>
    names.includes(name) ? recordsIn(join(folder, name), name, signal) : Promise.resolve([]);
  const table = (entity: Entity, place: string, columns: string[], rows: Rows): EntityTable => ({
    ...{ entity, place },
    async read(sink, { signal }) {
      sink.columns(columns);
      for (const { cells, number } of await rows((name) => records(name, signal))) sink.row(cells, number);
    },
  });
  const tables = [
    table(
      'cursos',
      'classes.csv',
      ['curso', 'codigoOferta', 'codigoGrupo', 'nombre', 'inicio', 'fin'],
      cursos,
    ),
    table(
      'alumnos',
      'enrollments.csv',
      ['curso', 'alumno', 'rut', 'rut2', 'nombre', 'inicio', 'fin', 'activo'],
      alumnos,
    ),
  ];
  const hasMarks = names.includes('results.csv') && names.includes('lineItems.csv');
  return hasMarks
    ? [...tables, table('notas', 'results.csv', ['curso', 'alumno', 'modulo', 'nota'], notas)]
    : tables;
}

type Files = (name: string) => Promise<OneRosterRow[]>;
type Rows = (files: Files) => Promise<{ cells: unknown[]; number: number }[]>;
interface OneRosterRow {
  number: number;
  of(column: string): string;
}

const cursos: Rows = async (files) => {
  const courses = byId(await files('courses.csv'));
  const sessions = byId(await files('academicSessions.csv'));
  return (await files('classes.csv')).map((one) => {
    const terms = one
      .of('termSourcedIds')
      .split(',')
      .flatMap((id) => sessions.get(id.trim()) ?? []);
    const days = (column: string) =>
      terms
        .map((term) => term.of(column))
        .filter((day) => day !== '')
        .sort();
    const oferta = courses.get(one.of('courseSourcedId'))?.of('courseCode') ?? '';
    const [inicio = '', fin = ''] = [days('startDate')[0], days('endDate').at(-1)];
    const cells = [one.of('sourcedId'), oferta, one.of('classCode'), one.of('title'), inicio, dayBefore(fin)];
    return { cells, number: one.number };
  });
};

const alumnos: Rows = async (files) => {
  const users = byId(await files('users.csv'));
  return (await files('enrollments.csv'))
    .filter((one) => one.of('role') === 'student')
    .map((one) => {
      const id = one.of('userSourcedId');
      const user = users.get(id);
      const of = (column: string) => user?.of(column) ?? '';
      const nombre = `${of('givenName')} ${of('familyName')}`.trim();
      const activo = of('enabledUser') === 'false' ? 'no' : '';
      const days = [one.of('beginDate'), dayBefore(one.of('endDate'))];
      const cells = [one.of('classSourcedId'), id, of('identifier'), of('username'), nombre, ...days, activo];
      return { cells, number: one.number };
    });
};

/** A line item that is called final is the course's; any other is that of the module that is called as it is. */
const notas: Rows = async (files) => {
  const items = byId(await files('lineItems.csv'));
  return (await files('results.csv')).flatMap((one) => {
    const item = items.get(one.of('lineItemSourcedId'));
    const isGraded = ['', 'fully graded'].includes(one.of('scoreStatus'));
    if (!item || !isGraded || one.of('score') === '') return [];
    const title = item.of('title');
    const modulo = /^((nota|evaluaci[oó]n) )?final$/i.test(title) ? '' : title;
    const nota = percentOf(one.of('score'), item);
    return [
      { cells: [item.of('classSourcedId'), one.of('studentSourcedId'), modulo, nota], number: one.number },
    ];
  });
};

/** Of a scale from 0; one that begins above it (1,0 to 7,0) has no percentage without its own rule, and is told as it is. */
function percentOf(score: string, item: OneRosterRow): string | number {
  const [least, most] = [Number(item.of('resultValueMin') || 0), Number(item.of('resultValueMax') || 100)];
  const value = Number(score);
  if (least !== 0 || !(most > 0) || !Number.isFinite(value))
    return `${score} en la escala de ${least} a ${most}`;
  return Number(((value / most) * 100).toPrecision(12));
}

function byId(records: readonly OneRosterRow[]): Map<string, OneRosterRow> {
  return new Map(records.map((one) => [one.of('sourcedId'), one]));
}

/** The rows of a file that are still in force. */
async function recordsIn(
  path: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<OneRosterRow[]> {
  const records: OneRosterRow[] = [];
  let at = new Map<string, number>();
  const sink = {
    columns: (names: readonly string[]) => {
      at = new Map(names.map((column, index) => [column.trim(), index]));
    },
    row: (cells: readonly unknown[], number: number) => {
      const of = (column: string) => String(cells[at.get(column) ?? -1] ?? '').trim();
      if (of('status') !== 'tobedeleted') records.push({ number, of });
    },
  };
  await csvTable('cursos', path, name).read(sink, { courses: null, signal });
  return records;
}

function dayBefore(day: string): string {
  try {
    return day === '' ? '' : Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
  } catch {
    // What is no day is told where it stands.
    return day;
  }
}

function csv(name: string): string {
  return `${name}.csv`;
}
