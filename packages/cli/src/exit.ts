/** What every command returns; nothing else is ever returned. */
export const EXIT = {
  ok: 0,
  /** Some data was rejected, held back or is invalid. */
  data: 1,
  /** Wrong use or configuration, a missing or unreadable file. */
  usage: 2,
  /** No connection or not authenticated; nothing was sent, or the service says that it did not take it. */
  connection: 3,
  /** The outcome of some send is unknown. */
  unknown: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
