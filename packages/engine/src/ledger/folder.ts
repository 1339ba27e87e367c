import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storeErrorOf } from '@puente-sic/store';
import { LEDGER_FILE, ledgerFile } from './file.ts';

/**
 * Makes a state folder for this user alone, since it holds personal data, and sees to it that one that exists is so.
 * @returns what was mended, or could not be, in Spanish.
 * @throws StoreError where there can be no such folder.
 */
export function openFolder(datos: string): string[] {
  try {
    mkdirSync(datos, { recursive: true, mode: 0o700 });
    return process.platform === 'win32' ? [] : mend(datos);
  } catch (error) {
    throw storeErrorOf(error, ledgerFile(datos));
  }
}

/** A folder that is not ours alone (one with other things in it, the system's own for temporary files) stays open. */
function mend(datos: string): string[] {
  const open = [datos, ...filesIn(datos)].filter((path) => isOpen(path) && (path !== datos || isOurs(datos)));
  if (open.length === 0) {
    return isOpen(datos) && existsSync(ledgerFile(datos)) ? [told(datos)] : [];
  }
  // Within a folder of ours alone nobody else reads a file, whatever its own mode.
  const wasOpen = isOpen(datos);
  try {
    for (const path of open) chmodSync(path, path === datos ? 0o700 : 0o600);
  } catch {
    return [told(datos)];
  }
  const now = `La carpeta de estado ${datos} la podían leer otros usuarios de este computador, y guarda datos personales: desde ahora, solo el que ejecuta puente.`;
  if (isOpen(datos)) return [told(datos)];
  return wasOpen ? [now] : [];
}

function told(datos: string): string {
  return `La carpeta de estado ${datos} la pueden leer otros usuarios de este computador, y guarda datos personales: use una carpeta solo para puente, o quíteles el permiso («chmod 700»).`;
}

function filesIn(datos: string): string[] {
  return readdirSync(datos)
    .filter((name) => isKnown(name) && !name.startsWith('respaldos'))
    .map((name) => join(datos, name))
    .filter((path) => statSync(path).isFile());
}

function isOurs(datos: string): boolean {
  const visible = readdirSync(datos).filter((name) => !name.startsWith('.'));
  return visible.every((name) => isKnown(name) || name.endsWith('.respaldo'));
}

function isKnown(name: string): boolean {
  return Object.values(STATE_FILES).some((kind) => kind.test(name));
}

function isOpen(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}

/** What puente keeps in a state folder, by kind: whatever is added has to say what an erasure does with it. */
export const STATE_FILES: Record<string, RegExp> = {
  registro: new RegExp(`^${LEDGER_FILE.replace('.', '\\.')}(-wal|-shm|-journal|\\.parcial)?$`),
  candado: /^candado-/,
  borrados: /^borrados\.ndjson$/,
  entregas: /^entregas-.*\.sqlite/,
  clics: /^clics-.*\.sqlite/,
  clicsDeMoodle: /^moodle-.*\.sqlite/,
  /** A reading of Moodle that was cut. */
  lecturaDeMoodle: /^moodle-ws-.*\.ndjson$/,
  /** The panel's link, where it cannot stand beside puente.yaml. */
  enlace: /^puente\.enlace/,
  respaldos: /^respaldos$/,
  apartado: /^(antes-de|restaurando)-/,
};
