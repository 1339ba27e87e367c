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
    .filter((name) => OURS.test(name) && !name.startsWith('respaldos'))
    .map((name) => join(datos, name))
    .filter((path) => statSync(path).isFile());
}

function isOurs(datos: string): boolean {
  const visible = readdirSync(datos).filter((name) => !name.startsWith('.'));
  return visible.every((name) => OURS.test(name) || name.endsWith('.respaldo'));
}

function isOpen(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}

/** What puente keeps in a state folder. */
const OURS = new RegExp(
  `^(${LEDGER_FILE}.*|candado-.*|antes-de-.*|moodle-.*|clics-.*|entregas-.*|respaldos|.*\\.ndjson)$`,
);
