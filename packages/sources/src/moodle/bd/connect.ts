import type { Db, DbKind, DbSettings } from '../../db/db.ts';
import { connectMysql } from '../../db/mysql.ts';
import { connectPostgres } from '../../db/postgres.ts';
import { withSession } from '../../db/session.ts';
import { SourceError } from '../../source.ts';
import { asSourceError } from './failure.ts';

const KINDS: Record<string, DbKind> = {
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/** Which database an address means. @throws SourceError `wrong` when it means none; the address is not repeated. */
export function addressOf({ url }: DbSettings): { kind: DbKind; url: URL; user: string; where: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const kind = parsed && KINDS[parsed.protocol];
  const user = parsed && decoded(parsed);
  if (!parsed || !kind || parsed.pathname.length < 2 || user === null)
    throw new SourceError(
      'wrong',
      'La dirección de la base de datos de Moodle no se entiende.',
      'Escriba `url` en puente.yaml como mysql://usuario:clave@equipo:3306/base, mariadb://… o postgres://…. En el usuario y la clave estos signos van codificados: % es %25, # es %23, / es %2F, ? es %3F, @ es %40, : es %3A y el espacio es %20.',
    );
  // Never with user and password.
  return { kind, url: parsed, user, where: `${parsed.host || 'este equipo'}${parsed.pathname}` };
}

/** The user's name; null where a part is not percent-encoded, or where a `/` or `?` of the password ended the server's name. */
function decoded({ username, password, pathname, search, hash }: URL): string | null {
  if (`${pathname}${search}${hash}`.includes('@')) return null;
  try {
    for (const part of [password, pathname]) decodeURIComponent(part);
    return decodeURIComponent(username);
  } catch {
    return null;
  }
}

/**
 * Runs some work inside one read-only look at the database and frees the connection afterwards.
 * @throws SourceError when the database fails; the signal's own reason when it is aborted.
 */
export async function withSnapshot<T>(
  settings: DbSettings,
  signal: AbortSignal | undefined,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const { kind, url, where } = addressOf(settings);
  const connecting = (kind === 'mysql' ? connectMysql : connectPostgres)(url, settings.tls === true);
  try {
    return await withSession(connecting, signal, work);
  } catch (error) {
    throw signal?.aborted ? signal.reason : asSourceError(error, where);
  }
}
