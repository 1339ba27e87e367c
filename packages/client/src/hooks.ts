import type { Broken, HttpRequest, Reply, Transport } from './exchange.ts';
import type { GestorError } from './gestor-error.ts';
import type { Operation } from './outcome.ts';
import type { Pacing } from './retries.ts';

/** A request about to leave; without its address and body, which hold the token. */
export interface RequestTold {
  operation: Operation;
  method: 'GET' | 'POST';
  /** Of the body. */
  bytes: number;
}

/** What came of a request; `status` null: no whole answer. */
export interface ResponseTold extends RequestTold {
  status: number | null;
  /** Why there is no whole answer; null where there is one. */
  broken: Broken['why'] | null;
  durationMs: number;
}

/** A call is about to be made again. */
export interface RetryTold {
  operation: Operation;
  error: GestorError;
  waitMs: number;
}

/** For logs and measures. They are told and change nothing; one that throws is told by a warning of the process. */
export interface Hooks {
  onRequest?: (told: RequestTold) => void;
  onResponse?: (told: ResponseTold) => void;
  onRetry?: (told: RetryTold) => void;
}

export function hookedTransport(transport: Transport, { onRequest, onResponse }: Hooks): Transport {
  if (!onRequest && !onResponse) return transport;
  return async (request) => {
    const told = describe(request);
    tell(onRequest, told);
    const reply = await transport(request);
    tell(onResponse, { ...told, ...outcomeOf(reply) });
    return reply;
  };
}

/** The two arguments of a retried call that the hook is told through. */
export function hookedPacing(
  operation: Operation,
  mayRepeat: (error: GestorError) => boolean,
  pacing: Pacing,
  { onRetry }: Hooks,
): [(error: GestorError) => boolean, Pacing] {
  let last: GestorError | null = null;
  return [
    (error) => {
      last = error;
      return mayRepeat(error);
    },
    {
      ...pacing,
      sleep(ms, signal) {
        if (last) tell(onRetry, { operation, error: last, waitMs: ms });
        return pacing.sleep(ms, signal);
      },
    },
  ];
}

function describe({ url, method, body }: HttpRequest): RequestTold {
  const operation = url.pathname.endsWith('/enviarAvance') ? 'enviarAvance' : 'historialEnvios';
  return { operation, method, bytes: body?.byteLength ?? 0 };
}

function outcomeOf(reply: Reply | Broken): Pick<ResponseTold, 'status' | 'broken' | 'durationMs'> {
  const { status, durationMs } = reply;
  return { status, durationMs, broken: reply.kind === 'broken' ? reply.why : null };
}

/** A mistake in a log must not decide what becomes of a send. */
function tell<T>(hook: ((told: T) => void) | undefined, told: T): void {
  try {
    hook?.(told);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error), 'GestorClientHook');
  }
}
