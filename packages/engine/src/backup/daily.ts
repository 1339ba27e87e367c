import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { santiagoDate } from '@puente-sic/protocol';
import type { Ledger } from '../ledger/ledger.ts';
import { ownBackups } from './files.ts';
import { readManifest } from './manifest.ts';
import { writeBackup } from './write.ts';

/**
 * The state folder's backup of itself, one a day of Santiago's, in its own folder `respaldos`. Each is looked through
 * before older ones go: seven are kept, and none for longer than seven days, since what is erased must leave them too.
 * @returns where it is; null where today's is there already, or the ledger stands in memory.
 * @throws EngineFailure where the disk has no room, StoreError where a file cannot be used: the older ones stay.
 */
export async function dailyBackup({ datos }: Ledger, now: Date): Promise<string | null> {
  if (datos === null) return null;
  const folder = join(ownBackups(datos), santiagoDate(now));
  if (existsSync(folder)) return null;
  await writeBackup(datos, folder, now, ownBackupsOf(datos)[0]?.folder ?? null);
  dropOld(datos, now);
  return folder;
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

function dropOld(datos: string, now: Date): void {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  for (const [at, { folder, hecho }] of ownBackupsOf(datos).entries()) {
    if (at >= KEPT || hecho <= oldest) rmSync(folder, { recursive: true });
  }
}

const KEPT = 7;
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;
