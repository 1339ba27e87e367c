import { isLoopback } from '@puente-sic/protocol';
import type { YAMLMap } from 'yaml';
import { rawAt } from '../config/edit.ts';
import type { FuenteSettings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { requireHostName, secretAgain, secretUncovered } from './database-address.ts';
import type { Editing } from './editor.ts';
import type { FuenteNueva } from './shapes/fuentes.ts';
import type { MOTORES } from './shapes/otros-lms.ts';

type Nueva<T extends FuenteNueva['tipo']> = Extract<FuenteNueva, { tipo: T }>;
type SqlSettings = Extract<FuenteSettings, { tipo: 'sql' }>;
type Servidor = Exclude<Nueva<'sql'>['base'], { motor: 'sqlite' }>;

/** What puente.yaml says of a folder of entities. */
export function entidadesFields({
  nombre,
  tipo,
  ruta,
  ...rest
}: Nueva<'entidades'>): Record<string, unknown> {
  return { nombre, tipo, ruta, ...commonFields(rest) };
}

/** What puente.yaml says of an LMS's database; pasted queries have their file by then. */
export function sqlFields(
  editing: Editing,
  { nombre, tipo, base, lectura, registro, ...rest }: Nueva<'sql'>,
  former: YAMLMap | undefined,
  before: FuenteSettings | undefined,
): Record<string, unknown> {
  const was = before?.tipo === 'sql' ? before : undefined;
  if (lectura.de === 'texto') throw new Error('Queries that were pasted have no file yet');
  const isRecipe = lectura.de === 'receta';
  const given = isRecipe ? Object.entries(lectura.parametros).filter(([, value]) => value !== '') : [];
  const address =
    base.motor === 'sqlite'
      ? { url: `sqlite:${base.archivo}`, clave: null, tls: null }
      : addressFields(editing, nombre, base, former, was);
  return {
    ...{ nombre, tipo, ...address },
    consultas: isRecipe ? null : lectura.ruta,
    receta: isRecipe ? lectura.receta : null,
    registro: registro ?? null,
    parametros: given.length > 0 ? Object.fromEntries(given) : null,
    ...commonFields(rest),
  };
}

function commonFields({ zonaHoraria, columnas }: Pick<Nueva<'sql'>, 'zonaHoraria' | 'columnas'>) {
  const said = Object.entries(columnas).filter(([, fields]) => Object.keys(fields).length > 0);
  return { zonaHoraria, columnas: said.length > 0 ? Object.fromEntries(said) : null };
}

/** The address without the password, which stands beside it; an address that means the same stays as it is written. */
function addressFields(
  { secret }: Editing,
  nombre: string,
  { motor, servidor, puerto, base, usuario, tls, clave }: Servidor,
  former: YAMLMap | undefined,
  was: SqlSettings | undefined,
) {
  requireHostName(servidor);
  const known = was && partsOf(was.url);
  const kept = was && (was.clave ?? known?.clave ?? '');
  // SQL Server is told the password itself; the others only what proves that one knows it.
  const isOtherWay = (known?.motor === 'sqlserver') !== (motor === 'sqlserver');
  const isElsewhere = known?.servidor !== servidor || known.puerto !== puerto || isOtherWay;
  if (clave === undefined && kept) {
    if (isElsewhere) throw secretAgain('la clave de la base de datos');
    if (was && isCovered(was) && !tls) throw secretUncovered();
  }
  const written = former && rawAt(former, 'clave');
  const isSame =
    !isElsewhere && known.motor === motor && known.base === base && known.usuario === usuario && !known.clave;
  return {
    url: isSame
      ? undefined
      : `${motor}://${encodeURIComponent(usuario)}@${servidor}:${puerto}/${encodeURIComponent(base)}`,
    clave:
      clave !== undefined
        ? secret(`CLAVE_${nombre}`, clave)
        : (written ?? (kept ? secret(`CLAVE_${nombre}`, kept) : null)),
    // Left out, a SQL Server decides by where it is: what a person chose is written.
    tls: motor === 'sqlserver' ? tls : tls ? true : null,
  };
}

/** Whether a connection is encrypted where nobody says: a SQL Server's is, unless it is on this machine. */
export function isCovered({ url, tls }: { url: string; tls?: boolean | undefined }): boolean {
  const { protocol, hostname } = new URL(url);
  return tls ?? (protocol === 'sqlserver:' && !isLoopback(hostname));
}

type Motor = (typeof MOTORES)[number];

const MOTOR_OF: Record<string, Motor> = {
  'mysql:': 'mysql',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'sqlserver:': 'sqlserver',
};
const PORTS: Record<Motor, number> = { mariadb: 3306, mysql: 3306, postgres: 5432, sqlserver: 1433 };

/** What an address of a server's database says. */
export function partsOf(url: string) {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const motor = MOTOR_OF[protocol] ?? 'mariadb';
  return {
    motor,
    servidor: hostname,
    puerto: port === '' ? PORTS[motor] : Number(port),
    base: decodeURIComponent(pathname.slice(1)),
    usuario: decodeURIComponent(username),
    clave: decodeURIComponent(password),
  };
}

/** The file of a SQLite; null: a server's address. */
export function sqliteFileOf(url: string): string | null {
  return /^sqlite:(?:\/\/(?=\/))?(.+)$/i.exec(url)?.[1] ?? null;
}

/** @throws Failure for what puente.yaml alone can hold. */
export function byHand(): Failure {
  return new Failure(
    'Lo que una plataforma entrega por sí misma se configura en puente.yaml.',
    'docs/entregas.md muestra cómo, paso a paso.',
  );
}
