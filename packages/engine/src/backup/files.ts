import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_FILE } from '../ledger/file.ts';
import { readManifest } from './manifest.ts';

/** Where a state folder keeps the backups that it makes of itself. */
export function ownBackups(datos: string): string {
  return join(datos, 'respaldos');
}

/** The whole ones among a state folder's backups of itself, newest first. */
export function ownBackupsOf(datos: string): { folder: string; hecho: string }[] {
  const place = ownBackups(datos);
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(place)
    .flatMap((name) => {
      const manifest = readManifest(join(place, name));
      return manifest === null ? [] : [{ folder: join(place, name), hecho: manifest.hecho }];
    })
    .sort((a, b) => b.hecho.localeCompare(a.hecho));
}

/** What a restore puts aside begins with this. */
export const PUT_ASIDE = 'antes-de-restaurar-';

/**
 * The names of everything in a state folder that a backup holds, the ledger first: what puente keeps there is a
 * database or a list of JSON lines in the folder itself. Locks are not, nor what an earlier restore put aside.
 */
export function stateFiles(datos: string): string[] {
  const names = readdirSync(datos, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(sqlite|ndjson)$/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => name !== LEDGER_FILE && !/^(candado-|antes-de-)/.test(name))
    .sort();
  return existsSync(join(datos, LEDGER_FILE)) ? [LEDGER_FILE, ...names] : names;
}

/** What SQLite keeps beside a database that is, or was, in use. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];

export function isDatabase(name: string): boolean {
  return name.endsWith('.sqlite');
}
