import { GestorClient } from '@puente-sic/client';
import { type AlertCenter, alertCenter, type CursoConfig, type Otec, serve } from '@puente-sic/engine';
import type { Source } from '@puente-sic/sources';
import { lineOf } from './line.ts';
import type { Machine } from './machine.ts';
import { simulatedSource } from './source.ts';
import { FIRST_TOKEN, type ProviderTruth, SECOND_TOKEN } from './truth.ts';
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
  const { rutOtec, token: first, fuente, named, descenso } = provider;
  const line = lineOf(world, rutOtec, sender);
  const isService = sender === 'service';
  const source = simulatedSource(provider, {
    ...world,
    now: () => world.time.now,
    sleep: (ms) => machine.sleep(ms),
    onRead: () => isService && world.readings.push({ rutOtec, at: world.time.now }),
    onGiven: (curso, finding) =>
      isService && world.given.push({ rutOtec, curso, finding, at: world.time.now }),
  });
  const token = world.mended.has(rutOtec) ? first.replace(FIRST_TOKEN, SECOND_TOKEN) : first;
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

/**
 * The service as a process, asked again after each pause.
 * @returns when it has ended: because its machine died, or (rejecting) because it fell by itself.
 */
export async function runService(
  world: World,
  machine: Machine,
  pause: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const { ledger, clock, death } = machine;
  const { providers, version } = world.scenario;
  const configured = providers.map((provider) => ({
    ...configure(provider, machine, world, 'service'),
    tardio: provider.tardio,
  }));
  const clientFor = ({ rut }: Otec) => {
    const found = configured.find(({ otec }) => otec.rut === rut);
    if (found === undefined) throw new Error(`No provider ${rut}`);
    return found.client;
  };
  const alerts = world.avisar && heard(alertCenter({ ledger, clock, avisar: world.avisar }), world);
  await serve({
    ...(alerts && { alerts }),
    ...{ ledger, version, clock, pause, clientFor, signal: death },
    onDefect: ({ error, rutOtec }) =>
      machine.isAlive && world.defects.push({ at: world.time.now, rutOtec, error }),
    providers: configured.map(({ otec, sources, cursos, tardio }) => ({
      ...{ otec, sources, tardio },
      ...(cursos && { cursos }),
    })),
  });
}

/** The clock stands still while alerts are on a real line. */
function heard({ take, tick }: AlertCenter, { time }: World): AlertCenter {
  return { take: (event) => time.real(take(event)), tick: () => time.real(tick()) };
}
