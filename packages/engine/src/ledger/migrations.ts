import { type Migrations, markMigrated, migrate, migrated, StoreError } from '@puente-sic/store';
import { type Kysely, sql } from 'kysely';
import * as envios from './migrations/001-envios.ts';
import * as noches from './migrations/002-noches.ts';
import * as cursos from './migrations/003-cursos.ts';
import * as queHacer from './migrations/004-que-hacer.ts';
import * as noche from './migrations/006-noche.ts';
import * as registro from './migrations/007-registro.ts';
import * as historial from './migrations/008-historial.ts';
import * as fechas from './migrations/009-fechas.ts';
import * as partida from './migrations/010-partida.ts';
import * as bitacora from './migrations/011-bitacora.ts';
import * as dosPersonas from './migrations/012-dos-personas.ts';
import * as cierre from './migrations/013-cierre.ts';
import * as porSaber from './migrations/014-por-saber.ts';
import * as cursosNuevos from './migrations/015-cursos-nuevos.ts';
import * as cierreDias from './migrations/016-cierre-dias.ts';
import * as sinRut from './migrations/017-sin-rut.ts';

/** Forward only, one file each: a published one is never edited. */
const MIGRATIONS: Migrations = {
  '001-envios': envios,
  '002-noches': noches,
  '003-cursos': cursos,
  '004-que-hacer': queHacer,
  '006-noche': noche,
  '007-registro': registro,
  '008-historial': historial,
  '009-fechas': fechas,
  '010-partida': partida,
  '011-bitacora': bitacora,
  '012-dos-personas': dosPersonas,
  '013-cierre': cierre,
  '014-por-saber': porSaber,
  '015-cursos-nuevos': cursosNuevos,
  '016-cierre-dias': cierreDias,
  '017-sin-rut': sinRut,
};

const NAMES = Object.keys(MIGRATIONS);
/** A ledger from before the Migrator: its `user_version` counts which of these it has. */
const BASELINE = NAMES.slice(0, 4);

/**
 * Brings a ledger's schema up to date; two processes that open at once wait for each other. What `user_version` then
 * says is only for a puente from before the Migrator, which goes by it and must not use a ledger newer than itself.
 * @param beforeUpdate runs before anything is changed in a ledger of an earlier version.
 * @throws StoreError `newer`
 */
export async function migrateLedger<T>(
  db: Kysely<T>,
  file: string,
  beforeUpdate: () => Promise<void>,
): Promise<void> {
  await assertNotNewer(db, file);
  const done = (await migrated(db)).length;
  const version = await userVersion(db);
  if (version > 0 && done < NAMES.length) await beforeUpdate();
  if (done === 0 && version > 0) {
    await db.transaction().execute(async (tx) => markMigrated(tx, BASELINE.slice(0, await userVersion(tx))));
  }
  await migrate(db, MIGRATIONS, file);
  if ((await userVersion(db)) !== NAMES.length) {
    await sql.raw(`pragma user_version = ${NAMES.length}`).execute(db);
  }
}

/** @throws StoreError `newer` where a ledger, or a backup of one, has migrations that we do not know. */
export async function assertNotNewer<T>(db: Kysely<T>, file: string): Promise<void> {
  const hasUnknown = (await migrated(db)).some((name) => !NAMES.includes(name));
  if (hasUnknown || (await userVersion(db)) > NAMES.length) throw new StoreError('newer', file);
}

async function userVersion<T>(db: Kysely<T>): Promise<number> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  return rows[0]?.user_version ?? 0;
}
