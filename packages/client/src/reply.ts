import { decodeBody } from './decode.ts';
import type { Reply } from './exchange.ts';
import { serverDate } from './headers.ts';
import type { Received } from './results.ts';

/** What cannot be unpacked reads as an empty answer: nothing is known of it. */
export function receive(reply: Reply): Received {
  return {
    raw: decodeBody(reply) ?? '',
    status: reply.status,
    durationMs: reply.durationMs,
    serverDate: serverDate(reply.headers),
  };
}

export function isSuccess({ status }: Pick<Reply, 'status'>): boolean {
  return status >= 200 && status < 300;
}

/**
 * `{"error":[…]}` is the service's word of credentials that it does not accept (001, 002). Under other statuses it
 * wraps other troubles: too big, too often, no such address, a store that is down.
 */
export function mayBeRefusal(reply: Reply): boolean {
  return isSuccess(reply) || reply.status === 401 || reply.status === 403;
}
