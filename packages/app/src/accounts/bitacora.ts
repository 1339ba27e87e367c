import type { Ledger } from '@puente-sic/engine';
import type { Selectable } from 'kysely';
import { accountsOf, type BitacoraTable } from './tables.ts';

/** Who did what. */
export type BitacoraRow = Selectable<BitacoraTable>;

/** `detalle` is in Spanish, and never holds a secret nor names a student. */
export type Hecho = Omit<BitacoraRow, 'id' | 'cuando' | 'huella'>;

/** Of what is no change of the ledger; what is one goes with it, see `deed`. Each entry is chained to the one before. */
export async function writeBitacora(ledger: Ledger, hecho: Hecho, now: Date): Promise<void> {
  if (!ledger.db.isTransaction) {
    return ledger.db.transaction().execute((db) => writeBitacora({ ...ledger, db }, hecho, now));
  }
  const { auditHash } = await import('@puente-sic/engine');
  const db = accountsOf(ledger);
  const [last] = await readBitacora(ledger, 1);
  const entry = { ...hecho, id: (last?.id ?? 0) + 1, cuando: now.toISOString() };
  const huella = auditHash(last?.huella ?? '', entry);
  await db
    .insertInto('bitacora')
    .values({ ...entry, huella })
    .execute();
}

/** A person has said in the panel which courses are reported. */
export const COURSES_CHOSEN = 'cursos-elegidos';

/** Whether something was ever done, and came to its end. */
export async function wasDone(ledger: Ledger, accion: string): Promise<boolean> {
  const row = await accountsOf(ledger)
    .selectFrom('bitacora')
    .select('id')
    .where('accion', '=', accion)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a look at the whole trail gives. */
export interface BitacoraVerificada {
  /** To be written down elsewhere, and compared later. */
  cabeza: string;
  hechos: number;
  /** The first entry that is not as it was written, or is missing; null: there is none. */
  roto: number | null;
  /** Whether the trail still holds the head that was written down; null where none was given. */
  contiene: boolean | null;
}

/** Follows the chain from its beginning. `cabeza`: a head that was written down earlier. */
export async function verifyBitacora(ledger: Ledger, cabeza?: string): Promise<BitacoraVerificada> {
  const { auditHash, auditHead, headOf } = await import('@puente-sic/engine');
  const rows = await accountsOf(ledger).selectFrom('bitacora').selectAll().orderBy('id').execute();
  let former = '';
  let roto: number | null = null;
  let expected = 1;
  const heads = new Set([headOf(0, '')]);
  for (const row of rows) {
    if (roto === null && (row.id !== expected || auditHash(former, row) !== row.huella)) roto = expected;
    heads.add(headOf(row.id, row.huella));
    former = row.huella;
    expected = row.id + 1;
  }
  return {
    cabeza: await auditHead(ledger),
    hechos: rows.length,
    roto,
    contiene: cabeza === undefined ? null : heads.has(cabeza.trim()),
  };
}

/** Newest first; `before` is the id of the last one of the former page. */
export async function readBitacora(ledger: Ledger, limit: number, before?: number): Promise<BitacoraRow[]> {
  let query = accountsOf(ledger).selectFrom('bitacora').selectAll();
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

/** Evidence that was given out of these courses (codigoOferta), newest first: files that are out of puente's reach. */
export async function evidenceGiven(ledger: Ledger, cursos: readonly string[]): Promise<BitacoraRow[]> {
  const rows = await accountsOf(ledger)
    .selectFrom('bitacora')
    .selectAll()
    .where('accion', '=', EVIDENCE)
    .orderBy('id', 'desc')
    .execute();
  return rows.filter(({ detalle }) => cursos.some((curso) => detalle === evidenceOf(curso)));
}

/** As the trail tells that a course's evidence was given out. */
export async function noteEvidence(
  ledger: Ledger,
  actor: Pick<Hecho, 'quien' | 'direccion'>,
  curso: string,
  now: Date,
): Promise<void> {
  await writeBitacora(ledger, { ...actor, accion: EVIDENCE, detalle: evidenceOf(curso) }, now);
}

const EVIDENCE = 'evidencia';
function evidenceOf(curso: string): string {
  return `Descargó la evidencia del curso ${curso}.`;
}
