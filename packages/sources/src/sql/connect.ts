import type { SqlDb } from '../db/db.ts';
import { connectMysql } from '../db/mysql.ts';
import { connectPostgres } from '../db/postgres.ts';
import { withSession } from '../db/session.ts';
import { SourceError } from '../source.ts';
import { connectionFailure } from './failure.ts';
import { connectSqlite } from './sqlite.ts';

/** Where a database is and how to get in. */
export interface SqlAddress {
  /**
   * `mariadb://`, `mysql://`, `postgres://` or `sqlserver://user:password@host:port/database`, or `sqlite:` and the path
   * of a file.
   */
  url: string;
  /** The password as it is, in place of one in `url`. */
  clave?: string;
  /** Encrypted, with the server's certificate verified. Left out, a SQL Server on another machine is; the others are not. */
  tls?: boolean;
}

/** A statement that runs for longer is stopped. */
const STATEMENT_SECONDS = 240;

const SERVERS: Record<string, (url: URL, tls: boolean | undefined) => Promise<SqlDb>> = {
  'mysql:': (url, tls) => connectMysql(url, tls === true),
  'mariadb:': (url, tls) => connectMysql(url, tls === true),
  'postgres:': (url, tls) => connectPostgres(url, tls === true),
  'postgresql:': (url, tls) => connectPostgres(url, tls === true),
  // Its driver takes half a second to load, and few need it.
  'sqlserver:': async (url, tls) => (await import('../db/sqlserver.ts')).connectSqlServer(url, tls),
};

/**
 * Runs some work inside one read-only look at a database and frees the connection afterwards.
 * @throws SourceError where the database fails.
 */
export async function withDatabase<T>(
  address: SqlAddress,
  signal: AbortSignal,
  work: (db: SqlDb) => Promise<T>,
): Promise<T> {
  const { connect, where, hasPasswordInUrl } = databaseOf(address);
  try {
    return await withSession(connect(), signal, async (db) => {
      await db.limitStatements(STATEMENT_SECONDS);
      return work(db);
    });
  } catch (error) {
    throw signal.aborted ? signal.reason : connectionFailure(error, where, hasPasswordInUrl);
  }
}

/** Which database an address means; it is never repeated with its user and password. @throws SourceError `wrong`. */
export function databaseOf({ url: text, clave, tls }: SqlAddress): {
  where: string;
  hasPasswordInUrl: boolean;
  connect: () => Promise<SqlDb>;
} {
  const file = /^sqlite:(?:\/\/(?=\/))?(.+)$/i.exec(text.trim())?.[1];
  if (file !== undefined) return { where: file, hasPasswordInUrl: false, connect: () => connectSqlite(file) };
  const url = URL.canParse(text) ? new URL(text) : null;
  const connect = url ? SERVERS[url.protocol] : undefined;
  if (/^sqlserver:/i.test(text) && /^[^:]+:\/\/[^/]*@[^/]*(?:\\|%5c)/i.test(text)) throw namedInstance();
  if (!url || !connect || url.pathname.length < 2 || !isEncoded(url))
    throw new SourceError(
      'wrong',
      'La dirección de la base de datos no se entiende.',
      'Escriba `url` en puente.yaml como mariadb://usuario@equipo:3306/base, postgres://…, sqlserver://… o sqlite:./aula.db, y la clave tal cual en `clave`.',
    );
  const hasPasswordInUrl = clave === undefined && url.password !== '';
  if (clave !== undefined) url.password = encodeURIComponent(clave);
  return {
    where: `${url.host || 'este equipo'}${url.pathname}`,
    hasPasswordInUrl,
    connect: () => connect(url, tls),
  };
}

/** Which port it is would have to be asked of a service beside it, by a call that nobody has judged. */
function namedInstance(): SourceError {
  return new SourceError(
    'wrong',
    'La dirección nombra una instancia de SQL Server (EQUIPO\\INSTANCIA), y se llama por su puerto.',
    'Pida a quien la administra que le fije uno (SQL Server Configuration Manager → TCP/IP → IPAll → Puerto TCP) y escriba el equipo y ese puerto, sin el nombre de la instancia.',
  );
}

function isEncoded({ username, password, pathname }: URL): boolean {
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
