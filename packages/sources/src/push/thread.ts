import { Worker } from 'node:worker_threads';
import { SourceError } from '../source.ts';
import { withInbox } from './push.ts';
import { type Delivery, type Receipt, receive } from './receive.ts';
import { type DeliveryFault, Rejection, type RejectionCode } from './rejection.ts';

export interface Task extends Delivery {
  /** Of the inbox. */
  name: string;
  stateDir: string;
}

export type Answer =
  | { receipt: Receipt }
  | { rejection: { codigo: RejectionCode; mensaje: string; queHacer: string; errores: DeliveryFault[] } }
  | { failure: Pick<SourceError, 'kind' | 'message' | 'fix'> }
  | { bug: unknown };

/** Taken where one is: some milliseconds. */
const SMALL_BYTES = 64 * 1024;
const TIME_LIMIT_MS = 60_000;
const MEMORY_MB = 1024;
/** Sources have no built thread beside them (they are run by a test): the build's is the same code. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/push/worker.js' : './worker.js',
  import.meta.url,
);

let last: Promise<unknown> = Promise.resolve();

/**
 * Takes a delivery into an inbox; what is large is taken beside the event loop, one after another: whoever sends at night
 * does not wait for it.
 * @throws Rejection with what is wrong, SourceError where the inbox cannot be used.
 */
export function takeDelivery(task: Task): Promise<Receipt> {
  if (task.bytes.length <= SMALL_BYTES) return withInbox(task, (inbox) => receive(inbox, task));
  const turn = last.then(() => inThread(task));
  last = turn.catch(() => {});
  return turn;
}

async function inThread(task: Task): Promise<Receipt> {
  const worker = new Worker(ENTRY, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Receipt>((resolve, reject) => {
      timer = setTimeout(() => reject(tooMuch()), TIME_LIMIT_MS);
      worker.once('message', (answer: Answer) => {
        if ('receipt' in answer) resolve(answer.receipt);
        else reject(errorOf(answer));
      });
      worker.once('error', (cause) => reject(isOutOfMemory(cause) ? tooMuch() : cause));
      worker.once('exit', (code) => reject(new Error(`the thread of a delivery ended with ${code}`)));
    });
  } finally {
    clearTimeout(timer);
    // What it had begun is undone with it.
    await worker.terminate();
  }
}

function errorOf(answer: Exclude<Answer, { receipt: Receipt }>): unknown {
  if ('bug' in answer) return answer.bug;
  if ('failure' in answer) {
    const { kind, message, fix } = answer.failure;
    return new SourceError(kind, message, fix);
  }
  const { codigo, mensaje, queHacer, errores } = answer.rejection;
  return new Rejection(codigo, mensaje, queHacer, errores);
}

function isOutOfMemory(cause: Error): boolean {
  return 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function tooMuch(): Rejection {
  return new Rejection(
    'demasiado',
    'La entrega tarda más de un minuto en leerse, u ocupa demasiada memoria; no se tomó nada de ella.',
    'Divídala en entregas más chicas.',
  );
}
