import { INTERNAL_ADDRESS } from '@puente-sic/protocol';

/** How a database fails, whichever it is. */
export type FailureKind =
  | 'unreachable'
  | 'unknown-host'
  /** Its name leads to a service of the machine itself, which must not be asked. */
  | 'internal'
  | 'lost'
  | 'refused'
  | 'no-database'
  /** The account may not read something. */
  | 'forbidden'
  /** A table or column is not there. */
  | 'changing'
  | 'busy'
  | 'untrusted'
  | 'unencrypted';

/** Null: a bug, or nothing that a database says. */
export function failureKind(error: unknown): FailureKind | null {
  const code = codeOf(error);
  return code === null ? null : (CODES[code] ?? null);
}

/** By the code of the network, MySQL/MariaDB or PostgreSQL. */
const CODES: Record<string, FailureKind> = {
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ENOENT: 'unreachable',
  ENOTFOUND: 'unknown-host',
  [INTERNAL_ADDRESS]: 'internal',
  EAI_AGAIN: 'unknown-host',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  PROTOCOL_CONNECTION_LOST: 'lost',
  '57P01': 'lost',
  '57P02': 'lost',
  '57P03': 'unreachable',
  ER_SERVER_SHUTDOWN: 'lost',
  ER_CONNECTION_KILLED: 'lost',
  ER_ACCESS_DENIED_ERROR: 'refused',
  ER_HOST_NOT_PRIVILEGED: 'refused',
  '28P01': 'refused',
  '28000': 'refused',
  ER_BAD_DB_ERROR: 'no-database',
  ER_DBACCESS_DENIED_ERROR: 'no-database',
  '3D000': 'no-database',
  ER_TABLEACCESS_DENIED_ERROR: 'forbidden',
  ER_COLUMNACCESS_DENIED_ERROR: 'forbidden',
  '42501': 'forbidden',
  ER_TABLE_DEF_CHANGED: 'changing',
  ER_NO_SUCH_TABLE: 'changing',
  ER_BAD_FIELD_ERROR: 'changing',
  '42P01': 'changing',
  '42703': 'changing',
  '40001': 'changing',
  ER_CON_COUNT_ERROR: 'busy',
  ER_USER_LIMIT_REACHED: 'busy',
  ER_LOCK_WAIT_TIMEOUT: 'busy',
  '53300': 'busy',
  '57014': 'busy',
  ER_QUERY_INTERRUPTED: 'busy',
  ER_STATEMENT_TIMEOUT: 'busy',
  HANDSHAKE_SSL_ERROR: 'untrusted',
  HANDSHAKE_NO_SSL_SUPPORT: 'unencrypted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  CERT_HAS_EXPIRED: 'untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'untrusted',
};

/** The code that an error of the network or a driver carries, or that its words mean. */
export function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // MariaDB's own number, which the driver has no name for.
  if ('errno' in error && error.errno === 1969) return 'ER_STATEMENT_TIMEOUT';
  if (/SSL connections?/i.test(error.message)) return 'HANDSHAKE_NO_SSL_SUPPORT';
  if (/timeout/i.test(error.message)) return 'ETIMEDOUT';
  if (/terminated unexpectedly|connection (is )?closed/i.test(error.message)) return 'ECONNRESET';
  return null;
}
