import { randomUUID } from 'node:crypto';
import { readToken } from '@puente-sic/protocol';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { requireAdmin } from '../auth/admin.ts';
import { hashToken } from '../auth/hash.ts';
import type { Context } from '../context.ts';
import { readBody } from '../http/body.ts';
import { Refusal } from '../http/refusal.ts';
import { isObject } from '../judge/values.ts';
import { publishDay } from '../night/publish.ts';
import { importRegistry } from '../registry/import.ts';
import { readRegistryText } from '../registry/read-file.ts';
import { listNoches } from '../store/noches.ts';
import { findOtec, listOtecs, setVigente } from '../store/otecs.ts';
import { addToken, listTokens, revokeToken } from '../store/tokens.ts';
import { newToken, otecChange, publication } from './admin-bodies.ts';

/** Bytes of a registry file sent to be imported. */
const REGISTRY_LIMIT = 256 * 1024 * 1024;

/** For the service's operators, with the key of `adminKey`. The real service has no such addresses. */
export function admin(app: FastifyInstance, context: Context): void {
  const { store, clock } = context;
  app.addHook('onRequest', async (request) => requireAdmin(request, context.adminKey));

  app.get('/otecs', async () => {
    const otecs = await listOtecs(store.db);
    return {
      otecs: otecs.map(({ rut, dv, nombre, vigente }) => ({
        rut: `${rut}-${dv}`,
        nombre,
        vigente: vigente === 1,
      })),
    };
  });

  app.patch('/otecs/:rut', async (request) => {
    const rut = await readOtec(context, request.params);
    const { vigente } = read(otecChange, readBody(request.body));
    await setVigente(store.db, rut, vigente);
    return { vigente };
  });

  app.get('/otecs/:rut/tokens', async (request) => {
    return { tokens: await listTokens(store.db, await readOtec(context, request.params)) };
  });

  app.post('/otecs/:rut/tokens', async (request, reply) => {
    const rut = await readOtec(context, request.params);
    const { token: given, desde, hasta } = read(newToken, readBody(request.body));
    const token = given === undefined ? randomUUID().toUpperCase() : readToken(given)?.token;
    if (token === undefined) throw new Refusal(400, 'token no tiene la forma de un UUID.');
    const id = await addToken(store.db, rut, { hash: hashToken(token), desde, hasta });
    // The only time that it is shown.
    return reply.code(201).send({ id, token, desde, hasta });
  });

  app.delete('/otecs/:rut/tokens/:id', async (request) => {
    const rut = await readOtec(context, request.params);
    const { id } = isObject(request.params) ? request.params : {};
    const revoked = await revokeToken(store.db, rut, Number(id), clock());
    if (!revoked) throw new Refusal(404, 'Esa OTEC no tiene tal token en uso.');
    return { revocado: true };
  });

  app.post('/registro', { bodyLimit: REGISTRY_LIMIT }, async (request) => {
    const text = request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : '';
    const format = request.headers['content-type']?.startsWith('text/csv') ? 'csv' : 'json';
    const complete = isObject(request.query) && request.query.completo === 'si';
    return importRegistry(store, readRegistryText(text, format), { now: clock(), complete });
  });

  app.get('/noches', async () => ({ noches: await listNoches(store.db, 100) }));

  app.post('/noches', async (request) => {
    return publishDay(read(publication, readBody(request.body)).dia, context);
  });
}

async function readOtec({ store }: Context, params: unknown): Promise<number> {
  const { rut } = isObject(params) ? params : {};
  const numero = Number(/^(\d{1,9})(-[\dkK])?$/.exec(String(rut))?.[1]);
  const otec = Number.isNaN(numero) ? undefined : await findOtec(store.db, numero);
  if (!otec) throw new Refusal(404, 'Esa OTEC no está en el registro.');
  return otec.rut;
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Refusal(400, `Los datos no se pueden usar: ${places.join('; ')}`);
}
