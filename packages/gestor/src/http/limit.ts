import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { Limitado } from '../maquina/maquina.ts';
import { RateLimit } from './rate.ts';
import { tooMany } from './refusal.ts';

/** Turns away an address that asks too often, before anything of the call is read. */
export function limitAddresses(app: FastifyInstance, context: Context): void {
  const { limits, metrics } = context;
  const admits = counted(context, 'address', limits.porDireccion);
  app.addHook('onRequest', async (request) => {
    if (await admits(request.ip)) return;
    metrics.limited.add({ by: 'address' });
    throw tooMany();
  });
}

/** Turns away a provider that asks too often, once it is known to be it: nobody can use up another's calls. */
export function limitOtecs(context: Context): (rutOtec: number) => Promise<void> {
  const { limits, metrics } = context;
  const admits = counted(context, 'otec', limits.porOtec);
  return async (rutOtec) => {
    if (await admits(rutOtec)) return;
    metrics.limited.add({ by: 'otec' });
    throw tooMany();
  };
}

/** Whether a caller's call fits: counted here, or where the processes of this machine count together. */
function counted(
  { maquina }: Context,
  by: Limitado,
  perSecond: number,
): (caller: string | number) => boolean | Promise<boolean> {
  if (maquina) return (caller) => maquina.admits(by, caller);
  const limit = new RateLimit(perSecond);
  return (caller) => limit.admits(caller);
}
