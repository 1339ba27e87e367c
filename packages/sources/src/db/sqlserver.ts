import { isLoopback } from '@puente-sic/protocol';
import { Connection, type ConnectionConfiguration, Request, TYPES } from 'tedious';
import type { SqlDb, StreamOptions } from './db.ts';
import { cellOf, type SqlServerCell } from './sqlserver-cells.ts';
import { type Said, withCode } from './sqlserver-failure.ts';
import { dialer } from './sqlserver-socket.ts';

const CONNECT_MS = 15_000;

/**
 * SQL Server. `tls`: encrypted, with its certificate verified; left out, so is whatever is no service of this machine.
 * A user such as `DOMINIO\lector` is one of Windows (NTLM). Throws an error whose code is one of
 * {@link import('./failure-kind.ts').failureKind}'s.
 */
export async function connectSqlServer(url: URL, tls: boolean | undefined): Promise<SqlDb> {
  const server = url.hostname.replace(/^\[|\]$/g, '');
  // Of each host by itself: a server of this machine may send us on to another.
  const mustEncrypt = (host: string): boolean => tls ?? !isLoopback(host);
  const connection = new Connection({
    server,
    authentication: loginOf(decodeURIComponent(url.username), decodeURIComponent(url.password)),
    options: {
      port: Number(url.port || 1433),
      database: decodeURIComponent(url.pathname.slice(1)),
      appName: 'puente-sic',
      connector: dialer(mustEncrypt),
      encrypt: mustEncrypt(url.hostname),
      trustServerCertificate: false,
      connectTimeout: CONNECT_MS,
      // Ours: the driver's ends with the first row.
      requestTimeout: 0,
      // A night tries again by itself; the driver's tries hide what was said.
      maxRetriesOnTransientErrors: 0,
      // Where there are several servers, one that only reads is asked; a single one takes no notice of it.
      readOnlyIntent: true,
      dateFormat: 'ymd',
      packetSize: 16_384,
    },
  });
  const db = new SqlServerDb(connection);
  await db.begin();
  return db;
}

function loginOf(user: string, password: string): NonNullable<ConnectionConfiguration['authentication']> {
  const [, domain, name] = /^([^\\]+)\\(.+)$/.exec(user) ?? [];
  return domain === undefined || name === undefined
    ? { type: 'default', options: { userName: user, password } }
    : { type: 'ntlm', options: { domain, userName: name, password } };
}

/** Whether what is read stands still, and what of it this account could change. */
const LOOK = `select
  case when exists (select 1 from sys.databases where database_id = db_id() and snapshot_isolation_state = 1) then 1 else 0 end,
  case when databasepropertyex(db_name(), 'Updateability') = 'READ_ONLY' then 1 else 0 end,
  (select count(*) from sys.fn_my_permissions(null, 'DATABASE') where permission_name in ('INSERT', 'UPDATE', 'DELETE', 'ALTER', 'CONTROL')),
  (select count(*) from (select quotename(schema_name(schema_id)) + '.' + quotename(name) as name from sys.objects where type in ('U', 'V')) t
   where 1 in (has_perms_by_name(t.name, 'OBJECT', 'INSERT'), has_perms_by_name(t.name, 'OBJECT', 'UPDATE'), has_perms_by_name(t.name, 'OBJECT', 'DELETE')))`;

class SqlServerDb implements SqlDb {
  readonly #connection: Connection;
  /** What the server said last of something that went wrong: the driver drops its number at the login. */
  #said: Said | null = null;
  #seconds = 0;
  lastSign = performance.now();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('errorMessage', (said: Said) => {
      this.#said = said;
    });
    // Whoever asks is told by the request.
    connection.on('error', () => {});
  }

  /**
   * There is no session here that can only read. What there is: an account that can only read, which is asked for; one
   * look at one moment (snapshot); and a transaction that is never committed.
   */
  async begin(): Promise<void> {
    await this.#connect();
    const [isSnapshot, isReadOnly, ...writes] = await this.#look();
    if (isReadOnly !== 1) {
      if (writes.some((count) => count !== 0)) throw coded('MSSQL_CAN_WRITE', 'the account can write');
      if (isSnapshot !== 1) throw coded('MSSQL_NO_SNAPSHOT', 'snapshot isolation is not allowed');
    }
    const level = isSnapshot === 1 ? 'snapshot' : 'read committed';
    await this.#run(
      `set xact_abort on; set lock_timeout 60000; set deadlock_priority low; set transaction isolation level ${level}; begin transaction`,
    );
  }

  placeholder(position: number): string {
    return `@p${position}`;
  }

  async limitStatements(seconds: number): Promise<void> {
    this.#seconds = seconds;
  }

  async stream(
    sql: string,
    onRow: (row: readonly unknown[]) => void,
    { parameters = [], onColumns }: StreamOptions = {},
  ): Promise<void> {
    let results = 0;
    await this.#run(sql, parameters, {
      columns(names) {
        // Nothing has to stand between two statements here: a second one is seen by what it gives.
        if (++results > 1) throw coded('MSSQL_SEVERAL', 'more than one statement');
        onColumns?.(names);
      },
      row: onRow,
    });
    if (results === 0) throw coded('MSSQL_NO_ROWS', 'the statement gives no rows');
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  destroy(): void {
    this.#connection.close();
  }

  #connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#connection.connect((error) => {
        this.#sign();
        if (error) reject(withCode(error, this.#said));
        else resolve();
      });
    });
  }

  async #look(): Promise<readonly unknown[]> {
    let seen: readonly unknown[] = [];
    await this.#run(LOOK, [], {
      columns() {},
      row(cells) {
        seen = cells;
      },
    });
    return seen;
  }

  #run(sql: string, parameters: readonly (string | Date)[] = [], sink?: Sink): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#said = null;
      let wrong: unknown = null;
      const timer =
        this.#seconds === 0
          ? undefined
          : setTimeout(() => stop(coded('MSSQL_TIMEOUT', 'the query takes too long')), this.#seconds * 1000);
      const request = new Request(sql, (error) => {
        clearTimeout(timer);
        this.#sign();
        if (wrong !== null) reject(wrong);
        else if (error) reject(withCode(error, this.#said));
        else resolve();
      });
      const stop = (reason: unknown): void => {
        wrong ??= reason;
        request.cancel();
      };
      const attempt = (act: () => void): void => {
        if (wrong !== null) return;
        try {
          act();
        } catch (error) {
          stop(error);
        }
      };
      let count = 0;
      request.on('columnMetadata', (columns) =>
        attempt(() => sink?.columns((columns as { colName: string }[]).map(({ colName }) => colName))),
      );
      request.on('row', (cells: SqlServerCell[]) => {
        if (++count % 1024 === 0) this.#sign();
        attempt(() => sink?.row(cells.map(cellOf)));
      });
      for (const [index, value] of parameters.entries())
        if (value instanceof Date)
          request.addParameter(`p${index + 1}`, TYPES.DateTime2, value, { scale: 3 });
        else request.addParameter(`p${index + 1}`, TYPES.NVarChar, value);
      if (parameters.length === 0) this.#connection.execSqlBatch(request);
      else this.#connection.execSql(request);
    });
  }

  #sign(): void {
    this.lastSign = performance.now();
  }
}

interface Sink {
  columns(names: readonly string[]): void;
  row(cells: readonly unknown[]): void;
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
