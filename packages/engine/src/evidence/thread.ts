import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Evidence, type EvidenceMade, type EvidenceRequest, evidence } from './evidence.ts';

/** What the thread is started with: what of a request can be handed over. */
export interface Task {
  datos: string;
  rutOtec: string;
  curso: string;
  desde: string;
  hasta: string;
  /** ISO 8601, UTC. */
  ahora: string;
}

/** What it sends; a piece only when the one before was taken. */
export type Answer = { piece: Uint8Array } | { made: EvidenceMade } | { bug: unknown };

/** The next piece. */
export const MORE = 'more';

/** Sources have no built thread beside them (they are run by a test): the build's is the same code. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/evidence/worker.js' : './worker.js',
  import.meta.url,
);

/**
 * {@link evidence} made beside the event loop, for a process that sends: bodies of a large course take tenths of a
 * second each to unpack and hash. The thread reads the state folder's file by a connection of its own, and ends with the
 * ZIP, or when nobody reads it any more.
 */
export async function evidenceBeside(request: EvidenceRequest): Promise<Evidence> {
  const { datos } = request.ledger;
  // One in memory is nobody else's to read.
  if (datos === null) return evidence(request);
  const { envios } = await evidence(request);
  return { envios, zip: fromThread(request, datos) };
}

async function* fromThread(
  { rutOtec, curso, desde, hasta, clock }: EvidenceRequest,
  datos: string,
): AsyncGenerator<Uint8Array, EvidenceMade> {
  const task: Task = { datos, rutOtec, curso, desde, hasta, ahora: clock().toISOString() };
  const worker = new Worker(ENTRY, { workerData: task });
  try {
    for (;;) {
      worker.postMessage(MORE);
      // Rejected by the worker's own `error`, as where it has no memory left.
      const [answer]: Answer[] = await once(worker, 'message');
      if (answer === undefined) throw new Error('The thread sent nothing');
      if ('bug' in answer) throw answer.bug;
      if ('made' in answer) return answer.made;
      yield answer.piece;
    }
  } finally {
    await worker.terminate();
  }
}
