import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { santiagoDate } from '@puente-sic/protocol';
import type { Ledger } from '../ledger/ledger.ts';
import { ownBackups, ownBackupsOf } from './files.ts';
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

function dropOld(datos: string, now: Date): void {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  for (const [at, { folder, hecho }] of ownBackupsOf(datos).entries()) {
    if (at >= KEPT || hecho <= oldest) rmSync(folder, { recursive: true });
  }
}

const KEPT = 7;
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;
