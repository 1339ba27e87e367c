import { randomBytes } from 'node:crypto';
import type { Ledger } from '@puente-sic/engine';
import type { Selectable } from 'kysely';
import { type Actor, deed } from './deed.ts';
import { hashOf } from './hash.ts';
import { readingOf } from './nombre.ts';
import { accountsOf, type ClaveApiTable } from './tables.ts';

/** A key by which another program uses the API; only its hash is kept. */
export type ClaveApiRow = Selectable<ClaveApiTable>;

export async function listClavesApi(ledger: Ledger): Promise<ClaveApiRow[]> {
  return accountsOf(ledger).selectFrom('claveApi').selectAll().orderBy('nombre').orderBy('id').execute();
}

/**
 * Makes a key; `clave` is told here and never again. Null: there is one already whose name reads the same, and the audit
 * would not tell them apart.
 */
export async function createClaveApi(
  ledger: Ledger,
  actor: Actor,
  { nombre, rol }: Pick<ClaveApiRow, 'nombre' | 'rol'>,
  now: Date,
): Promise<(ClaveApiRow & { clave: string }) | null> {
  const clave = `puente_${randomBytes(32).toString('base64url')}`;
  return deed(ledger, actor, now, async (inside) => {
    const reading = readingOf(nombre);
    if ((await listClavesApi(inside)).some((other) => readingOf(other.nombre) === reading))
      return { result: null, hecho: null };
    const row = await accountsOf(inside)
      .insertInto('claveApi')
      .values({ nombre, rol, huella: hashOf(clave), creada: now.toISOString(), ultimoUso: null })
      .returningAll()
      .executeTakeFirstOrThrow();
    const hecho = { accion: 'clave-api-creada', detalle: `«${nombre}», ${rol}.` };
    return { result: { ...row, clave }, hecho };
  });
}

/** Whose key it is, its use written down; null where it is nobody's. */
export async function admitClaveApi(ledger: Ledger, clave: string, now: Date): Promise<ClaveApiRow | null> {
  const row = await accountsOf(ledger)
    .updateTable('claveApi')
    .set({ ultimoUso: now.toISOString() })
    .where('huella', '=', hashOf(clave))
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** False: there is none of that id. */
export async function removeClaveApi(ledger: Ledger, actor: Actor, id: number, now: Date): Promise<boolean> {
  return deed(ledger, actor, now, async (inside) => {
    const row = await accountsOf(inside)
      .deleteFrom('claveApi')
      .where('id', '=', id)
      .returning('nombre')
      .executeTakeFirst();
    if (row === undefined) return { result: false, hecho: null };
    return { result: true, hecho: { accion: 'clave-api-borrada', detalle: `«${row.nombre}».` } };
  });
}
