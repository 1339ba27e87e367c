import { GestorClient } from '@puente-sic/client';
import {
  type AlertCenter,
  alertCenter,
  type CursoConfig,
  type NightRunner,
  nightRunner,
  type Otec,
  type ServeEvent,
} from '@puente-sic/engine';
import type { Source } from '@puente-sic/sources';
import { lineOf } from './line.ts';
import type { Machine } from './machine.ts';
import { simulatedSource } from './source.ts';
import type { ProviderTruth } from './truth.ts';
import type { World } from './world.ts';

/** What puente is told of a provider, in one process. */
export interface Configured {
  otec: Otec;
  sources: Source[];
  cursos?: CursoConfig[];
  client: GestorClient;
}

export function configure(
  provider: ProviderTruth,
  machine: Machine,
  world: World,
  sender: string,
): Configured {
  const { rutOtec, token, fuente, named, descenso } = provider;
  const line = lineOf(world, rutOtec, sender);
  const source = simulatedSource(provider, {
    ...world,
    now: () => world.time.now,
    sleep: (ms) => machine.sleep(ms),
  });
  return {
    otec: { rut: rutOtec, token },
    sources: [source],
    ...(named && {
      cursos: provider.courses.map(({ id }) => ({ fuente, otec: rutOtec, curso: id, descenso })),
    }),
    client: new GestorClient({
      baseUrl: 'http://sence.invalid/gestor/API',
      credenciales: { rutOtec, token },
      clock: machine.clock,
      sleep: (ms) => machine.sleep(ms),
      transport: (request) => machine.wait(line(request)),
    }),
  };
}

/** The service as a process: one runner per provider, asked again and again. */
export class Service {
  readonly machine: Machine;
  readonly #runners: NightRunner[];
  readonly #alerts: AlertCenter;
  readonly #onFall: (error: unknown) => void;
  #telling: Promise<void> = Promise.resolve();

  constructor(world: World, machine: Machine, onFall: (error: unknown) => void) {
    this.machine = machine;
    this.#onFall = onFall;
    const { ledger, clock } = machine;
    const { providers, version } = world.scenario;
    const avisar = providers.map(({ rutOtec }) => ({ rutOtec, otec: rutOtec, canales: [], resumenA: null }));
    this.#alerts = alertCenter({ ledger, clock, avisar });
    this.#runners = providers.map((provider) => {
      const { otec, sources, cursos, client } = configure(provider, machine, world, 'service');
      return nightRunner(
        { otec, sources, ...(cursos && { cursos }), tardio: provider.tardio },
        { ledger, version, clock, clientFor: () => client, onEvent: (event) => this.#take(event) },
      );
    });
  }

  /** The question of every minute. What a runner throws ends the process, as in `serve`. */
  tick(): void {
    for (const runner of this.#runners) runner.tick().catch(this.#onFall);
    this.#telling = this.#telling.then(() => this.#alerts.tick());
    this.#telling.catch(this.#onFall);
  }

  #take(event: ServeEvent): void {
    this.#telling = this.#telling.then(() => this.#alerts.take(event));
    this.#telling.catch(this.#onFall);
  }
}
