import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { copyDatabase, type Lock, overwriteDatabase, StoreError } from '@puente-sic/store';
import { EngineFailure } from '../failure.ts';
import { takeLeaseIn } from '../lease.ts';
import { LEDGER_FILE, ledgerFile } from '../ledger/file.ts';
import { openLedger } from '../ledger/ledger.ts';
import { noteRestored } from '../ledger/partidas.ts';
import { addErasures, ERASURES_FILE, readErasures } from '../privacy/erasures.ts';
import { carryOver } from './carry-over.ts';
import { eraseAgain } from './erase-again.ts';
import { COMPANIONS, isDatabase, PUT_ASIDE, stateFiles } from './files.ts';
import { type Backup, openBackup } from './open.ts';
import { writeBackup } from './write.ts';

export interface Restored {
  /** The folder where what was there before is kept; null where there was nothing. */
  anterior: string | null;
  /** How many people who had been erased were in the backup, and were taken out again. */
  borrados: number;
  /** How many of them could not be taken out, since an envío of theirs is uncertain. */
  porBorrar: number;
  /** Who was erased after the backup, by the hash of the RUT: what sources keep, which is no ledger, was put back with them. */
  huellas: string[];
}

/**
 * Puts a backup in the place of what a state folder keeps, page by page under SQLite's own locks, so that a panel that
 * has it open sees the restored one. What was there before is kept beside it, whatever it was. Who was erased since is
 * erased again; accounts and keys stay as they are now, and every session ends. What SENCE has got since is not in it:
 * its history is read before anything goes out.
 * @param path a folder, or the single file that earlier versions wrote.
 * @throws EngineFailure where it is no sound backup or something is being sent, StoreError where a file cannot be used.
 */
export async function restore(datos: string, path: string, now: Date): Promise<Restored> {
  const backup = await openBackup(path);
  mkdirSync(datos, { recursive: true, mode: 0o700 });
  const leases = takeLeases(datos, backup.ruts);
  try {
    const marked = await marksItself(datos, backup, now);
    let anterior: string | null;
    try {
      anterior = await keepFormer(datos, now);
      await putBack(datos, { ...backup, ledger: ledgerFile(marked) });
    } finally {
      rmSync(marked, { recursive: true, force: true });
    }
    const erasures = readErasures(datos);
    const ledger = await openLedger(datos);
    try {
      carryOver(ledgerFile(datos), anterior === null ? null : join(anterior, LEDGER_FILE));
      return { anterior, ...(await eraseAgain(ledger, erasures, now)) };
    } finally {
      await ledger.close();
    }
  } finally {
    for (const lease of leases) lease.release();
  }
}

/**
 * A folder with a copy of the backup's ledger that says of itself that it was restored: whoever dies over what follows
 * leaves none that takes itself for one that knows what SENCE has.
 */
async function marksItself(datos: string, { ledger: path }: Backup, now: Date): Promise<string> {
  for (const name of readdirSync(datos)) {
    if (name.startsWith(MARKED)) rmSync(join(datos, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(datos, MARKED));
  await copyDatabase(path, ledgerFile(folder));
  const ledger = await openLedger(folder);
  try {
    await noteRestored(ledger.db, now);
  } finally {
    await ledger.close();
  }
  return folder;
}

const MARKED = 'restaurando-';

function takeLeases(datos: string, ruts: readonly string[]): Lock[] {
  const known = readdirSync(datos).flatMap((name) => /^candado-(.+)\.sqlite$/.exec(name)?.[1] ?? []);
  const leases: Lock[] = [];
  for (const rut of new Set([...ruts, ...known])) {
    const lease = takeLeaseIn(datos, rut);
    if (lease !== null) leases.push(lease);
    else {
      for (const taken of leases) taken.release();
      throw new EngineFailure(
        'Otro proceso de puente está enviando en este momento con esta carpeta de estado.',
        'Detenga «puente servir» o espere a que termine el envío, y restaure de nuevo.',
      );
    }
  }
  return leases;
}

/** A backup of what is there; what is damaged or empty, which no backup may hold, is moved as it is. */
async function keepFormer(datos: string, now: Date): Promise<string | null> {
  const names = stateFiles(datos);
  // What a ledger that vanished has left beside it would be taken for the restored one's own.
  const orphans = existsSync(ledgerFile(datos)) ? [] : COMPANIONS.map((suffix) => LEDGER_FILE + suffix);
  if ([...names, ...orphans].every((name) => !existsSync(join(datos, name)))) return null;
  const folder = join(datos, `${PUT_ASIDE}${now.toISOString().replaceAll(/[:.]/g, '')}`);
  try {
    // Brought up to date first, so that what is carried over from it has the form of what it is put into.
    if (existsSync(ledgerFile(datos))) await (await openLedger(datos)).close();
    await writeBackup(datos, folder, now, null);
  } catch (error) {
    // What cannot be opened at all (a folder in its place, no permission) is moved as well.
    if (!(error instanceof StoreError) || !['damaged', 'lost', 'unusable'].includes(error.kind)) throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const all = names.flatMap((name) => [name, ...COMPANIONS.map((suffix) => name + suffix)]);
    moveAside(
      datos,
      folder,
      all.filter((name) => name !== ERASURES_FILE),
    );
  }
  moveAside(datos, folder, orphans);
  return folder;
}

function moveAside(datos: string, folder: string, names: readonly string[]): void {
  for (const name of names) {
    if (existsSync(join(datos, name))) renameSync(join(datos, name), join(folder, name));
  }
}

async function putBack(datos: string, { ledger, files }: Backup): Promise<void> {
  for (const { name, path } of [{ name: LEDGER_FILE, path: ledger }, ...files]) {
    const to = join(datos, name);
    if (name === ERASURES_FILE) addErasures(datos, readErasures(path));
    else if (!isDatabase(name)) replaceFile(path, to);
    else if (existsSync(to)) await overwriteDatabase(path, to);
    else await copyDatabase(path, to);
  }
}

function replaceFile(from: string, to: string): void {
  const partial = `${to}.parcial`;
  rmSync(partial, { force: true });
  copyFileSync(from, partial);
  chmodSync(partial, 0o600);
  renameSync(partial, to);
}
