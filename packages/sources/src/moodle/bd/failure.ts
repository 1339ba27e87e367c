import { type FailureKind, failureKind } from '../../db/failure-kind.ts';
import { Silence } from '../../db/session.ts';
import { SourceError } from '../../source.ts';

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
  const failed = failureKind(error);
  // The last two are SQL Server's, on which no Moodle is read.
  if (failed === null || failed === 'writable' || failed === 'moving') return error;
  const [kind, message, fix] = WORDS[failed];
  return new SourceError(kind, message.replace('{where}', where), fix, { cause: error });
}

type Words = ['wrong' | 'down', string, string];

const WORDS: Record<Exclude<FailureKind, 'writable' | 'moving'>, Words> = {
  unreachable: [
    'down',
    'No se pudo conectar con la base de datos de Moodle ({where}).',
    'Revise que el servidor esté encendido, que su nombre y su puerto sean los correctos y que el cortafuegos deje pasar.',
  ],
  'unknown-host': [
    'down',
    'No se encuentra el equipo de la base de datos de Moodle ({where}).',
    'Revise el nombre del servidor y la conexión a la red.',
  ],
  internal: [
    'wrong',
    'El nombre del equipo de la base de datos de Moodle ({where}) lleva a un servicio interno de la máquina, que no se llama.',
    'Revise el nombre del servidor. Si es el correcto, avise a quien administra su red: alguien cambió a dónde lleva.',
  ],
  lost: [
    'down',
    'Se cortó la conexión con la base de datos de Moodle ({where}).',
    'Puente lo intentará de nuevo. Si se repite, pida a quien administra el servidor que revise su registro.',
  ],
  another: [
    'wrong',
    'Donde debía estar la base de datos de Moodle ({where}) contesta otro programa.',
    'Revise cómo comienza la dirección (mariadb, mysql o postgres; es `$CFG->dbtype` en el config.php de Moodle) y el puerto: 3306 es el usual de MariaDB y MySQL, y 5432 el de PostgreSQL.',
  ],
  refused: [
    'wrong',
    'La base de datos de Moodle ({where}) no acepta el usuario o la clave.',
    'Revise el usuario y la clave. Dentro de `url`, en puente.yaml, los símbolos de la clave van codificados: % es %25, @ es %40, / es %2F, # es %23. «puente moodle permisos» muestra cómo crear la cuenta.',
  ],
  'no-database': [
    'wrong',
    'No existe esa base de datos en el servidor ({where}).',
    'Revise el nombre de la base; es `$CFG->dbname` en el config.php de Moodle.',
  ],
  forbidden: [
    'wrong',
    'La cuenta no puede leer una de las tablas de Moodle ({where}).',
    '«puente moodle permisos» escribe las órdenes que dan los permisos que faltan.',
  ],
  changing: [
    'down',
    'La base de datos de Moodle ({where}) está cambiando: parece que Moodle se está actualizando.',
    'Espere a que termine la actualización; Puente lo intentará de nuevo. No se envió nada a medias.',
  ],
  busy: [
    'down',
    'La base de datos de Moodle ({where}) no da abasto ahora.',
    'Puente lo intentará de nuevo. Si se repite, pida a quien administra el servidor que revise su carga y el máximo de conexiones.',
  ],
  untrusted: [
    'wrong',
    'No se pudo comprobar el certificado de la base de datos de Moodle ({where}).',
    'Pida un certificado válido a quien administra el servidor. Si lo firma una autoridad propia, indique el archivo de su certificado en la variable NODE_EXTRA_CA_CERTS.',
  ],
  unencrypted: [
    'wrong',
    'La base de datos de Moodle ({where}) no ofrece conexión cifrada.',
    'Pida a quien administra el servidor que la active, o desactive el cifrado si la red es de confianza.',
  ],
  encrypted: [
    'wrong',
    'La base de datos de Moodle ({where}) solo acepta conexiones cifradas.',
    'Active el cifrado de la conexión (TLS).',
  ],
};
