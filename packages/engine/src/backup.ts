import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup as copyPages, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { FileDialect, openDatabase, StoreError } from '@puente-sic/store';
import { Kysely } from 'kysely';
import { EngineFailure } from './failure.ts';
import { takeLease } from './lease.ts';
import { ledgerFile, openLedger } from './ledger/ledger.ts';
import { assertNotNewer } from './ledger/migrations.ts';

/**
 * Writes a consistent copy of a state folder's ledger into a new file, also while something is being sent.
 * @throws EngineFailure where there is no ledger, or the file exists already.
 */
export function backup(datos: string, file: string): void {
  if (!existsSync(ledgerFile(datos))) {
    throw new EngineFailure(
      `En la carpeta de estado ${datos} no hay nada que respaldar.`,
      'Revise la carpeta (--datos o PUENTE_DATOS): debe ser la que usa «puente enviar» o «puente servir».',
    );
  }
  if (existsSync(file)) {
    throw new EngineFailure(
      `El archivo ${file} ya existe.`,
      'Elija otro nombre: un respaldo nunca reemplaza a otro archivo.',
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  const db = openDatabase(ledgerFile(datos), { readOnly: true });
  try {
    db.prepare('VACUUM INTO ?').run(file);
  } finally {
    db.close();
  }
  chmodSync(file, 0o600);
}

/**
 * Puts a backup in the place of a state folder's ledger, page by page under SQLite's own locks, so that a panel that
 * has it open sees the restored one. What was there before is kept beside it.
 * @returns where the former ledger is kept; null where there was none.
 * @throws EngineFailure where the file is no sound backup, or something is being sent.
 */
export async function restore(datos: string, file: string, now: Date): Promise<string | null> {
  const source = await openBackup(file);
  try {
    const ledger = await openLedger(datos);
    try {
      const providers = await ledger.db.selectFrom('envio').select('rutOtec').distinct().execute();
      const leases = providers.map(({ rutOtec }) => takeLease(ledger, rutOtec));
      try {
        if (leases.includes(null)) {
          throw new EngineFailure(
            'Otro proceso de puente está enviando en este momento con esta carpeta de estado.',
            'Detenga «puente servir» o espere a que termine el envío, y restaure de nuevo.',
          );
        }
        const former = join(datos, `antes-de-restaurar-${now.toISOString().replaceAll(/[:.]/g, '')}.sqlite`);
        if (providers.length > 0) backup(datos, former);
        await copyPages(source, ledgerFile(datos));
        return providers.length > 0 ? former : null;
      } finally {
        for (const lease of leases) lease?.release();
      }
    } finally {
      await ledger.close();
    }
  } finally {
    source.close();
    // Brings an older backup up to date.
    await (await openLedger(datos)).close();
  }
}

/** Opens a backup after looking whether it is one, whole, and not from a newer version. */
async function openBackup(file: string): Promise<DatabaseSyncInstance> {
  const broken = (cause?: unknown) =>
    new EngineFailure(
      `El archivo ${file} no es un respaldo de puente, o está dañado.`,
      'Use un archivo creado con «puente respaldar». La carpeta de estado no se tocó.',
      { cause },
    );
  if (!existsSync(file)) throw broken();
  const db = openDatabase(file, { readOnly: true });
  try {
    const checked: { integrity_check: string }[] = db.prepare('PRAGMA integrity_check').all();
    const hasEnvios = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'envio'`).get() !== undefined;
    if (checked[0]?.integrity_check !== 'ok' || !hasEnvios) throw broken();
    await assertNotNewer(new Kysely({ dialect: new FileDialect(db, file) }), file);
    return db;
  } catch (error) {
    db.close();
    throw error instanceof EngineFailure || error instanceof StoreError ? error : broken(error);
  }
}
