import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Rut, readRut } from '@puente-sic/protocol';
import { type LoadOptions, loadSettings } from '../config/load.ts';
import type { FuenteSettings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { ASIDE } from './files.ts';

/** Sheets in which a person stands, by their path. */
export interface SheetsOfPerson {
  /** Read each night; they are the provider's own. */
  inUse: string[];
  /** Put aside by the panel, or left half written by it: nobody reads them. */
  aside: string[];
  /** That cannot be looked through. */
  unreadable: string[];
}

/** The sources of puente.yaml; null: it cannot be read now. */
export async function fuentesIn(place: Omit<LoadOptions, 'needsTokens'>): Promise<FuenteSettings[] | null> {
  try {
    return (await loadSettings({ ...place, needsTokens: false })).settings.fuentes;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Looks through what sources read and what the panel put aside beside it. */
export async function sheetsThatHold(
  fuentes: readonly FuenteSettings[],
  typed: string,
): Promise<SheetsOfPerson> {
  const found: SheetsOfPerson = { inUse: [], aside: [], unreadable: [] };
  const rut = readRut(typed);
  if (rut === null) return found;
  for (const place of new Set(fuentes.flatMap((fuente) => placeOf(fuente) ?? []))) {
    const { folder, isMine } = await whatIsRead(place);
    for (const file of await filesIn(folder)) {
      if (isLeftOver(file)) await look(file, rut, found, 'aside');
      else if (isMine(file)) await look(file, rut, found, 'inUse');
    }
    for (const file of await filesIn(path.join(folder, ASIDE))) await look(file, rut, found, 'aside');
  }
  return found;
}

/** Deletes sheets that are in use no more; which. */
export async function forgetAside(files: readonly string[]): Promise<string[]> {
  for (const file of files) await rm(file, { force: true });
  return [...files];
}

async function look(file: string, rut: Rut, found: SheetsOfPerson, as: 'aside' | 'inUse'): Promise<void> {
  const { sheetNames } = await import('@puente-sic/sources');
  const holds = await readFile(file).then(
    (bytes) => sheetNames(bytes, rut.numero),
    () => null,
  );
  if (holds === null) found.unreadable.push(file);
  else if (holds) found[as].push(file);
}

/** A file or folder with rows of people. */
function placeOf(fuente: FuenteSettings): string | null {
  if (fuente.tipo === 'archivo' || fuente.tipo === 'entidades') return fuente.ruta;
  return (fuente.tipo === 'moodle-ws' ? fuente.tiempo?.csv : undefined) ?? null;
}

async function whatIsRead(place: string) {
  const isFolder = await stat(place).then(
    (stats) => stats.isDirectory(),
    () => path.extname(place) === '',
  );
  const folder = isFolder ? place : path.dirname(place);
  return { folder, isMine: (file: string) => isFolder || file === place };
}

/** As `writeWhole` names what it has not finished. */
function isLeftOver(file: string): boolean {
  return /^\..*\.nuevo$/.test(path.basename(file));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() ? [path.join(folder, entry.name)] : [])).sort();
}
