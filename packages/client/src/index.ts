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
