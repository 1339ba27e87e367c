import { connectMysql } from '../db/mysql.ts';
import { connectPostgres } from '../db/postgres.ts';
import { withSession } from '../db/session.ts';
import { SourceError } from '../source.ts';
import { connectionFailure } from './failure.ts';
import type { SqlDb } from './sql-db.ts';
import { connectSqlite } from './sqlite.ts';

/** Where a database is and how to get in. */
export interface SqlAddress {
  /** `mariadb://`, `mysql://`, `postgres://user:password@host:port/database`, or `sqlite:` and the path of a file. */
  url: string;
  /** The password as it is, in place of one in `url`. */
  clave?: string;
  /** Encrypted, with the server's certificate verified. */
  tls?: boolean;
}

/** A statement that runs for longer is stopped. */
const STATEMENT_SECONDS = 240;

const SERVERS: Record<string, typeof connectMysql> = {
  'mysql:': connectMysql,
  'mariadb:': connectMysql,
  'postgres:': connectPostgres,
  'postgresql:': connectPostgres,
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
  const { connect, where } = databaseOf(address);
  try {
    return await withSession(connect(), signal, async (db) => {
      await db.limitStatements(STATEMENT_SECONDS);
      return work(db);
    });
  } catch (error) {
    throw signal.aborted ? signal.reason : connectionFailure(error, where);
  }
}

/** Which database an address means; it is never repeated with its user and password. @throws SourceError `wrong`. */
export function databaseOf({ url: text, clave, tls = false }: SqlAddress): {
  where: string;
  connect: () => Promise<SqlDb>;
} {
  const file = /^sqlite:(?:\/\/(?=\/))?(.+)$/i.exec(text.trim())?.[1];
  if (file !== undefined) return { where: file, connect: () => connectSqlite(file) };
  const url = URL.canParse(text) ? new URL(text) : null;
  const connect = url ? SERVERS[url.protocol] : undefined;
  if (!url || !connect || url.pathname.length < 2 || !isEncoded(url))
    throw new SourceError(
      'wrong',
      'La dirección de la base de datos no se entiende.',
      'Escriba `url` en puente.yaml como mariadb://usuario@equipo:3306/base, postgres://… o sqlite:./aula.db, y la clave tal cual en `clave`.',
    );
  if (clave !== undefined) url.password = encodeURIComponent(clave);
  return { where: `${url.host || 'este equipo'}${url.pathname}`, connect: () => connect(url, tls) };
}

function isEncoded({ username, password, pathname }: URL): boolean {
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
