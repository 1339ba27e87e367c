export * from './client.ts';
export { fileStorage } from './course/file-storage.ts';
export * from './course/results.ts';
export { DEFAULT_PATIENCE_MS } from './course/send-course.ts';
export { memoryStorage, type SendStorage, type StoredSend } from './course/send-storage.ts';
export type { Broken, HttpRequest, Reply, Transport } from './exchange.ts';
export { type FetchLike, fetchTransport } from './fetch-transport.ts';
export {
  GestorError,
  type GestorErrorCode,
  type Operation,
  type Outcome,
  type Retry,
} from './gestor-error.ts';
export type { Hooks, RequestTold, ResponseTold, RetryTold } from './hooks.ts';
export { type MockFault, MockGestor } from './mock.ts';
export type { Finding, FindingId } from './official/finding.ts';
export { type OfficialTest, type OfficialTestOptions, officialTest } from './official/official-test.ts';
export { DEFAULT_TIMEOUT_MS, type GestorClientOptions } from './options.ts';
export * from './results.ts';
export type { Sleep } from './retries.ts';
export { type Looked, lookThrough } from './settle/look-through.ts';
export { isWhole, type Matched, matchProcess, readProcessId, saysTheSame } from './settle/match.ts';
export { type Proof, type Settled, settleSend } from './settle/settle-send.ts';
export type { KnownProcess, OpenSend, OtherSends, Storage } from './settle/storage.ts';
export { type Asked, ESPERA_INCIERTO_MS } from './settle/wait.ts';
export { type ClientUsageCode, ClientUsageError } from './usage-error.ts';
