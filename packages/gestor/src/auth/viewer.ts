import { ID_SISTEMA, santiagoDate } from '@puente-sic/protocol';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { Refusal } from '../http/refusal.ts';
import { isAdmin, isAdminKey } from './admin.ts';
import { authenticate } from './credentials.ts';

/** Who looks at what has been sent: the service's operators see everything, a provider its own. */
export interface Viewer {
  /** Null: an operator. */
  rutOtec: number | null;
}

/**
 * Reads who asks from the Authorization header: `Bearer <operators' key>`, or `Basic` with the provider's RUT as the
 * user and its token as the password; a browser's operator is the user `operador` with the key as the password.
 */
export async function requireViewer(request: FastifyRequest, context: Context): Promise<Viewer> {
  if (isAdmin(request, context.adminKey)) return { rutOtec: null };
  const basic = /^Basic ([A-Za-z0-9+/=]{1,400})$/.exec(request.headers.authorization ?? '')?.[1];
  const [rutOtec, token] = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':', 2);
  if (rutOtec === 'operador' && isAdminKey(token, context.adminKey)) return { rutOtec: null };
  const condiciones = { hoy: santiagoDate(context.clock()), supuestos: context.supuestos };
  const otec = await authenticate(context.store.db, { rutOtec, token, idSistema: ID_SISTEMA }, condiciones);
  if (!otec) {
    throw new Refusal(401, 'Identifíquese: usuario, el RUT de la OTEC (11222333-4); contraseña, su token.');
  }
  return { rutOtec: otec.rut };
}
