import { codeOf, type FailureKind, failureKind } from '../db/failure-kind.ts';
import { Silence } from '../db/session.ts';
import { SourceError } from '../source.ts';

/**
 * What went wrong with a database, in words for whoever runs puente; a bug stays as it is. The words name what is to be
 * looked at and no key of puente.yaml: they are read in the panel, too. `hasPasswordInUrl`: where it has to be encoded.
 */
export function connectionFailure(error: unknown, where: string, hasPasswordInUrl = false): unknown {
  if (error instanceof SourceError) return error;
  const kind = error instanceof Silence ? 'silent' : (failureKind(error) ?? sqliteKind(error));
  if (kind === null) return error;
  const [severity, what, fix] = WORDS[kind];
  const more = kind === 'refused' && hasPasswordInUrl ? ` ${ENCODED}` : '';
  return new SourceError(severity, `La base de datos (${where}) ${what}.`, `${fix}${more}`, { cause: error });
}

/** What went wrong with one query, with the table, column or grant that it is about where the database says so. */
export function queryFailure(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof SourceError) return error;
  for (const [pattern, describe] of SAID) {
    const match = pattern.exec(error.message);
    if (match) return wrongQuery(place, ...describe(match[1] ?? match[2] ?? ''), error);
  }
  const code = codeOf(error) ?? '';
  if (TIMEOUTS.has(code))
    return new SourceError(
      'down',
      `La consulta de ${place} tardó más de 4 minutos y se detuvo.`,
      'Revise que use índices y que no una tablas de más; puede limitarse a un curso con «:curso».',
      { cause: error },
    );
  if (code === 'MSSQL_SEVERAL')
    return wrongQuery(place, 'da más de una tabla', 'Deje una sola consulta bajo cada título.', error);
  if (SEVERAL_ROWS.has(code))
    return wrongQuery(
      place,
      'tiene una subconsulta que da más de una fila',
      'Deje una sola, con max(…) o con una condición más.',
      error,
    );
  if (VALUES.has(code) || /^22/.test(code))
    // The database quotes the value, which may be somebody's.
    return wrongQuery(
      place,
      'no puede convertir o calcular un valor de alguna fila',
      'Quite la conversión, y Puente lee el valor como está; o use la que deja vacío lo que no se puede (try_cast en SQL Server, nullif al dividir).',
      error,
    );
  if (WRITES.has(code) || /readonly database/i.test(error.message))
    return wrongQuery(place, 'intenta escribir', 'Puente solo lee: escriba una consulta SELECT.', error);
  if (isNotUnderstood(error, code))
    return wrongQuery(
      place,
      `no la entiende la base: ${withoutEnd(error.message)}`,
      'Corrija la consulta; pruébela antes en la base con la misma cuenta.',
      error,
    );
  return error;
}

type Describe = (name: string) => [what: string, fix: string];

const noTable: Describe = (name) => [
  `usa la tabla «${name}», que no existe`,
  'Revise su nombre y su prefijo, y el nombre de la base.',
];
const noColumn: Describe = (name) => [
  `usa la columna «${name}», que no existe`,
  'Revise su nombre: otra versión del LMS puede llamarla de otro modo.',
];
const noGrant: Describe = (name) => [
  `lee «${name}», y la cuenta no tiene permiso`,
  'Pida a quien administra la base que dé a esa cuenta permiso de lectura (SELECT) sobre eso.',
];

/** What each engine says. */
const SAID: [RegExp, Describe][] = [
  [/^Table '([^']+)' doesn't exist/, noTable],
  [/^relation "([^"]+)" does not exist/, noTable],
  [/no such table: (\S+)/, noTable],
  [/^Unknown column '([^']+)'/, noColumn],
  [/^column "?([^"]+?)"? does not exist/, noColumn],
  [/no such column: (\S+)/, noColumn],
  [/^SELECT command denied to user .* for (?:column '([^']+)'|table (\S+))/, noGrant],
  [/^permission denied for \w+ (\S+)/, noGrant],
  [/^Invalid object name '([^']+)'/, noTable],
  [/^Invalid column name '([^']+)'/, noColumn],
  [/^The multi-part identifier "([^"]+)" could not be bound/, noColumn],
  [/^The SELECT permission was denied on the (?:object|column) '([^']+)'/, noGrant],
];

const TIMEOUTS = new Set([
  ...['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', '57014', 'SQLITE_TIMEOUT', 'MSSQL_TIMEOUT'],
]);
const WRITES = new Set([
  ...['ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', '25006', 'MSSQL_3906', 'MSSQL_NO_ROWS'],
]);
const SEVERAL_ROWS = new Set(['ER_SUBQUERY_NO_1_ROW', '21000', 'MSSQL_512']);
const VALUES = new Set([
  ...['ER_TRUNCATED_WRONG_VALUE', 'ER_DATA_OUT_OF_RANGE', 'ER_DIVISION_BY_ZERO'],
  ...[220, 232, 241, 242, 245, 248, 295, 296, 8114, 8115, 8134, 9420, 13609].map(
    (number) => `MSSQL_${number}`,
  ),
]);
/** Of SQL Server, besides those of class 15: what is ambiguous, not grouped, no function, or of types that do not go together. */
const SYNTAX = new Set(
  [174, 189, 195, 205, 206, 209, 402, 8117, 8120, 8127, 8155].map((number) => `MSSQL_${number}`),
);

/** Whether the words are about the SQL itself, and so quote nothing that it read. */
function isNotUnderstood(error: Error, code: string): boolean {
  if (failureKind(error) !== null) return false;
  const state = 'sqlState' in error ? String(error.sqlState) : code;
  // PostgreSQL's and MySQL's class of errors of syntax and names; SQLite's general one.
  if (/^42\w{3}$/.test(state) || code === 'ERR_SQLITE_ERROR') return true;
  const isServersSyntax = code.startsWith('MSSQL_') && 'class' in error && error.class === 15;
  return isServersSyntax || SYNTAX.has(code) || /syntax error|incomplete input/i.test(error.message);
}

function wrongQuery(place: string, what: string, fix: string, cause: Error): SourceError {
  return new SourceError('wrong', `La consulta de ${place} ${what}.`, fix, { cause });
}

function withoutEnd(message: string): string {
  return message
    .replace(/[\s.]+$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

/** SQLite's own words. */
function sqliteKind(error: unknown): FailureKind | null {
  if (!(error instanceof Error)) return null;
  if (/unable to open database/i.test(error.message)) return 'no-database';
  if (/not a database|malformed/i.test(error.message)) return 'changing';
  return /database (table )?is locked/i.test(error.message) ? 'busy' : null;
}

type Words = ['wrong' | 'down', what: string, fix: string];

const AGAIN =
  'Puente lo intentará de nuevo. Si se repite, pida a quien administra el servidor que lo revise.';

const WORDS: Record<FailureKind | 'silent', Words> = {
  silent: ['down', 'dejó de responder', AGAIN],
  unreachable: [
    'down',
    'no contesta',
    'Revise que el servidor esté encendido, que su nombre y su puerto sean los correctos y que el cortafuegos deje pasar.',
  ],
  'unknown-host': [
    'down',
    'está en un equipo que no se encuentra',
    'Revise el nombre del servidor y la conexión a la red.',
  ],
  internal: [
    'wrong',
    'está en un nombre que lleva a un servicio interno de la máquina, que no se llama',
    'Revise el nombre del servidor. Si es el correcto, avise a quien administra su red: alguien cambió a dónde lleva.',
  ],
  lost: ['down', 'cortó la conexión', AGAIN],
  another: [
    'wrong',
    'no es de la clase que dice su dirección: ahí contesta otro programa',
    'Revise cómo comienza la dirección (mariadb, mysql, postgres o sqlserver) y el puerto: 3306 es el usual de MariaDB y MySQL, 5432 el de PostgreSQL y 1433 el de SQL Server.',
  ],
  refused: [
    'wrong',
    'no acepta el usuario o la clave',
    'Revise el usuario y la clave. Puede haber vencido, o la cuenta no existir en ese servidor.',
  ],
  'no-database': [
    'wrong',
    'no existe o no se puede abrir',
    'Revise el nombre de la base y que la cuenta pueda entrar a ella; de SQLite, la ruta del archivo y sus permisos.',
  ],
  forbidden: [
    'wrong',
    'no deja leer a esa cuenta',
    'Pida a quien administra la base permiso de lectura (SELECT) para la cuenta.',
  ],
  changing: [
    'wrong',
    'no tiene lo que se le pide, o está dañada',
    'Revise que sea la base correcta. Si el LMS se está actualizando, espere a que termine.',
  ],
  busy: ['down', 'no da abasto ahora', AGAIN],
  untrusted: [
    'wrong',
    'muestra un certificado que no se pudo comprobar',
    'Pida un certificado válido, con el nombre de ese servidor (el que SQL Server se hace por sí mismo no lo es). Si lo firma una autoridad propia, indique su archivo en la variable NODE_EXTRA_CA_CERTS.',
  ],
  unencrypted: [
    'wrong',
    'no ofrece conexión cifrada',
    'Pida que la activen (TLS 1.2 o posterior), o desactive el cifrado si la red es de confianza.',
  ],
  encrypted: ['wrong', 'solo acepta conexiones cifradas', 'Active el cifrado de la conexión (TLS).'],
  writable: [
    'wrong',
    'deja escribir a esa cuenta, y en SQL Server solo la cuenta impide que una consulta escriba',
    'Pida una que solo lea: «create user puente_lectura for login puente_lectura; alter role db_datareader add member puente_lectura;» en esa base, sin otros roles ni permisos.',
  ],
  moving: [
    'wrong',
    'puede cambiar mientras se lee, y las consultas verían cada una un momento distinto',
    'Pida a quien la administra que permita la lectura de un solo momento: «alter database LA_BASE set allow_snapshot_isolation on;». No detiene ni cambia nada del LMS.',
  ],
};

const ENCODED =
  'Si la clave tiene símbolos, escríbala tal cual en `clave`, al lado de `url`, o codificada dentro de `url`.';
