import { failureKindOf } from './failure-kind.ts';

/** What the server says of something that went wrong; `number` is SQL Server's own. */
export interface Said {
  number: number;
  message: string;
}

/** The driver's own codes, by what the network would say. */
const OF_DRIVER: Record<string, string> = {
  ETIMEOUT: 'ETIMEDOUT',
  ESOCKET: 'ECONNRESET',
  ECLOSE: 'ECONNRESET',
  EINVALIDSTATE: 'ECONNRESET',
  EENCRYPT: 'MSSQL_ENCRYPT',
};

/** The door was not opened, for a reason whose number nobody here knows. */
const AT_THE_DOOR = 'ELOGIN';

/**
 * An error of the driver with a code that says what it is: `MSSQL_` and the server's number, the network's or TLS's own
 * where that is behind it, else the driver's. `said`: the last that the server told meanwhile.
 */
export function withCode(error: unknown, said: Said | null): unknown {
  if (!(error instanceof Error)) return error;
  // Several at once: what comes first is the cause.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const number = numberOf(first) ?? said?.number;
  const message = first instanceof Error ? first.message : error.message;
  const ofServer = number === undefined ? undefined : `MSSQL_${number}`;
  const isUnknown = ofServer !== undefined && failureKindOf(ofServer) === null;
  const code = isUnknown && isRefusal(first) ? AT_THE_DOOR : (ofServer ?? networkCode(first));
  const level = first instanceof Error && 'class' in first ? { class: first.class } : {};
  return Object.assign(new Error(message, { cause: error }), code === undefined ? {} : { code }, level);
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === AT_THE_DOOR;
}

function numberOf(error: unknown): number | undefined {
  return error instanceof Error && 'number' in error && typeof error.number === 'number'
    ? error.number
    : undefined;
}

function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const below = networkCode(error.cause);
  if (below !== undefined) return below;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? undefined : (OF_DRIVER[code] ?? code);
}
