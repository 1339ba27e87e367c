import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@puente-sic/store';
import { unpack } from '../ledger/bytes.ts';
import { LEDGER_FILE } from '../ledger/file.ts';
import { ownBackups, PUT_ASIDE } from './files.ts';

/**
 * Which of the copies that puente itself keeps in a state folder still hold a person: an erasure does not reach them.
 * One that cannot be read is among them, since it may.
 * @param rut canonical, as the ledger has it.
 */
export function backupsThatHold(datos: string, rut: string): string[] {
  return copiesIn(datos)
    .filter(({ ledger }) => holds(ledger, rut))
    .map(({ path }) => path);
}

function copiesIn(datos: string): { path: string; ledger: string }[] {
  const own = existsSync(ownBackups(datos))
    ? readdirSync(ownBackups(datos)).map((name) => join(ownBackups(datos), name))
    : [];
  const aside = readdirSync(datos)
    .filter((name) => name.startsWith(PUT_ASIDE))
    .map((name) => join(datos, name));
  return [...own, ...aside].sort().map((path) => ({
    path,
    ledger: statSync(path).isDirectory() ? join(path, LEDGER_FILE) : path,
  }));
}

function holds(ledger: string, rut: string): boolean {
  if (!existsSync(ledger)) return false;
  try {
    const database = openDatabase(ledger, { readOnly: true });
    try {
      for (const table of ['aceptado', 'error']) {
        if (database.prepare(`SELECT 1 FROM ${table} WHERE rut = ? LIMIT 1`).get(rut) !== undefined)
          return true;
      }
      const [numero = ''] = rut.split('-');
      const inBody = new RegExp(`"rutAlumno":"?${numero}\\b`);
      const sent = database.prepare('SELECT codigoEnvio FROM envio WHERE cuerpo IS NOT NULL').all();
      // A statement that is iterated and held by nothing may be collected meanwhile, and ends the process.
      const body = database.prepare('SELECT cuerpo FROM envio WHERE codigoEnvio = ?');
      for (const { codigoEnvio } of sent) {
        const cuerpo = body.get(codigoEnvio ?? null)?.cuerpo;
        if (cuerpo instanceof Uint8Array && inBody.test(unpack(cuerpo))) return true;
      }
      return false;
    } finally {
      database.close();
    }
  } catch {
    return true;
  }
}
