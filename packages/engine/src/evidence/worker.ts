import { parentPort, workerData } from 'node:worker_threads';
import { openLedger } from '../ledger/ledger.ts';
import { type EvidenceMade, evidence } from './evidence.ts';
import type { Answer, Task } from './thread.ts';

/** Bytes of one message, at least: a small file of the ZIP alone is not worth one. */
const ENOUGH = 128 * 1024;

/** Runs in a thread of its own: see `evidenceBeside`. Whoever started it ends it. */
const zip = open(workerData as Task);

parentPort?.on('message', async () => {
  const answer = await next().catch((bug: unknown): Answer => ({ bug }));
  parentPort?.postMessage(answer);
});

async function open({ datos, ahora, ...asked }: Task): Promise<AsyncGenerator<Uint8Array, EvidenceMade>> {
  const ledger = await openLedger(datos);
  return (await evidence({ ledger, ...asked, clock: () => new Date(ahora) })).zip;
}

let made: EvidenceMade | null = null;

async function next(): Promise<Answer> {
  if (made !== null) return { made };
  const pieces: Uint8Array[] = [];
  for (let bytes = 0; bytes < ENOUGH; ) {
    const piece = await (await zip).next();
    if (piece.done) {
      made = piece.value;
      break;
    }
    pieces.push(piece.value);
    bytes += piece.value.length;
  }
  return { piece: Buffer.concat(pieces) };
}
