import { createLogger } from '../logger.ts';
import { type Gestor, startGestor } from '../server.ts';
import type { Ajustes, Cuenta, Fallo } from './jefe.ts';
import { Linea } from './linea.ts';
import type { Maquina } from './maquina.ts';

// One of the processes of startGestores: it answers calls, and asks the first process what all know only together.

// Ctrl-C and systemd reach every process of a group: when this one ends is the first one's word.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

let gestor: Gestor | undefined;
let own: { pulso(): Promise<unknown>; cuenta(): Cuenta } | undefined;

const linea = new Linea((message) => process.send?.(message), {
  pulso: () => own?.pulso(),
  cuenta: () => own?.cuenta(),
  async termina() {
    await gestor?.close();
    setImmediate(() => process.exit(0));
  },
});
process.on('message', (message) => linea.take(message));
// Asked for, since what is sent to a process before it listens may be lost.
linea
  .ask<Ajustes>('ajustes', null, 60_000)
  .then(start)
  .then((started) => linea.ask('partio', started, 60_000));

const maquina: Maquina = {
  admits: (by, caller) => linea.ask('admite', { by, caller }),
  salud: () => linea.ask('salud', null, 20_000),
  metrics: () => linea.ask('metricas', null, 20_000),
};

async function start({ registra, ...options }: Ajustes): Promise<{ url: string; port: number } | Fallo> {
  const logger = registra ? { logger: createLogger('info', process.stderr) } : {};
  try {
    gestor = await startGestor({ ...options, ...logger, horaPublicacion: null }, undefined, (context) => {
      own = {
        pulso: () => context.pulso.estado(),
        cuenta() {
          const { rss, heapUsed } = process.memoryUsage();
          return { contadores: context.metrics.registry.muestra(), rss, heap: heapUsed };
        },
      };
      return maquina;
    });
    return { url: gestor.url, port: gestor.port };
  } catch (error) {
    return falloOf(error);
  }
}

function falloOf(error: unknown): Fallo {
  const { message, fix, code }: { message: string; fix?: unknown; code?: unknown } =
    error instanceof Error ? error : { message: String(error) };
  return {
    fallo: message,
    ...(typeof fix === 'string' && { fix }),
    ...(typeof code === 'string' && { code }),
  };
}
