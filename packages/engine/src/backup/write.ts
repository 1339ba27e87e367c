import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { checkDatabase, copyDatabase, storeErrorOf } from '@puente-sic/store';
import { EngineFailure } from '../failure.ts';
import { LEDGER_FILE, ledgerFile } from '../ledger/file.ts';
import { isDatabase, stateFiles } from './files.ts';
import { type Manifest, markOf, readManifest, writeManifest } from './manifest.ts';

/**
 * Writes a copy of everything that a state folder keeps into a new folder, also while something is being sent; each
 * database in it is opened and looked through before the backup counts as one.
 * @throws EngineFailure where there is no ledger, the folder exists already, or the disk has no room.
 * @throws StoreError where a file of the state cannot be read, or the copy cannot be written.
 */
export async function backup(datos: string, folder: string, now: Date): Promise<void> {
  if (!existsSync(ledgerFile(datos))) {
    throw new EngineFailure(
      `En la carpeta de estado ${datos} no hay nada que respaldar.`,
      'Revise la carpeta (--datos o PUENTE_DATOS): debe ser la que usa «puente enviar» o «puente servir».',
    );
  }
  if (existsSync(folder)) {
    throw new EngineFailure(
      `${folder} ya existe.`,
      'Elija otro nombre: un respaldo nunca reemplaza a otro archivo ni carpeta.',
    );
  }
  await writeBackup(datos, folder, now, null);
}

/**
 * @param former a backup whose files are taken over, without taking room again, where they have not changed since.
 * @throws EngineFailure where the disk has no room, StoreError where a file cannot be used; no half of it is left.
 */
export async function writeBackup(
  datos: string,
  folder: string,
  now: Date,
  former: string | null,
): Promise<void> {
  const partial = `${folder}.parcial`;
  try {
    const unchanged = filesUnchanged(datos, former);
    const names = stateFiles(datos);
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    assertRoom(
      dirname(folder),
      names.filter((name) => !unchanged.has(name)).map((name) => join(datos, name)),
    );
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { mode: 0o700 });
    const archivos: Manifest['archivos'] = {};
    for (const name of names) {
      archivos[name] = markOf(statSync(join(datos, name)));
      if (former !== null && unchanged.has(name)) takeOver(join(former, name), join(partial, name));
      else await copy(join(datos, name), join(partial, name));
    }
    for (const name of names.filter(isDatabase)) checkDatabase(join(partial, name));
    writeManifest(partial, { formato: 1, hecho: now.toISOString(), archivos });
    renameSync(partial, folder);
  } catch (error) {
    if (existsSync(partial)) rmSync(partial, { recursive: true });
    throw storeErrorOf(error, folder);
  }
}

/** A write-ahead log keeps what is new from its database's date: such a file is never taken over, as the ledger. */
function filesUnchanged(datos: string, former: string | null): Set<string> {
  const before = former === null ? null : readManifest(former);
  const same = stateFiles(datos).filter((name) => {
    const { bytes, cambiado } = markOf(statSync(join(datos, name)));
    const then = before?.archivos[name];
    const isLogged = existsSync(join(datos, `${name}-wal`));
    return name !== LEDGER_FILE && !isLogged && then?.bytes === bytes && then.cambiado === cambiado;
  });
  return new Set(same);
}

async function copy(from: string, to: string): Promise<void> {
  if (isDatabase(from)) return copyDatabase(from, to);
  copyFileSync(from, to);
  chmodSync(to, 0o600);
}

/** One file under two names; on a disk that knows no links, a copy. */
function takeOver(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function assertRoom(folder: string, files: readonly string[]): void {
  const needed = files.reduce((sum, file) => sum + statSync(file).size, 0) + MARGIN_BYTES;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= needed) return;
  throw new EngineFailure(
    `No hay espacio para un respaldo en ${folder}: harían falta ${megabytes(needed)} MB y quedan ${megabytes(bavail * bsize)}.`,
    'Libere espacio en ese disco, o respalde en otro con «puente respaldar». El registro no se tocó.',
  );
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 1_000_000).toLocaleString('es-CL');
}

/** Left free for what goes on being written meanwhile. */
const MARGIN_BYTES = 20_000_000;
