import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { failureKind } from '../../src/db/failure-kind.ts';
import { withCode } from '../../src/db/sqlserver-failure.ts';
import { sqlSource } from '../../src/index.ts';
import { readQueries } from '../../src/sql/queries.ts';
import { queryTables } from '../../src/sql/tables.ts';
import { failed, failureOf, SINK, type SqlServerOptions, startSqlServer, table, using } from './sqlserver.ts';
import { done, PACKET } from './tds.ts';

// What a SQL Server says of what goes wrong, word by word as its documents have it, told by the stand-in.

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(options: SqlServerOptions = {}) {
  const server = await startSqlServer(options);
  servers.push(server);
  return server;
}

describe('SQL Server fails', () => {
  const login = (number: number, message: string) => ({ number, message, class: 14 });
  it.each([
    [login(18456, "Login failed for user 'lector'."), /no acepta el usuario o la clave/],
    [
      login(
        18452,
        'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.',
      ),
      /no acepta el usuario o la clave/,
    ],
    // On a server that speaks Spanish.
    [login(18456, "Error de inicio de sesión del usuario 'lector'."), /no acepta el usuario o la clave/],
    [
      login(4060, 'Cannot open database "aula" requested by the login. The login failed.'),
      /no existe o no se puede abrir/,
    ],
    [login(18461, 'Login failed for user. Reason: Server is in single user mode.'), /no da abasto/],
    [
      login(40613, 'Database aula on server x is not currently available. Please retry later.'),
      /no contesta/,
    ],
    [
      login(47073, 'An instance-specific error occurred while establishing a connection to SQL Server.'),
      /no contesta/,
    ],
    // A number that is in no list of ours: whoever is not let in is told so, not of a defect.
    [
      login(18999, "Login failed for user 'lector' due to a reason of tomorrow."),
      /no acepta el usuario o la clave/,
    ],
  ])('at the door: $number', async (error, words) => {
    const server = await serve({ login: error });
    const told = await failureOf({ url: server.url });
    expect(told.message).toMatch(words);
    expect(`${told.message}${told.fix}`).not.toMatch(/secreta|lector/);
    // Nothing is tried twice: an account is locked by that.
    expect(server.heard.filter((type) => type === PACKET.login)).toHaveLength(1);
  });

  it.each([
    [208, "Invalid object name 'dbo.nadie'.", 'wrong', /usa la tabla «dbo\.nadie», que no existe/],
    [207, "Invalid column name 'nada'.", 'wrong', /usa la columna «nada», que no existe/],
    [4104, 'The multi-part identifier "c.nada" could not be bound.', 'wrong', /usa la columna «c\.nada»/],
    [
      229,
      "The SELECT permission was denied on the object 'clics', database 'aula', schema 'dbo'.",
      'wrong',
      /lee «clics», y la cuenta no tiene permiso/,
    ],
    [
      230,
      "The SELECT permission was denied on the column 'instante' of the object 'clics', database 'aula', schema 'dbo'.",
      'wrong',
      /lee «instante», y la cuenta no tiene permiso/,
    ],
    [
      1205,
      'Transaction (Process ID 52) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
      'down',
      /no da abasto/,
    ],
    [1222, 'Lock request time out period exceeded.', 'down', /no da abasto/],
    [
      3961,
      "Snapshot isolation transaction failed in database 'aula' because the object accessed by the statement has been modified by a DDL statement in another concurrent transaction since the start of this transaction.",
      'wrong',
      /no tiene lo que se le pide/,
    ],
    [
      102,
      "Incorrect syntax near 'form'.",
      'wrong',
      /no la entiende la base: Incorrect syntax near 'form'/,
      15,
    ],
    [209, "Ambiguous column name 'curso'.", 'wrong', /no la entiende la base: Ambiguous/],
    [
      245,
      "Conversion failed when converting the varchar value '11.111.111-1' to data type int.",
      'wrong',
      /no puede convertir o calcular un valor/,
    ],
    [
      512,
      'Subquery returned more than 1 value. This is not permitted.',
      'wrong',
      /subconsulta que da más de una fila/,
    ],
    [
      3906,
      'Failed to update database "aula" because the database is read-only.',
      'wrong',
      /intenta escribir/,
    ],
    [6005, 'SHUTDOWN is in progress.', 'down', /cortó la conexión/],
  ] as const)('within a query: %i', async (number, message, kind, words, level: number | undefined = 16) => {
    const { url } = await serve({ answer: () => failed({ number, message, class: level }) });
    const told = await failureOf({ url }, 'select curso from clics where curso = :curso');
    expect(told).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(`${told.message}${told.fix}`).not.toContain('11.111.111-1');
  });

  it('a connection that is cut within a query', async () => {
    const { url } = await serve({ answer: () => 'cut' });
    expect(await failureOf({ url })).toMatchObject({
      kind: 'down',
      message: expect.stringContaining('cortó la conexión'),
    });
  });

  it('a query that never ends is stopped, and its session told', async () => {
    const server = await serve();
    const queries = readQueries('-- entidad: clics\nselect 1 as curso', 'aula.sql');
    const ended = using({ url: server.url }, async (db) => {
      await db.limitStatements(0.1);
      const [clics] = queryTables(db, queries).tables;
      await clics?.read(SINK, { courses: null, signal: undefined });
    });
    await expect(ended).rejects.toMatchObject({
      kind: 'down',
      message: expect.stringContaining('se detuvo'),
    });
    expect(server.heard).toContain(PACKET.attention);
  });

  it('a second statement is told, whatever stands between', async () => {
    const { url } = await serve({
      answer: () => Buffer.concat([table([['a'], ['1']]).subarray(0, -13), done(0x11, 1), table([['b']])]),
    });
    expect((await failureOf({ url }, 'select 1 as a select 2 as b')).message).toMatch(/da más de una tabla/);
  });

  it('a statement that gives no rows is one that writes', async () => {
    const { url } = await serve({ answer: () => done(0x10, 3) });
    expect((await failureOf({ url }, 'select * into copia from clics')).message).toMatch(/intenta escribir/);
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted'],
    ['EPROTO', 'unencrypted'],
    ['ENOTFOUND', 'unknown-host'],
  ])('%s is told as %s, wherever the driver puts it', (code, kind) => {
    const below = Object.assign(new Error('what the network says'), { code });
    const driver = Object.assign(new Error('Failed to connect', { cause: below }), { code: 'ESOCKET' });
    expect(failureKind(withCode(driver, null))).toBe(kind);
  });

  it('a door that does not open in time', () => {
    const late = Object.assign(new Error('Failed to connect in 15000ms'), { code: 'ETIMEOUT' });
    expect(failureKind(withCode(late, null))).toBe('unreachable');
  });

  it('nobody listens, or whoever does is no SQL Server', async () => {
    expect(await failureOf({ url: 'sqlserver://lector@127.0.0.1:9/aula' })).toMatchObject({
      kind: 'down',
      message: expect.stringContaining('no contesta'),
    });
    const http = createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as { port: number };
    const told = await failureOf({ url: `sqlserver://lector@127.0.0.1:${port}/aula` });
    http.close();
    expect(told.kind).toBe('down');
  });

  it('an instance by its name is told to be called by its port', () => {
    for (const host of ['EQUIPO%5CSQLEXPRESS', 'EQUIPO\\SQLEXPRESS'])
      expect(() =>
        sqlSource({ name: 'aula', url: `sqlserver://lector@${host}/aula`, contenido: '' }),
      ).toThrow(/por su puerto/);
  });
});
