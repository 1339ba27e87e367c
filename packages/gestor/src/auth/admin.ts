import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.ts';
import { hashToken } from './hash.ts';

/** Refuses who has not the operators' key (`Authorization: Bearer …`). Without a key nobody gets in. */
export function requireAdmin(request: FastifyRequest, adminKey: string | undefined): void {
  if (adminKey === undefined) {
    throw new Refusal(
      404,
      'La administración está apagada: este servicio se inició sin clave de administración.',
    );
  }
  if (!isAdmin(request, adminKey))
    throw new Refusal(401, 'Falta la clave de administración, o no es correcta.');
}

export function isAdmin(request: FastifyRequest, adminKey: string | undefined): boolean {
  return isAdminKey(/^Bearer (.{1,200})$/.exec(request.headers.authorization ?? '')?.[1], adminKey);
}

/** Compared by their hashes, so that the time taken tells nothing of the key, not even its length. */
export function isAdminKey(given: string | undefined, adminKey: string | undefined): boolean {
  if (adminKey === undefined || given === undefined) return false;
  // Node reads headers as Latin-1; a key with an accent comes as UTF-8.
  const key = Buffer.from(given, 'latin1').toString('utf8');
  return timingSafeEqual(Buffer.from(hashToken(key)), Buffer.from(hashToken(adminKey)));
}
