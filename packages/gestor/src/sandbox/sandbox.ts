import { setTimeout as wait } from 'node:timers/promises';
import { DEFAULT_LIMITS, type GestorOptions } from '../options.ts';
import { importRegistry } from '../registry/import.ts';
import { readRegistry } from '../registry/json.ts';
import { readRegistryFile } from '../registry/read-file.ts';
import { type Gestor, startGestor } from '../server.ts';
import { forgetSent } from '../store/forget.ts';
import type { Store } from '../store/store.ts';
import { Diario, keepDiario } from './diario.ts';
import { FallaQueue } from './fallas.ts';
import { injectFallas } from './inject.ts';
import { placeMagicos } from './magicos.ts';
import { SANDBOX_NAV } from './pagina.ts';
import { REGISTRO_SANDBOX } from './registro.ts';
import { Reloj } from './reloj.ts';
import { sandboxRoutes } from './routes.ts';
import { validador } from './validador.ts';

export interface Sandbox extends Gestor {
  /** Resolves once no call has come for so many seconds, or the signal fires. */
  untilIdle(segundos: number, signal: AbortSignal): Promise<void>;
}

/**
 * Starts the service as a sandbox: the same answers, a ready registry (the official test data and an invented
 * provider) with the {@link MAGICOS} in every course, a clock that can be moved from the one given, faults on demand and
 * a journal of what was received, at `/sandbox`.
 */
export async function startSandbox(options: GestorOptions): Promise<Sandbox> {
  const queue = new FallaQueue();
  const reloj = new Reloj(options.clock);
  const diario = new Diario(() => reloj.now());
  const registro = options.registro ?? REGISTRO_SANDBOX;
  const use: { store: Store | null } = { store: null };

  /** Brings a registry in; `complete`: what it does not name closes. */
  const seed = async (store: Store, given: unknown, complete: boolean) => {
    const registry = typeof given === 'string' ? await readRegistryFile(given) : readRegistry(given);
    const report = await importRegistry(store, registry, { now: reloj.now(), complete });
    await placeMagicos(store.db);
    return report;
  };

  // The journal shows every body whole, also one with a bad token.
  const limits = { sinCredenciales: DEFAULT_LIMITS.cuerpo, ...options.limits };
  const given = { ...options, registro, limits, clock: () => reloj.now() };
  const gestor = await startGestor(given, (app, { store }) => {
    use.store = store;
    const calls = keepDiario(app, diario);
    injectFallas(app, (_endpoint, request) => {
      const llamada = calls.get(request);
      const falla = llamada ? queue.take(llamada) : null;
      if (llamada && falla) llamada.falla = falla.tipo;
      return falla;
    });
    sandboxRoutes(app, {
      ...{ queue, reloj, diario },
      seed: (given) => seed(store, given, false),
      async reset() {
        queue.clear();
        reloj.reset();
        await forgetSent(store.db);
        await seed(store, registro, true);
        diario.clear();
      },
    });
    validador(app, SANDBOX_NAV);
  });
  if (use.store) await placeMagicos(use.store.db);
  return { ...gestor, untilIdle: (segundos, signal) => untilIdle(diario, segundos, signal) };
}

async function untilIdle(diario: Diario, segundos: number, signal: AbortSignal): Promise<void> {
  const left = () => segundos * 1000 - (performance.now() - diario.lastCall);
  while (!signal.aborted && left() > 0) {
    await wait(Math.min(left(), 1000), undefined, { signal }).catch(() => undefined);
  }
}
