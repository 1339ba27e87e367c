export * from './client.ts';
export type { Broken, HttpRequest, Reply, Transport } from './exchange.ts';
export {
  GestorError,
  type GestorErrorCode,
  type Operation,
  type Outcome,
  type Retry,
} from './gestor-error.ts';
export * from './results.ts';
export type { Sleep } from './retries.ts';
export { type Looked, lookThrough } from './settle/look-through.ts';
export { isWhole, type Matched, matchProcess, readProcessId, saysTheSame } from './settle/match.ts';
export { type Proof, type Settled, settleSend } from './settle/settle-send.ts';
export type { KnownProcess, OpenSend, OtherSends, Storage } from './settle/storage.ts';
export { type Asked, ESPERA_INCIERTO_MS } from './settle/wait.ts';
