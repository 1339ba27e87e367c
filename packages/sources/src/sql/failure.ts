import { codeOf, type FailureKind, failureKind } from '../db/failure-kind.ts';
import { Silence } from '../db/session.ts';
import { SourceError } from '../source.ts';

/** What went wrong with a database, in words for whoever runs puente; a bug stays as it is. */
export function connectionFailure(error: unknown, where: string): unknown {
  if (error instanceof SourceError) return error;
  const kind = error instanceof Silence ? 'silent' : (failureKind(error) ?? sqliteKind(error));
  if (kind === null) return error;
  const [severity, what, fix] = WORDS[kind];
  return new SourceError(severity, `La base de datos (${where}) ${what}.`, fix, { cause: error });
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
  if (WRITES.has(code) || /readonly database/i.test(error.message))
    return wrongQuery(place, 'intenta escribir', 'Puente solo lee: escriba una consulta SELECT.', error);
  if (SYNTAX.has(code) || /syntax error|incomplete input/i.test(error.message))
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
  'Revise su nombre y su prefijo, y el nombre de la base al final de `url`.',
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
];

const TIMEOUTS = new Set(['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', '57014', 'SQLITE_TIMEOUT']);
const WRITES = new Set(['ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', '25006']);
const SYNTAX = new Set(['ER_PARSE_ERROR', '42601']);

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
    'Revise que el servidor esté encendido, que `url` en puente.yaml tenga el equipo y el puerto correctos y que el cortafuegos deje pasar.',
  ],
  'unknown-host': [
    'down',
    'está en un equipo que no se encuentra',
    'Revise el nombre del equipo en `url` de puente.yaml y la conexión a la red.',
  ],
  internal: [
    'wrong',
    'está en un nombre que lleva a un servicio interno de la máquina, que no se llama',
    'Revise el nombre del equipo en `url` de puente.yaml. Si es el correcto, avise a quien administra su red: alguien cambió a dónde lleva.',
  ],
  lost: ['down', 'cortó la conexión', AGAIN],
  refused: [
    'wrong',
    'no acepta el usuario o la clave',
    'Revise el usuario en `url` y la clave. Si la clave tiene símbolos, escríbala tal cual en `clave`, al lado de `url`.',
  ],
  'no-database': [
    'wrong',
    'no existe o no se puede abrir',
    'Revise el nombre de la base al final de `url` en puente.yaml; de SQLite, la ruta del archivo y sus permisos.',
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
    'Pida un certificado válido. Si lo firma una autoridad propia, indique su archivo en la variable NODE_EXTRA_CA_CERTS.',
  ],
  unencrypted: [
    'wrong',
    'no ofrece conexión cifrada',
    'Pida que la activen, o quite `tls` de puente.yaml si la red es de confianza.',
  ],
};
