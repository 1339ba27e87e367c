import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Issue } from '@puente-sic/protocol';
import { attempt, isTemporary, readBytes } from '../archivo/files.ts';
import type { Grid } from '../archivo/grid.ts';
import { isOds, readOds } from '../archivo/ods.ts';
import { unpack } from '../archivo/xlsx/package.ts';
import { readXlsx } from '../archivo/xlsx/workbook.ts';
import { warning } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import { SourceError } from '../source.ts';
import { entityOf } from './columns.ts';
import { csvTable } from './csv.ts';
import { ndjsonTable } from './ndjson.ts';
import { isOfOneRoster, isOneRoster, oneRosterTables } from './oneroster.ts';
import type { EntityTable, EntityTables } from './tables.ts';

/**
 * The tables of a folder: a CSV, NDJSON or sheet of a workbook per entity, each known by its name.
 * @throws SourceError where the folder or a workbook cannot be read.
 */
export async function folderTables(folder: string, signal: AbortSignal | undefined): Promise<EntityTables> {
  const found = await attempt(folder, () => stat(folder));
  if (!found.isDirectory()) throw noFolder(folder);
  const entries = await attempt(folder, () => readdir(folder, { withFileTypes: true }));
  const names = entries
    .filter((entry) => !entry.isDirectory() && !isTemporary(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => (a < b ? -1 : 1));
  const marks = await marksOf(folder, names);
  const isExport = isOneRoster(names);
  const tables: EntityTable[] = isExport ? oneRosterTables(folder, names) : [];
  const others: string[] = [];
  for (const name of names) {
    signal?.throwIfAborted();
    if (isExport && isOfOneRoster(name)) continue;
    const own = await tablesOf(join(folder, name), name, signal);
    if (own.length === 0) others.push(name);
    tables.push(...own);
  }
  if (tables.length === 0) throw nothingIn(folder, names);
  return {
    tables: tables.map((table) => unchanged(table, folder, marks)),
    findings: others.length === 0 ? [] : [notRead(others)],
    zone: async () => null,
  };
}

/** When each file was written, and how long it is. */
async function marksOf(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const marks = new Map<string, string>();
  for (const name of names) {
    const { size, mtimeMs, ino } = await attempt(name, () => stat(join(folder, name)));
    marks.set(name, `${size} ${mtimeMs} ${ino}`);
  }
  return marks;
}

/** One look at one moment: whatever is written into any of the files meanwhile makes two halves of two nights. */
function unchanged(table: EntityTable, folder: string, marks: ReadonlyMap<string, string>): EntityTable {
  return {
    ...table,
    async read(sink, look) {
      await table.read(sink, look);
      const now = await marksOf(folder, [...marks.keys()]);
      const changed = [...marks].flatMap(([name, mark]) => (now.get(name) === mark ? [] : [name]));
      if (changed.length > 0) throw whileRead(changed);
    },
  };
}

async function tablesOf(path: string, name: string, signal: AbortSignal | undefined): Promise<EntityTable[]> {
  const extension = extname(name).toLowerCase();
  const entity = entityOf(basename(name, extname(name)));
  if (extension === '.csv' && entity) return [csvTable(entity, path, name)];
  if (extension === '.ndjson' && entity) return [ndjsonTable(entity, path, name)];
  if (extension !== '.xlsx' && extension !== '.ods') return [];
  const parts = unpack(await readBytes({ path, name }, signal), name);
  const sheets = (isOds(parts) ? readOds(parts, name) : readXlsx(parts, name)).filter(
    ({ hidden }) => !hidden,
  );
  const [only, ...more] = sheets;
  // A workbook that is named after an entity needs no name on its only sheet.
  if (entity && only && more.length === 0) return [gridTable(entity, only)];
  return sheets.flatMap((grid) => {
    const own = entityOf(grid.sheet ?? '');
    return own ? [gridTable(own, grid)] : [];
  });
}

function gridTable(entity: EntityTable['entity'], grid: Grid): EntityTable {
  const isFilled = ({ cells }: Grid['rows'][number]) =>
    cells.some((cell) => cell !== undefined && cell !== null && cell !== '');
  const [header, ...rows] = grid.rows.filter(isFilled);
  const place = grid.sheet === null ? grid.file : `${grid.file}, hoja ${grid.sheet}`;
  return {
    entity,
    place,
    async read(sink, { signal }) {
      const names = [...(header?.cells ?? [])].map((cell) => (typeof cell === 'string' ? cell : ''));
      sink.columns(names);
      for (const { cells, number } of rows) {
        signal?.throwIfAborted();
        sink.row(cells, number);
      }
    },
  };
}

function whileRead(names: string[]): SourceError {
  return new SourceError(
    'down',
    `Mientras se leía la carpeta se escribió en ${listed(names)}: lo leído sería mitad de antes y mitad de después, y no se usa.`,
    'Puente lo intentará de nuevo. Que su sistema escriba cada archivo con otro nombre y lo renombre al final, fuera de la hora de envío.',
  );
}

function noFolder(folder: string): SourceError {
  return new SourceError(
    'wrong',
    `${folder} no es una carpeta.`,
    'Escriba en `ruta` la carpeta que tiene un archivo por entidad: cursos.csv, alumnos.csv…',
  );
}

function nothingIn(folder: string, names: string[]): SourceError {
  return new SourceError(
    'wrong',
    `En la carpeta ${folder} no hay ningún archivo con el nombre de una entidad${names.length > 0 ? `; hay ${listed(names)}` : ''}.`,
    'Deje ahí cursos.csv, alumnos.csv, modulos.csv y los demás (o .xlsx, .ods, .ndjson); docs/entidades.md los describe.',
  );
}

function notRead(names: string[]): Issue {
  return warning({
    message: `En la carpeta hay archivos que no se leen, porque no llevan el nombre de una entidad: ${listed(names)}.`,
    fix: 'Si alguno trae datos, póngale el nombre de su entidad: cursos, alumnos, modulos, actividades, avances, porcentajes, notas, clics o tiempos.',
  });
}
