/** What every command returns; nothing else is ever returned. */
export const EXIT = {
  ok: 0,
  /** Some data was rejected, held back or is invalid. */
  data: 1,
  /** Wrong use or configuration, a missing or unreadable file. */
  usage: 2,
  /** No connection or not authenticated; nothing was sent. */
  connection: 3,
  /** The outcome of some send is unknown. */
  unknown: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a run of several sends met, as far as the exit code is concerned. */
export interface Met {
  unknown: boolean;
  /** At least one call reached the Gestor and was answered. */
  sent: boolean;
  noConnection: boolean;
  badData: boolean;
}

/** One code for all that a run met: 4, then 3 (only when nothing was sent), then 1. */
export function exitCodeOf(met: Met): ExitCode {
  if (met.unknown) return EXIT.unknown;
  if (met.noConnection) return met.sent ? EXIT.data : EXIT.connection;
  return met.badData ? EXIT.data : EXIT.ok;
}
