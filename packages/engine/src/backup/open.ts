import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabase, FileDialect, openDatabase, StoreError } from '@puente-sic/store';
import { Kysely, sql } from 'kysely';
import { EngineFailure } from '../failure.ts';
import { LEDGER_FILE } from '../ledger/file.ts';
import { assertNotNewer } from '../ledger/migrations.ts';
import { isDatabase } from './files.ts';
import { readManifest } from './manifest.ts';

/** A backup that was looked through and can be restored. */
export interface Backup {
  /** The copy of the ledger. */
  ledger: string;
  /** The other files of the state, by their name there. */
  files: { name: string; path: string }[];
  /** Providers that something was sent for. */
  ruts: string[];
}

/**
 * Opens a backup, a folder or the single file that earlier versions wrote, after looking whether it is one, whole, and
 * not from a newer version.
 * @throws EngineFailure, or StoreError `newer`; nothing was touched.
 */
export async function openBackup(path: string): Promise<Backup> {
  const broken = (cause?: unknown) =>
    new EngineFailure(
      `${path} no es un respaldo de puente, o está dañado.`,
      'Use uno creado con «puente respaldar», o uno de la carpeta «respaldos». La carpeta de estado no se tocó.',
      { cause },
    );
  if (!existsSync(path)) {
    throw new EngineFailure(
      `No existe ${path}. No se tocó nada.`,
      'Revise la ruta: es la carpeta hecha con «puente respaldar», o una de «respaldos» en la carpeta de estado.',
    );
  }
  try {
    const files = filesOf(path);
    const ledger = files.find(({ name }) => name === LEDGER_FILE)?.path;
    if (ledger === undefined) throw broken();
    for (const { name, path } of files) if (isDatabase(name)) checkDatabase(path);
    const ruts = await providersOf(ledger);
    return { ledger, ruts, files: files.filter(({ name }) => name !== LEDGER_FILE) };
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'newer') throw error;
    throw error instanceof EngineFailure ? error : broken(error);
  }
}

function filesOf(path: string): Backup['files'] {
  if (!statSync(path).isDirectory()) return [{ name: LEDGER_FILE, path }];
  const names = Object.keys(readManifest(path)?.archivos ?? {});
  return names.map((name) => ({ name, path: join(path, name) }));
}

async function providersOf(ledger: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new FileDialect(openDatabase(ledger, { readOnly: true }), ledger),
  });
  try {
    await assertNotNewer(db, ledger);
    const { rows } = await sql<{ rutOtec: string }>`SELECT DISTINCT rutOtec FROM envio`.execute(db);
    return rows.map(({ rutOtec }) => rutOtec);
  } finally {
    await db.destroy();
  }
}
