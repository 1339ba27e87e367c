import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enlacesIn, makeEnlace, type Running } from '@puente-sic/app';
import { GestorClient } from '@puente-sic/client';
import { type Ledger, openLedger, type Provider, type ServeEvent, send, serve } from '@puente-sic/engine';
import { type Gestor, startSandbox } from '@puente-sic/gestor';
import { type Panel, startPanel } from '@puente-sic/panel';
import { archivoSource, type Source } from '@puente-sic/sources';
import registro from '../examples/registro-demo.json' with { type: 'json' };
import { shownSetup } from '../packages/panel/test/support/setup.ts';
import { type Gate, startGate } from './gate.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LAST_NIGHT = new Date('2026-11-21T22:15:00-03:00');
const TONIGHT = new Date('2026-11-22T22:15:00-03:00');
export const NEXT_MORNING = new Date('2026-11-23T09:05:00-03:00');

/** The invented provider of examples/ with two nights behind it, its own Gestor and the panel over both. */
export interface World {
  panel: Panel;
  gestor: Gestor;
  ledger: Ledger;
  /** Sets the clock of everything but the browser. */
  setClock(instant: Date): void;
  /** The provider's folder, which its source reads. */
  data: string;
  /** Puts other data into the provider's folder: `otec-demo-corregido`; null: the folder is gone. */
  dataFrom(example: string | null): Promise<void>;
  /** Straight to the Gestor. */
  client: GestorClient;
  /** The line to the Gestor of everybody else. */
  line: Gate;
  /** Another way to the panel, which can be cut; it leads to the panel that there is. */
  site: Gate;
  /** Asks the Gestor for a fault; null takes all back. */
  fault(fault: { falla: string; endpoint?: string; veces?: number } | null): Promise<void>;
  /**
   * The nightly service, started at an instant and stopped when `until` is true of what it has told: what it began has
   * then ended.
   */
  service(instant: Date, until: (told: ServeEvent[]) => boolean): Promise<ServeEvent[]>;
  /** A link of the console to an administrator's account. */
  enlace(): Promise<string>;
  /** The panel ends, and another one is there in its place. */
  restartPanel(): Promise<void>;
  close(): Promise<void>;
}

/** With `nights: false` nothing has been sent yet. `sources`: those that the service has beside the folder. */
export async function openWorld({
  nights = true,
  sources = [],
  cursos,
}: {
  nights?: boolean;
  sources?: Source[];
  cursos?: Provider['cursos'];
} = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-panel-'));
  const data = join(folder, 'datos');
  let now = LAST_NIGHT;
  const clock = () => now;
  const registroFile = join(ROOT, 'examples/registro-demo.json');
  const gestor = await startSandbox({ datos: join(folder, 'gestor'), registro: registroFile, clock });
  const line = await startGate(() => gestor.url);
  const ledger = await openLedger(join(folder, 'estado'));
  const [inscrita] = registro.otecs;
  if (inscrita === undefined) throw new Error('examples/registro-demo.json names no provider');
  const otec = { rut: inscrita.rut, token: inscrita.token, nombre: inscrita.nombre };
  const clientAt = (address: string) =>
    new GestorClient({
      baseUrl: new URL(new URL(gestor.url).pathname, address).href,
      credenciales: { rutOtec: otec.rut, token: otec.token },
      sleep: async () => {},
      clock,
    });
  const planillas = archivoSource({ name: 'planillas', ruta: data });
  const provider: Provider = { otec, sources: [planillas, ...sources], ...(cursos && { cursos }) };
  const clientFor = () => clientAt(line.url);
  const dataFrom = async (example: string | null) => {
    await rm(data, { recursive: true, force: true });
    if (example !== null) await cp(join(ROOT, 'examples', example), data, { recursive: true });
  };
  const sendNight = async (example: string, instant: Date) => {
    now = instant;
    await dataFrom(example);
    await send({
      sources: [planillas],
      otecs: [otec],
      ledger,
      version: 2,
      at: now,
      clock,
      clientFor,
      concurrency: 1,
    });
  };
  if (nights) {
    await sendNight('otec-demo-ayer', LAST_NIGHT);
    await sendNight('otec-demo', TONIGHT);
  } else {
    await dataFrom('otec-demo');
  }
  now = NEXT_MORNING;
  const inForce: Running = { providers: [provider], pendientes: [], version: 2, clientFor, ensayo: false };
  const place = { config: join(folder, 'puente.yaml'), datos: join(folder, 'estado'), env: {} };
  const newPanel = () =>
    startPanel({
      ...{
        ledger,
        setup: shownSetup(inForce, clock, data),
        clock,
        port: 0,
        enlaces: enlacesIn(place, clock),
      },
      use: (work) => work(inForce),
      clave: async () => 'the key of a test, and of no other',
      webFolder: join(ROOT, 'packages/panel/dist/web'),
    });
  const stopAll = new AbortController();
  const running = new Set<Promise<void>>();
  const world: World = {
    gestor,
    ledger,
    data,
    panel: await newPanel(),
    client: clientAt(gestor.url),
    line,
    site: await startGate(() => world.panel.url),
    setClock: (instant) => {
      now = instant;
    },
    dataFrom,
    fault: async (fault) => {
      const address = new URL(fault === null ? '/sandbox/fallas/limpiar' : '/sandbox/fallas', gestor.url);
      const body = JSON.stringify(fault ?? {});
      const headers = { 'content-type': 'application/json' };
      const { ok, status } = await fetch(address, { method: 'POST', headers, body });
      if (!ok) throw new Error(`The sandbox answered ${status}`);
    },
    service: async (instant, until) => {
      now = instant;
      const told: ServeEvent[] = [];
      const stop = new AbortController();
      const onEvent = (event: ServeEvent) => {
        world.panel.onEvent(event);
        told.push(event);
        if (until(told)) stop.abort();
      };
      const signal = AbortSignal.any([stop.signal, stopAll.signal]);
      const run = serve({ providers: [provider], ledger, version: 2, clock, clientFor, onEvent, signal });
      running.add(run);
      await run.finally(() => running.delete(run));
      return told;
    },
    enlace: async () => (await makeEnlace(place, world.panel.url, clock())).url,
    restartPanel: async () => {
      await world.panel.close();
      world.panel = await newPanel();
    },
    close: async () => {
      stopAll.abort();
      await Promise.all([world.site.close(), line.close()]);
      await Promise.allSettled(running);
      await world.panel.close();
      await ledger.close();
      await gestor.close();
      for (const source of sources) await source.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}
