import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openDatabase, rowsOf } from '@puente-sic/store';
import { sha256, unpack } from '../ledger/bytes.ts';
import { namesOf } from '../privacy/mentions.ts';
import { isDatabase, ownBackups } from './files.ts';

/**
 * Which of the copies that a state folder keeps still hold a person: an erasure does not reach them. One that cannot be
 * read is among them, since it may. Others get their turn between rows.
 * @param rut canonical, as the ledger has it.
 */
export async function backupsThatHold(datos: string, rut: string): Promise<string[]> {
  const held: string[] = [];
  for (const copy of copiesIn(datos)) if (await holds(copy, rut)) held.push(copy);
  return held;
}

/** Its backups of itself, and whatever else is a folder in it or was made by `puente respaldar`. */
function copiesIn(datos: string): string[] {
  if (!existsSync(datos)) return [];
  const own = ownBackups(datos);
  const aside = readdirSync(datos, { withFileTypes: true })
    .filter((entry) => entry.name !== basename(own) && (entry.isDirectory() || COPY.test(entry.name)))
    .map(({ name }) => join(datos, name));
  const daily = existsSync(own) ? readdirSync(own).map((name) => join(own, name)) : [];
  return [...daily, ...aside].sort();
}

/** What versions from before backups were folders wrote, and what a restore put aside. */
const COPY = /\.respaldo$|^antes-de-/;

async function holds(copy: string, rut: string): Promise<boolean> {
  const files = statSync(copy).isDirectory() ? readdirSync(copy).map((name) => join(copy, name)) : [copy];
  const asked = { names: namesOf(rut, []), huella: sha256(rut) };
  for (const file of files) {
    if (isDatabase(file) || file === copy) {
      try {
        if (await databaseHolds(file, asked)) return true;
      } catch {
        return true;
      }
    }
  }
  return false;
}

interface Asked {
  names: readonly RegExp[];
  huella: string;
}

/** Every cell of every table, but the record of who was erased. */
async function databaseHolds(file: string, { names, huella }: Asked): Promise<boolean> {
  const database = openDatabase(file, { readOnly: true });
  const isNamed = (text: string) => text === huella || names.some((name) => text.search(name) >= 0);
  let turn = performance.now();
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    for (const { name } of tables) {
      if (name === 'borrado') continue;
      for (const row of rowsOf(database.prepare(`SELECT * FROM "${String(name)}"`))) {
        for (const value of Object.values(row)) if (isNamed(textOf(value))) return true;
        if (performance.now() - turn < TURN_MS) continue;
        await setImmediate();
        turn = performance.now();
      }
    }
    return false;
  } finally {
    database.close();
  }
}

const TURN_MS = 20;

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const isPacked = value instanceof Uint8Array && value[0] === 0x1f && value[1] === 0x8b;
  return isPacked ? unpack(value) : '';
}
