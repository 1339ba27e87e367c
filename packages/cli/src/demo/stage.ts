import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { type Ledger, openLedger, type PlanRequest, type SendRequest } from '@puente-sic/engine';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import { EXAMPLES, type ExampleOtec, readOtec, sourceOf } from './examples.ts';

/** Everything that the demo needs, in a temporary folder, with a clock of its own: the same on every day. */
export interface Stage {
  gestor: Gestor;
  otec: ExampleOtec;
  client: GestorClient;
  /** Sets the clock of both ends. */
  setClock(instant: Date): void;
  /** What `preview` and `send` need to report one folder of examples/ now. */
  request(folder: string): SendRequest & PlanRequest;
  close(): Promise<void>;
}

export async function openStage(signal: AbortSignal): Promise<Stage> {
  const registro = path.join(EXAMPLES, 'registro-demo.json');
  const otec = readOtec();
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-demo-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  let now = new Date(0);
  const clock = () => now;
  let gestor: Gestor | undefined;
  let ledger: Ledger | undefined;
  try {
    gestor = await startGestor({ datos: path.join(folder, 'gestor'), registro, clock });
    ledger = await openLedger(path.join(folder, 'estado'));
  } catch (error) {
    await gestor?.close();
    await remove();
    throw error;
  }
  const opened = { gestor, ledger };
  const client = new GestorClient({
    baseUrl: gestor.url,
    credenciales: { rutOtec: otec.rut, token: otec.token },
    clock,
  });
  return {
    gestor,
    otec,
    client,
    setClock: (instant) => {
      now = instant;
    },
    request: (name) => ({
      sources: [sourceOf(name)],
      otecs: [otec],
      ledger: opened.ledger,
      version: 2,
      at: now,
      clock,
      clientFor: () => client,
      // One call after the other, so that the processes are numbered the same every time.
      concurrency: 1,
      signal,
    }),
    close: async () => {
      await opened.ledger.close();
      await opened.gestor.close();
      await remove();
    },
  };
}
