import type { GestorOptions } from '../options.ts';
import { type Gestor, startGestor } from '../server.ts';
import { FallaQueue } from './fallas.ts';
import { injectFallas } from './inject.ts';
import { SANDBOX_NAV } from './pagina.ts';
import { REGISTRO_SANDBOX } from './registro.ts';
import { Reloj } from './reloj.ts';
import { sandboxRoutes } from './routes.ts';
import { validador } from './validador.ts';

/**
 * Starts the service as a sandbox: the same answers, a ready registry (the official test data and an invented
 * provider), a clock that can be moved from the one given, and faults on demand, at `/sandbox`.
 */
export function startSandbox(options: GestorOptions): Promise<Gestor> {
  const queue = new FallaQueue();
  const reloj = new Reloj(options.clock);
  return startGestor({ registro: REGISTRO_SANDBOX, ...options, clock: () => reloj.now() }, (app) => {
    injectFallas(app, (endpoint) => queue.take(endpoint));
    sandboxRoutes(app, queue, reloj);
    validador(app, SANDBOX_NAV);
  });
}
