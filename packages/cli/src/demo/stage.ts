import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GestorClient } from '@puente-sic/client';
import { type Ledger, openLedger, type PlanRequest, type SendRequest } from '@puente-sic/engine';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import { archivoSource, type Source } from '@puente-sic/sources';
import { Failure } from '../failure.ts';

/** Everything that the demo needs, in a temporary folder, with a clock of its own: the same on every day. */
export interface Stage {
  gestor: Gestor;
  otec: { rut: string; token: string; nombre: string };
  client: GestorClient;
  /** Sets the clock of both ends. */
  setClock(instant: Date): void;
  /** What `preview` and `send` need to report one folder of examples/ now. */
  request(folder: string): SendRequest & PlanRequest;
  close(): Promise<void>;
}

export async function openStage(signal: AbortSignal): Promise<Stage> {
  const registro = path.join(EXAMPLES, 'registro-demo.json');
  const otec = readOtec(registro);
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-demo-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  let now = new Date(0);
  const clock = () => now;
  let gestor: Gestor | undefined;
  let ledger: Ledger | undefined;
  try {
    gestor = await startGestor({ datos: path.join(folder, 'gestor'), registro, clock });
    ledger = openLedger(path.join(folder, 'estado'));
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

/** examples/ stands at the root of the repository, four levels above this file (in src/ and in dist/ alike). */
const EXAMPLES = fileURLToPath(new URL('../../../../examples/', import.meta.url));

function sourceOf(folder: string): Source {
  return archivoSource({ name: folder, ruta: path.join(EXAMPLES, folder) });
}

function readOtec(registro: string): Stage['otec'] {
  let text: string;
  try {
    text = readFileSync(registro, 'utf8');
  } catch (error) {
    throw new Failure(
      'Los datos de la demostración no vienen en esta instalación.',
      'Están en la carpeta examples/ del repositorio: clónelo y ejecute npm ci && npm run demo.',
      2,
      { cause: error },
    );
  }
  const content: { otecs: [Stage['otec']] } = JSON.parse(text);
  return content.otecs[0];
}
