import { readFileSync, type Stats, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands beside the files of a backup: it makes a folder a backup, and is written last. */
export interface Manifest {
  formato: 1;
  /** When it was begun, ISO 8601 in UTC. */
  hecho: string;
  /** The files by name, each with what its original was then: bytes and last change, in milliseconds of Unix time. */
  archivos: Record<string, { bytes: number; cambiado: number }>;
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

/** Null: the folder is no backup, or one that was never finished. */
export function readManifest(folder: string): Manifest | null {
  try {
    const read: Partial<Manifest> = JSON.parse(readFileSync(join(folder, NAME), 'utf8'));
    const { formato, hecho, archivos } = read;
    if (formato !== 1 || typeof hecho !== 'string' || typeof archivos !== 'object') return null;
    return { formato, hecho, archivos };
  } catch {
    return null;
  }
}

/** What tells whether a file was written to since. */
export function markOf({ size, mtimeMs }: Stats): Manifest['archivos'][string] {
  return { bytes: size, cambiado: mtimeMs };
}

const NAME = 'respaldo.json';
