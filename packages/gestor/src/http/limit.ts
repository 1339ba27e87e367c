import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { RateLimit } from './rate.ts';
import { tooMany } from './refusal.ts';

/** Turns away an address that asks too often, before anything of the call is read. */
export function limitAddresses(app: FastifyInstance, { limits, metrics }: Context): void {
  const limit = new RateLimit(limits.porDireccion);
  app.addHook('onRequest', async (request) => {
    if (limit.admits(request.ip)) return;
    metrics.limited.add({ by: 'address' });
    throw tooMany();
  });
}

/** Turns away a provider that asks too often, once it is known to be it: nobody can use up another's calls. */
export function limitOtecs({ limits, metrics }: Context): (rutOtec: number) => void {
  const limit = new RateLimit(limits.porOtec);
  return (rutOtec) => {
    if (limit.admits(rutOtec)) return;
    metrics.limited.add({ by: 'otec' });
    throw tooMany();
  };
}
