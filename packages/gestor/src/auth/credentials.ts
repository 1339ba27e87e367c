import { timingSafeEqual } from 'node:crypto';
import { ID_SISTEMA, readFigure } from '@puente-sic/protocol';
import type { JsonObject } from '../judge/values.ts';
import type { Db } from '../store/store.ts';
import { liveTokens } from '../store/tokens.ts';
import type { Supuestos } from '../supuestos.ts';
import { hashToken } from './hash.ts';

/** A provider that has proven who it is. */
export interface Otec {
  rut: number;
  dv: string;
}

/**
 * The provider whose credentials (rutOtec, idSistema, token) these are on Santiago's day `hoy`; null where anything
 * is wrong with them, without saying what (001). Every token of the provider is compared, in constant time.
 */
export async function authenticate(
  db: Db,
  { rutOtec, idSistema, token }: JsonObject,
  { hoy, supuestos }: { hoy: string; supuestos: Supuestos },
): Promise<Otec | null> {
  const rut = readRutOtec(rutOtec);
  if (!rut || readFigure(idSistema) !== ID_SISTEMA || typeof token !== 'string' || token.length > 100)
    return null;
  const hash = Buffer.from(hashToken(supuestos.tokenExacto ? token : token.toUpperCase()), 'hex');
  let known = false;
  for (const stored of await liveTokens(db, rut, hoy)) {
    if (timingSafeEqual(hash, Buffer.from(stored, 'hex'))) known = true;
  }
  return known ? rut : null;
}

/** `11222333-4`, as the service wants it: no dots. Its check digit is looked up, not computed. [S, A 7] */
function readRutOtec(value: unknown): Otec | null {
  const match = typeof value === 'string' ? /^0*([1-9]\d{0,8})-([\dkK])$/.exec(value) : null;
  return match?.[1] && match[2] ? { rut: Number(match[1]), dv: match[2].toUpperCase() } : null;
}

/** The provider that a body names, if the registry has it: for traffic whose credentials another service has checked. */
export async function registeredOtec(db: Db, { rutOtec }: JsonObject): Promise<Otec | null> {
  const named = readRutOtec(rutOtec);
  if (named === null) return null;
  const row = await db
    .selectFrom('otec')
    .select('rut')
    .where('rut', '=', named.rut)
    .where('dv', '=', named.dv)
    .executeTakeFirst();
  return row ? named : null;
}
