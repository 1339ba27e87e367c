import { hashToken } from '../auth/hash.ts';
import type { Db } from '../store/store.ts';
import { count, diff } from './diff.ts';
import type { OtecEntry } from './registry.ts';
import type { ImportReport } from './report.ts';

export async function applyOtecs(db: Db, otecs: OtecEntry[], now: Date, report: ImportReport): Promise<void> {
  for (const otec of otecs) {
    await db.transaction().execute(async (trx) => {
      await applyOtec(trx, otec, report);
      await applyTokens(trx, otec, now, report);
    });
  }
}

async function applyOtec(
  db: Db,
  { rut, dv, nombre, vigente }: OtecEntry,
  report: ImportReport,
): Promise<void> {
  const row = { rut, dv, nombre, vigente: vigente ? 1 : 0 };
  const stored = await db.selectFrom('otec').selectAll().where('rut', '=', rut).execute();
  const changes = diff([row], stored, {
    wantedKey: (otec) => otec.rut,
    storedKey: (otec) => otec.rut,
    same: (wanted, before) =>
      wanted.dv === before.dv && wanted.nombre === before.nombre && wanted.vigente === before.vigente,
    open: () => true,
  });
  for (const added of changes.added) await db.insertInto('otec').values(added).execute();
  for (const changed of changes.changed)
    await db.updateTable('otec').set(changed).where('rut', '=', rut).execute();
  count(report.otecs, changes);
}

/** Tokens made through the admin API are none of the file's business. */
async function applyTokens(
  db: Db,
  { rut, tokens }: OtecEntry,
  now: Date,
  report: ImportReport,
): Promise<void> {
  const stored = await db.selectFrom('token').selectAll().where('rutOtec', '=', rut).execute();
  const wanted = tokens.map(({ token, desde, hasta }) => ({ hash: hashToken(token), desde, hasta }));
  const changes = diff(wanted, stored, {
    wantedKey: ({ hash }) => hash,
    storedKey: ({ hash }) => hash,
    same: (now, before) => now.desde === before.desde && now.hasta === before.hasta,
    open: ({ revocadoEn }) => revocadoEn === null,
  });
  changes.closed = changes.closed.filter(({ origen }) => origen === 'registro');

  for (const added of changes.added) {
    await db
      .insertInto('token')
      .values({ rutOtec: rut, ...added, revocadoEn: null, origen: 'registro' })
      .execute();
  }
  for (const { hash, desde, hasta } of changes.changed) {
    await db.updateTable('token').set({ desde, hasta, revocadoEn: null }).where('hash', '=', hash).execute();
  }
  for (const { id } of changes.closed) {
    await db.updateTable('token').set({ revocadoEn: now.getTime() }).where('id', '=', id).execute();
  }
  count(report.tokens, changes);
}

/** A provider that a complete registry leaves out is no longer in force. */
export async function closeOtherOtecs(db: Db, otecs: OtecEntry[], report: ImportReport): Promise<void> {
  const named = new Set(otecs.map(({ rut }) => rut));
  const inForce = await db.selectFrom('otec').select('rut').where('vigente', '=', 1).execute();
  for (const { rut } of inForce.filter((otec) => !named.has(otec.rut))) {
    await db.updateTable('otec').set({ vigente: 0 }).where('rut', '=', rut).execute();
    report.otecs.cerrados += 1;
  }
}
