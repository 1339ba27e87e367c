import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { SourceError } from '../source.ts';

interface KeptFile {
  /** Statements that may be run again: `create … if not exists`. */
  schema: string;
  version: number;
  /** Read while others write. */
  wal?: boolean;
  /** What a person reads where the file cannot be used. */
  unusable: (file: string, cause: unknown) => SourceError;
}

/**
 * Opens a file in which a source keeps what it has read or was given: for its owner alone, on the disk when a
 * transaction ends, never of a version that this one does not know. `fill` is done in the transaction that prepares it.
 * @throws SourceError `wrong`: it cannot be opened, or is no such file.
 */
export function openKept(
  file: string,
  { schema, version, wal = false, unusable }: KeptFile,
  fill: (db: DatabaseSyncInstance) => void = () => {},
): DatabaseSyncInstance {
  let db: DatabaseSyncInstance | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    db = new DatabaseSync(file);
    chmodSync(file, 0o600);
    if (wal) db.exec('pragma journal_mode = wal');
    db.exec('pragma synchronous = full; pragma busy_timeout = 10000; pragma secure_delete = on');
    const known = Number(db.prepare('pragma user_version').get()?.user_version);
    if (known > version)
      throw new SourceError(
        'wrong',
        `${file} es de una versión más nueva de Puente.`,
        'Actualice Puente en este equipo, o use la versión con que se creó el archivo.',
      );
    if (known < version) {
      db.exec(`begin immediate; ${schema} pragma user_version = ${version};`);
      fill(db);
      db.exec('commit');
      // What was deleted before deleting overwrote it.
      if (known > 0) db.exec('vacuum');
    }
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof SourceError) throw error;
    throw unusable(file, error);
  }
}
