import type { ModuloColumn } from '../column-names.ts';
import { meaningOf, normalise } from '../columns.ts';
import type { ColumnAnswers } from '../decide/answers.ts';
import { cellText, type Grid, type Row } from '../grid.ts';
import { NEVER_READ, NOT_USED } from '../named-columns.ts';
import { headerOf } from '../table.ts';
import { answerFor, saidOfColumn } from './module-answers.ts';
import { fieldNamed, moduleName, moduleTitled, type NamedModule } from './module-names.ts';

/** A column of one module in a sheet that has its modules side by side. */
export interface ModuleColumn {
  index: number;
  field: ModuloColumn;
  module: NamedModule;
  said: string | null;
  /** As the file calls it; of two rows of names, both. */
  header: string;
}

/** The names of a sheet that has one row per student and its modules side by side. */
export interface WideHeader {
  /** The row that names columns; of two, the lower one. */
  row: Row;
  /** What stands over it. */
  above: Row | null;
  /** By column, as the file calls each. */
  names: string[];
  /** Names of the columns that are no module's, as they are to be understood. */
  own: string[];
  columns: ModuleColumn[];
  /** Columns called by a unit alone that were taken for times. */
  byUnit: string[];
}

/** What stands over columns that are about the whole course, or about the student. */
const GENERAL =
  /^(totale?s?|general(es)?|curso|global|alumnos?|participantes?|estudiantes?|resumen|datos|final|identificaci[oó]n|informaci[oó]n|resultados?|promedio|fechas?|per[ií]odo|antecedentes)(\s+(y|del?|la|los|curso|alumnos?|participantes?|estudiantes?|general(es)?|final(es)?|personal(es)?|total))*$/iu;

/** The names of a wide sheet; null where the sheet is none. */
export function wideHeader(grid: Grid, answers: ColumnAnswers): WideHeader | null {
  const header = headerOf(grid);
  if (header === null) return null;
  const at = grid.rows.indexOf(header);
  const [before, after] = [grid.rows[at - 1], grid.rows[at + 1]];
  const of = (said: ColumnAnswers) =>
    (before && twoRows(before, header, said)) ??
    (after && twoRows(header, after, said)) ??
    oneRow(header, said);
  const named = of(answers);
  if (named !== null) return named;
  const byUnit = timesByUnit(grid, at);
  if (byUnit.size === 0) return null;
  const wide = of({ ...Object.fromEntries(byUnit), ...answers });
  return (
    wide && { ...wide, byUnit: [...byUnit.keys()].filter((name) => answerFor(answers, name) === undefined) }
  );
}

/** `Horas`, `Módulo 1 · Min.`, `Masas (PRES044000000011) horas`, `Horas totales`. */
const UNIT_ALONE =
  /^(?:(?<of>.*?)[\s·)\]:|–-]+)?(?:min|mins|minutos|hrs?|horas|segundos)\.?(?:\s+(?:total(?:es)?|curso))?$/iu;

/** Longer than any name of a column. */
const MAX_NAME = 200;

/**
 * Columns that say no more than a unit, of a module or of the whole course: alone they may be what a module lasts,
 * which is the same for everybody, so only those in which people differ are times.
 */
function timesByUnit(grid: Grid, at: number): Map<string, string> {
  const found = new Map<string, string>();
  const consider = (header: string, index: number, below: number) => {
    const match = header.length > MAX_NAME ? null : UNIT_ALONE.exec(header);
    if (match === null) return;
    const of = match.groups?.of;
    const isOfCourse = of === undefined || GENERAL.test(of.trim());
    const titled = moduleTitled(of ?? '');
    if (!isOfCourse && titled.code === null && !/^m\d+$/.test(titled.key)) return;
    const values = new Set(grid.rows.slice(below).flatMap(({ cells }) => cellText(cells[index]) || []));
    if (values.size < 3) return;
    const unit = unitIn(header);
    found.set(
      header,
      isOfCourse ? `tiempoConectividad${unit ? ` (${unit})` : ''}` : 'moduloTiempoConectividad',
    );
  };
  const [before, header, after] = [grid.rows[at - 1], grid.rows[at], grid.rows[at + 1]];
  for (const [index, cell] of (header?.cells ?? []).entries()) consider(cellText(cell), index, at + 1);
  for (const [upper, lower, below] of [
    [before, header, at + 1],
    [header, after, at + 2],
  ] as const)
    if (upper && lower)
      for (const [index, { group, lower: name }] of pairsOf(upper, lower).entries())
        if (group !== '' && name !== '' && group !== name) consider(`${group} · ${name}`, index, below);
  return found;
}

function oneRow(row: Row, answers: ColumnAnswers): WideHeader | null {
  const names = Array.from(row.cells, cellText);
  const found = names.flatMap((header, index): (ModuleColumn & { bare: boolean })[] => {
    const answer = answerFor(answers, header);
    if (header === '' || answer === NOT_USED) return [];
    const said = saidBy(answer, header);
    const name = said ?? (meaningOf(header) === undefined ? moduleName(header) : null);
    return name === null ? [] : [{ index, header, bare: false, ...name }];
  });
  const sure = found.filter(({ bare }) => !bare);
  const columns = sure.length > 0 ? sure : numbersAlone(found);
  const own = names.map((name) => {
    const answer = answerFor(answers, name);
    return answer?.startsWith('tiempoConectividad') ? answer : name;
  });
  return hasModules(names, columns) ? { row, above: null, names, own, columns, byUnit: [] } : null;
}

/** What a person said of a column: its field, and the module by what was said or by the column's own name. */
function saidBy(answer: string | undefined, header: string) {
  const said = answer === undefined ? null : saidOfColumn(answer);
  if (said === null) return null;
  const titled = moduleTitled(header);
  const module = said.module ?? (titled.code !== null || /^m\d+$/.test(titled.key) ? titled : null);
  return module === null ? null : { field: said.field, module: named(module), said: unitIn(header) };
}

/** A module that a column names by its number is called so and not by all of the column's name. */
function named(module: NamedModule): NamedModule {
  return /^m\d+$/.test(module.key)
    ? { ...module, name: module.key.toUpperCase() }
    : { ...module, name: module.code ?? module.name };
}

function unitIn(header: string): string | null {
  return /(?<![\p{L}])(min|minutos|horas|hrs|segundos)(?![\p{L}])/iu.exec(header)?.[1] ?? null;
}

/** `Avance 1`, `Tiempo 1`, `Avance 2`, `Tiempo 2`: numbers that each have what a module must have. */
function numbersAlone<T extends ModuleColumn>(found: readonly T[]): T[] {
  const has = (key: string, field: ModuloColumn) =>
    found.some((one) => one.module.key === key && one.field === field);
  const keys = new Set(
    found
      .map(({ module }) => module.key)
      .filter((key) => has(key, 'porcentajeAvance') && has(key, 'tiempoConectividad')),
  );
  return keys.size < 2 ? [] : found.filter(({ module }) => keys.has(module.key));
}

/** What each module must have: without it the sheet is one of students, with something about modules beside. */
const NEEDED = ['porcentajeAvance', 'tiempoConectividad'] as const satisfies readonly ModuloColumn[];

/** A column that names a module's code makes a row per module; one column alone may be anything. */
function hasModules(names: readonly string[], columns: readonly ModuleColumn[]): boolean {
  const taken = new Set(columns.map(({ index }) => index));
  const isLong = names.some(
    (name, index) => !taken.has(index) && meaningOf(name)?.column === 'modulo.codigoModulo',
  );
  const naming = names.some(
    (name, index) => !taken.has(index) && meaningOf(name)?.column === 'alumno.rutAlumno',
  );
  return naming && !isLong && NEEDED.every((field) => columns.some((one) => one.field === field));
}

function twoRows(above: Row, row: Row, answers: ColumnAnswers): WideHeader | null {
  // A title stands alone in its row.
  if (new Set(above.cells.map(cellText).filter((text) => text !== '')).size < 2) return null;
  const pairs = pairsOf(above, row);
  const ofPeople = new Set(
    pairs.flatMap(({ group, lower }) =>
      group !== lower && WHO.test(meaningOf(lower)?.column ?? '') ? group : [],
    ),
  );
  const names = pairs.map(({ group, upper, lower }) =>
    group !== '' && lower !== '' && group !== lower ? `${group} · ${lower}` : lower || upper,
  );
  const own: string[] = [];
  const columns: ModuleColumn[] = [];
  for (const [index, { group, upper, lower }] of pairs.entries()) {
    const header = names[index] ?? '';
    const answer = answerFor(answers, header);
    const isTitle =
      ![lower, ''].includes(group) &&
      !ofPeople.has(group) &&
      !GENERAL.test(group) &&
      meaningOf(group) === undefined;
    const field = isTitle ? fieldNamed(lower) : null;
    const ofTitle = field && { module: moduleTitled(group), ...field };
    const found = answer === NOT_USED ? null : (saidBy(answer, header) ?? moduleName(lower) ?? ofTitle);
    if (found !== null) {
      columns.push({ index, header, field: found.field, module: found.module, said: found.said });
      own[index] = '';
    } else if (answer !== undefined) own[index] = answer === NOT_USED ? NEVER_READ : answer;
    else own[index] = [lower, upper].find((name) => meaningOf(name) !== undefined) ?? header;
  }
  return isWide(columns, own) ? { row, above, names, own, columns, byUnit: [] } : null;
}

/** Who a row is about, or whose course. */
const WHO = /^curso\.|^alumno\.(rut|dv|nombre|apellidos)/;

interface Pair {
  /** What stands over the column, also where it is merged over several. */
  group: string;
  upper: string;
  lower: string;
}

/** Merged cells show only their first one: what follows is under it until something of it comes again. */
function pairsOf(above: Row, row: Row): Pair[] {
  const width = Math.max(above.cells.length, row.cells.length);
  let group = '';
  const seen = new Set<string>();
  const pairs = Array.from({ length: width }, (_, index): Pair => {
    const [upper, lower] = [cellText(above.cells[index]), cellText(row.cells[index])];
    const field = fieldNamed(lower)?.field;
    if (upper !== '' && upper !== group) {
      group = upper;
      seen.clear();
    } else if (upper === '' && (lower === '' || (field !== undefined && seen.has(field)))) group = '';
    if (field !== undefined) seen.add(field);
    return { group, upper, lower };
  });
  return withoutTail(pairs);
}

/** What is called after the whole course. */
const OF_COURSE = /(?<!\p{L})(finale?s?|totale?s?|generale?s?|global|curso)(?!\p{L})/iu;

/**
 * Behind the last module the columns of the course begin, and nothing stands over them: `Nota final`, `Observación`.
 * They are known by what none of the other modules has.
 */
function withoutTail(pairs: readonly Pair[]): Pair[] {
  const last = pairs.at(-1)?.group ?? '';
  const first = pairs.findLastIndex(({ group }) => group !== last) + 1;
  const others = new Set(
    pairs.slice(0, first).flatMap(({ group, lower }) => (group === '' ? [] : normalise(lower))),
  );
  const end = pairs.findIndex(
    ({ upper, lower }, at) =>
      at >= first &&
      upper === '' &&
      !others.has(normalise(lower)) &&
      (fieldNamed(lower) === null || OF_COURSE.test(lower)),
  );
  if (last === '' || others.size === 0 || end < 0) return [...pairs];
  return pairs.map((pair, at) => (at < end ? pair : { ...pair, group: '' }));
}

/** Numbers and codes are of modules; titles are where there are several with the same below; one alone leaves the course its own. */
function isWide(columns: readonly ModuleColumn[], own: readonly string[]): boolean {
  const modules = new Set(columns.map(({ module }) => module.key));
  const isNamed = columns.some(({ module }) => module.code !== null || /^m\d+$/.test(module.key));
  const repeats = columns.length > new Set(columns.map(({ field }) => field)).size;
  const ofCourse = own.some((name) => meaningOf(name)?.column === 'alumno.porcentajeAvance');
  return (modules.size > 1 ? isNamed || repeats : isNamed && ofCourse) && hasModules(own, columns);
}
