import { ANOTHER_SERVER, INTERNAL_ADDRESS } from '@puente-sic/protocol';

/** How a database fails, whichever it is. */
export type FailureKind =
  | 'unreachable'
  | 'unknown-host'
  /** Its name leads to a service of the machine itself, which must not be asked. */
  | 'internal'
  | 'lost'
  /** Something answers there, in no language of that database. */
  | 'another'
  | 'refused'
  | 'no-database'
  /** The account may not read something. */
  | 'forbidden'
  /** A table or column is not there. */
  | 'changing'
  | 'busy'
  | 'untrusted'
  | 'unencrypted'
  /** It takes encrypted connections alone. */
  | 'encrypted'
  /** The account could write, and nothing but its grants keeps a session from that. */
  | 'writable'
  /** What is read would move meanwhile. */
  | 'moving';

/** Null: a bug, or nothing that a database says. */
export function failureKind(error: unknown): FailureKind | null {
  const code = codeOf(error);
  return code === null ? null : failureKindOf(code);
}

/** As {@link failureKind}, of the code alone. */
export function failureKindOf(code: string): FailureKind | null {
  return CODES[code] ?? null;
}

/**
 * SQL Server's own numbers, from its list of errors [learn.microsoft.com, «Database engine events and errors»]: none was met
 * live.
 */
const SQL_SERVER: Record<string, FailureKind> = {
  MSSQL_ENCRYPT: 'encrypted',
  MSSQL_CAN_WRITE: 'writable',
  MSSQL_NO_SNAPSHOT: 'moving',
  MSSQL_3952: 'moving',
  MSSQL_3957: 'moving',
  // The driver's own, of a number that is none of these.
  ELOGIN: 'refused',
  // The login, its password (ended, to be changed, disabled), or one of Windows where only those of SQL are taken.
  ...of('refused', [17892, 18450, 18451, 18452, 18456, 18458, 18470, 18486, 18487, 18488]),
  ...of('no-database', [911, 916, 4060, 4064]),
  ...of('forbidden', [229, 230, 297, 300]),
  ...of('changing', [207, 208, 3961, 3962, 4413, 4502]),
  ...of('busy', [701, 1204, 1205, 1222, 3958, 3960, 8645, 8651, 10928, 10929, 17809, 18461, 40501, 49918]),
  ...of('lost', [596, 6005, 17148, 17197]),
  // Restoring, off line, in recovery, or a firewall of the cloud.
  ...of(
    'unreachable',
    [
      233, 921, 922, 924, 927, 942, 945, 976, 983, 10053, 10054, 10060, 17142, 18401, 40613, 40615, 40914,
      47073,
    ],
  ),
};

function of(kind: FailureKind, numbers: number[]): Record<string, FailureKind> {
  return Object.fromEntries(numbers.map((number) => [`MSSQL_${number}`, kind]));
}

/** By the code of the network, MySQL/MariaDB, PostgreSQL or SQL Server. */
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
  [ANOTHER_SERVER]: 'another',
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
  ER_SECURE_TRANSPORT_REQUIRED: 'encrypted',
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
  CERT_NOT_YET_VALID: 'untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'untrusted',
  // No version or cipher of TLS that both accept.
  EPROTO: 'unencrypted',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'unencrypted',
  ERR_SSL_WRONG_VERSION_NUMBER: 'unencrypted',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'unencrypted',
  ...SQL_SERVER,
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
