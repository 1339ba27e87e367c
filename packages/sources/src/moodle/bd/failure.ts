import { SourceError } from '../../source.ts';

/** The database has said nothing for too long. */
export class Silence extends Error {
  override readonly name = 'Silence';
}

/** A table or column that Moodle always has is not there, or the account may not read it. */
export class Lacking extends Error {
  override readonly name = 'Lacking';
  readonly what: string[];
  constructor(what: string[]) {
    super(`lacking ${what.join(', ')}`);
    this.what = what;
  }
}

/** What went wrong with Moodle's database, in words for whoever runs puente. Bugs stay as they are. */
export function asSourceError(error: unknown, where: string): unknown {
  if (error instanceof SourceError) return error;
  if (error instanceof Silence)
    return new SourceError(
      'down',
      `La base de datos de Moodle (${where}) dejó de responder.`,
      'Puente lo intentará de nuevo. Si se repite, pida a quien administra el servidor que revise su carga.',
      { cause: error },
    );
  if (error instanceof Lacking)
    return new SourceError(
      'wrong',
      `La base de datos de Moodle (${where}) no muestra ${error.what.slice(0, 6).join(', ')}${error.what.length > 6 ? ` y ${error.what.length - 6} más` : ''}.`,
      'Revise `prefijo` en puente.yaml y los permisos de la cuenta: «puente moodle permisos» escribe las órdenes que los dan y los comprueba. Si Moodle se está actualizando, espere a que termine.',
      { cause: error },
    );
  const code = codeOf(error);
  const words = code === null ? undefined : CODES[code];
  if (!words) return error;
  const [kind, message, fix] = words;
  return new SourceError(kind, message.replace('{where}', where), fix, { cause: error });
}

type Words = ['wrong' | 'down', string, string];

const UNREACHABLE: Words = [
  'down',
  'No se pudo conectar con la base de datos de Moodle ({where}).',
  'Revise que el servidor esté encendido, que `url` en puente.yaml tenga el equipo y el puerto correctos y que el cortafuegos deje pasar.',
];
const UNKNOWN_HOST: Words = [
  'down',
  'No se encuentra el equipo de la base de datos de Moodle ({where}).',
  'Revise el nombre del equipo en `url` de puente.yaml y la conexión a la red.',
];
const LOST: Words = [
  'down',
  'Se cortó la conexión con la base de datos de Moodle ({where}).',
  'Puente lo intentará de nuevo. Si se repite, pida a quien administra el servidor que revise su registro.',
];
const REFUSED: Words = [
  'wrong',
  'La base de datos de Moodle ({where}) no acepta el usuario o la clave.',
  'Revise el usuario y la clave en `url` de puente.yaml. Si la clave tiene símbolos, escríbalos codificados: % es %25, @ es %40, / es %2F, # es %23. «puente moodle permisos» muestra cómo crear la cuenta.',
];
const NO_DATABASE: Words = [
  'wrong',
  'No existe esa base de datos en el servidor ({where}).',
  'Revise el nombre de la base al final de `url` en puente.yaml; es `$CFG->dbname` en el config.php de Moodle.',
];
const FORBIDDEN: Words = [
  'wrong',
  'La cuenta no puede leer una de las tablas de Moodle ({where}).',
  '«puente moodle permisos» escribe las órdenes que dan los permisos que faltan.',
];
const CHANGING: Words = [
  'down',
  'La base de datos de Moodle ({where}) está cambiando: parece que Moodle se está actualizando.',
  'Espere a que termine la actualización; Puente lo intentará de nuevo. No se envió nada a medias.',
];
const BUSY: Words = [
  'down',
  'La base de datos de Moodle ({where}) no da abasto ahora.',
  'Puente lo intentará de nuevo. Si se repite, pida a quien administra el servidor que revise su carga y el máximo de conexiones.',
];
const UNTRUSTED: Words = [
  'wrong',
  'No se pudo comprobar el certificado de la base de datos de Moodle ({where}).',
  'Pida un certificado válido a quien administra el servidor. Si lo firma una autoridad propia, indique el archivo de su certificado en la variable NODE_EXTRA_CA_CERTS.',
];
const UNENCRYPTED: Words = [
  'wrong',
  'La base de datos de Moodle ({where}) no ofrece conexión cifrada.',
  'Pida a quien administra el servidor que la active, o quite `tls` de puente.yaml si la red es de confianza.',
];

/** By the code of the network, MySQL/MariaDB or PostgreSQL. */
const CODES: Record<string, Words> = {
  ECONNREFUSED: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ENOENT: UNREACHABLE,
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  ECONNRESET: LOST,
  EPIPE: LOST,
  PROTOCOL_CONNECTION_LOST: LOST,
  '57P01': LOST,
  '57P02': LOST,
  '57P03': UNREACHABLE,
  ER_SERVER_SHUTDOWN: LOST,
  ER_CONNECTION_KILLED: LOST,
  ER_ACCESS_DENIED_ERROR: REFUSED,
  ER_HOST_NOT_PRIVILEGED: REFUSED,
  '28P01': REFUSED,
  '28000': REFUSED,
  ER_BAD_DB_ERROR: NO_DATABASE,
  ER_DBACCESS_DENIED_ERROR: NO_DATABASE,
  '3D000': NO_DATABASE,
  ER_TABLEACCESS_DENIED_ERROR: FORBIDDEN,
  ER_COLUMNACCESS_DENIED_ERROR: FORBIDDEN,
  '42501': FORBIDDEN,
  ER_TABLE_DEF_CHANGED: CHANGING,
  ER_NO_SUCH_TABLE: CHANGING,
  ER_BAD_FIELD_ERROR: CHANGING,
  '42P01': CHANGING,
  '42703': CHANGING,
  '40001': CHANGING,
  ER_CON_COUNT_ERROR: BUSY,
  ER_USER_LIMIT_REACHED: BUSY,
  ER_LOCK_WAIT_TIMEOUT: BUSY,
  '53300': BUSY,
  '57014': BUSY,
  ER_QUERY_INTERRUPTED: BUSY,
  ER_STATEMENT_TIMEOUT: BUSY,
  HANDSHAKE_SSL_ERROR: UNTRUSTED,
  HANDSHAKE_NO_SSL_SUPPORT: UNENCRYPTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
};

function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (/SSL connections?/i.test(error.message)) return 'HANDSHAKE_NO_SSL_SUPPORT';
  if (/timeout/i.test(error.message)) return 'ETIMEDOUT';
  if (/terminated unexpectedly|connection (is )?closed/i.test(error.message)) return 'ECONNRESET';
  return null;
}
