import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GestorClient } from '@puente-sic/client';
import { nightRunner, openLedger, type Provider, send } from '@puente-sic/engine';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import { type Panel, startPanel } from '@puente-sic/panel';
import { archivoSource } from '@puente-sic/sources';
import registro from '../examples/registro-demo.json' with { type: 'json' };
import { noSetup } from '../packages/panel/test/support/setup.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LAST_NIGHT = new Date('2026-11-21T22:15:00-03:00');
const TONIGHT = new Date('2026-11-22T22:15:00-03:00');
export const NEXT_MORNING = new Date('2026-11-23T09:05:00-03:00');

/** The invented provider of examples/ with two nights behind it, its own Gestor and the panel over both. */
export interface World {
  panel: Panel;
  gestor: Gestor;
  /** Sets the clock of everything but the browser. */
  setClock(instant: Date): void;
  /** Puts other data into the provider's folder: `otec-demo-corregido`. */
  dataFrom(example: string): Promise<void>;
  /** The question that the service asks itself every minute, at that instant; the clock stays there. */
  tick(instant: Date): Promise<void>;
  close(): Promise<void>;
}

/** With `nights: false` nothing has been sent yet. `sources` stand in the place of the provider's folder. */
export async function openWorld({
  nights = true,
  ...given
}: { nights?: boolean } & Partial<Pick<Provider, 'sources' | 'cursos'>> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-panel-'));
  const data = join(folder, 'datos');
  let now = LAST_NIGHT;
  const clock = () => now;
  const registroFile = join(ROOT, 'examples/registro-demo.json');
  const gestor = await startGestor({ datos: join(folder, 'gestor'), registro: registroFile, clock });
  const ledger = openLedger(join(folder, 'estado'));
  const [inscrita] = registro.otecs;
  if (inscrita === undefined) throw new Error('examples/registro-demo.json names no provider');
  const otec = { rut: inscrita.rut, token: inscrita.token, nombre: inscrita.nombre };
  const client = new GestorClient({
    baseUrl: gestor.url,
    credenciales: { rutOtec: otec.rut, token: otec.token },
    clock,
  });
  const provider: Provider = { otec, sources: [archivoSource({ name: 'planillas', ruta: data })], ...given };
  const clientFor = () => client;
  const runner = nightRunner(provider, { ledger, version: 2, clock, clientFor });
  const dataFrom = async (example: string) => {
    await rm(data, { recursive: true, force: true });
    await cp(join(ROOT, 'examples', example), data, { recursive: true });
  };
  const sendNight = async (example: string, instant: Date) => {
    now = instant;
    await dataFrom(example);
    const { sources } = provider;
    await send({ sources, otecs: [otec], ledger, version: 2, at: now, clock, clientFor, concurrency: 1 });
  };
  if (nights) {
    await sendNight('otec-demo-ayer', LAST_NIGHT);
    await sendNight('otec-demo', TONIGHT);
  } else {
    await dataFrom('otec-demo');
  }
  now = NEXT_MORNING;
  const panel = await startPanel({
    ...{ ledger, setup: noSetup(), clock, port: 0 },
    use: (work) => work({ providers: [provider], pendientes: [], version: 2, clientFor }),
    webFolder: join(ROOT, 'packages/panel/dist/web'),
  });
  return {
    panel,
    gestor,
    setClock: (instant) => {
      now = instant;
    },
    dataFrom,
    tick: async (instant) => {
      now = instant;
      await runner.tick();
    },
    close: async () => {
      await runner.close(AbortSignal.abort());
      await panel.close();
      await ledger.close();
      await gestor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
