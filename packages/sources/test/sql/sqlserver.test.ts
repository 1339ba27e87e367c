import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { entidadesSource, sqlSource } from '../../src/index.ts';
import type { SqlAddress } from '../../src/sql/connect.ts';
import { readQueries } from '../../src/sql/queries.ts';
import { queryTables } from '../../src/sql/tables.ts';
import { sourceContract } from '../contract.ts';
import { AT, AULA, csvOf } from '../entidades/aula.ts';
import {
  type Asked,
  aula,
  failureOf,
  SINK,
  type SqlServerOptions,
  startSqlServer,
  table,
  using,
} from './sqlserver.ts';
import { columnsToken, done, PACKET, rowToken, shortType } from './tds.ts';

// The driver's whole path against a stand-in that speaks the protocol: no SQL Server can be run here. Its errors are those
// that SQL Server documents, word by word.

let folder = '';
const servers: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-sqlserver-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(options: SqlServerOptions = {}) {
  const server = await startSqlServer(options);
  servers.push(server);
  return server;
}

async function rowsOf(address: SqlAddress, sql: string, parameters: (string | Date)[] = []) {
  const rows: (readonly unknown[])[] = [];
  let columns: readonly string[] = [];
  await using(address, (db) =>
    db.stream(sql, (row) => rows.push(row), {
      parameters,
      onColumns: (names) => {
        columns = names;
      },
    }),
  );
  return { columns, rows };
}

describe('what is read', () => {
  it('gives what files give, to the byte', async () => {
    const { url } = await serve({ answer: aula });
    const ruta = await mkdtemp(join(folder, 'csv-'));
    for (const [entity, rows] of Object.entries(AULA))
      await writeFile(join(ruta, `${entity}.csv`), csvOf(rows));
    const contenido = Object.keys(AULA)
      .map((entity) => `-- entidad: ${entity}\nselect * from ${entity}`)
      .join('\n');
    const bySql = await sqlSource({ name: 'aula', url, contenido }).read({ at: AT });
    const byFiles = await entidadesSource({ name: 'aula', ruta }).read({ at: AT });
    expect(bySql.notGiven).toEqual([]);
    expect(JSON.stringify(bySql.courses.map(({ students }) => students.map(({ alumno }) => alumno)))).toBe(
      JSON.stringify(byFiles.courses.map(({ students }) => students.map(({ alumno }) => alumno))),
    );
  });

  it('is of each type as it is stored, whatever zone this machine is in', async () => {
    const bytes = (...values: number[]): Buffer => Buffer.from(values);
    const little = (value: bigint, length: number): Buffer => {
      const all = Buffer.alloc(8);
      all.writeBigInt64LE(value);
      return all.subarray(0, length);
    };
    // 2026-03-09 is day 739683 since 0001-01-01 and 46088 since 1900-01-01.
    const day = little(739_683n, 3);
    const clock = little(BigInt((10 * 3600 + 15 * 60 + 30) * 1000), 4);
    const cases: [string, ReturnType<typeof shortType>, Buffer | null, unknown][] = [
      ['bit', shortType(0x68, 1), bytes(1), true],
      ['int', shortType(0x26, 4), bytes(7, 0, 0, 0), 7],
      ['bigint', shortType(0x26, 8), little(9_007_199_254_740_993n, 8), '9007199254740993'],
      ['decimal(5,2)', shortType(0x6a, 5, 5, 2), bytes(1, 0x6e, 0x1f, 0, 0), '80.46'],
      ['decimal(9,0)', shortType(0x6a, 5, 9, 0), bytes(1, 9, 0, 0, 0), '9'],
      ['float', shortType(0x6d, 8), Buffer.from(new Float64Array([85.5]).buffer), 85.5],
      ['date', shortType(0x28), day, '2026-03-09'],
      ['time', shortType(0x29, 3), clock, '10:15:30'],
      ['datetime2(3)', shortType(0x2a, 3), Buffer.concat([clock, day]), '2026-03-09 10:15:30'],
      [
        'datetimeoffset(3)',
        shortType(0x2b, 3),
        Buffer.concat([clock, day, bytes(0x4c, 0xff)]),
        new Date('2026-03-09T10:15:30Z'),
      ],
      [
        'datetime',
        shortType(0x6f, 8),
        Buffer.concat([little(46_088n, 4), little(300n, 4)]),
        '2026-03-09 00:00:01',
      ],
      [
        'smalldatetime',
        shortType(0x6f, 4),
        Buffer.concat([little(46_088n, 2), little(61n, 2)]),
        '2026-03-09 01:01:00',
      ],
      [
        'uniqueidentifier',
        shortType(0x24, 16),
        Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
        '33221100-5544-7766-8899-AABBCCDDEEFF',
      ],
      ['nothing', shortType(0x26, 4), null, null],
    ];
    const { url } = await serve({
      answer: () =>
        Buffer.concat([
          columnsToken(cases.map(([name, type]) => [name, type] as const)),
          rowToken(
            cases.map(([, type]) => type),
            cases.map(([, , value]) => value),
          ),
          done(0x10, 1),
        ]),
    });
    const { columns, rows } = await rowsOf({ url }, 'select de, todo from tipos');
    expect(columns).toEqual(cases.map(([name]) => name));
    expect(rows).toEqual([cases.map(([, , , value]) => value)]);
  });

  it('is asked for with bound parameters: the course as text, the moment as a datetime2 of UTC', async () => {
    let heard: Asked | null = null;
    const { url } = await serve({
      answer(asked) {
        heard = asked;
        return table([['curso']]);
      },
    });
    const queries = readQueries(
      '-- entidad: clics\nselect curso from visitas where curso = :curso and creado >= :desde',
      'aula.sql',
    );
    await using({ url }, async (db) => {
      const [clics] = queryTables(db, queries).tables;
      await clics?.read(SINK, {
        courses: new Set(["9'; drop table x --"]),
        signal: undefined,
        since: () => new Date('2026-03-09T10:15:30Z'),
      });
    });
    expect(heard).toMatchObject({
      sql: '\nselect curso from visitas where curso = @p1 and creado >= @p2',
    });
    const [curso, desde] = (heard as unknown as Asked).parameters;
    expect(curso?.value.toString('ucs2')).toBe("9'; drop table x --");
    expect(desde?.type).toBe(0x2a);
    expect(desde?.value.readUInt32LE(0)).toBe((10 * 3600 + 15 * 60 + 30) * 1000);
    expect(desde?.value.readUIntLE(4, 3)).toBe(739_683);
  });

  it('comes row by row, and the session takes the next query after', async () => {
    const many = [['n'], ...Array.from({ length: 5_000 }, (_, index) => [`${index}`])];
    const { url } = await serve({ answer: () => table(many) });
    const { rows } = await rowsOf({ url }, 'select n from muchos');
    expect(rows.length).toBe(5_000);
    expect(rows.at(-1)).toEqual(['4999']);
  });

  sourceContract('sql on SQL Server (stand-in)', async () => {
    const server = await startSqlServer({ answer: aula });
    const contenido = Object.keys(AULA)
      .map((entity) => `-- entidad: ${entity}\nselect * from ${entity}`)
      .join('\n');
    return {
      open: () => sqlSource({ name: 'aula', url: server.url, contenido }),
      dead: () => sqlSource({ name: 'aula', url: 'sqlserver://nadie@127.0.0.1:9/nada', contenido }),
      at: AT,
      dispose: () => server.stop(),
    };
  });
});

describe('a session', () => {
  it('sees one moment, never commits, and asks for one that only reads', async () => {
    const server = await serve({ answer: aula });
    await rowsOf({ url: server.url }, 'select * from cursos');
    const begin = server.asked.find((sql) => /begin transaction/.test(sql));
    expect(begin).toMatch(/xact_abort on.*isolation level snapshot; begin transaction/);
    expect(server.asked.join('\n')).not.toMatch(/commit(?!ted)/i);
  });

  it.each([
    [
      'an account that can write in the whole base',
      [1, 0, 3, 0],
      /deja escribir a esa cuenta/,
      /db_datareader/,
    ],
    ['an account that can write in one table', [1, 0, 0, 1], /deja escribir a esa cuenta/, /db_datareader/],
    [
      'a base that moves while it is read',
      [0, 0, 0, 0],
      /puede cambiar mientras se lee/,
      /allow_snapshot_isolation on/,
    ],
  ] as const)('refuses %s', async (_, look, words, fix) => {
    const server = await serve({ look: [...look], answer: aula });
    const error = await failureOf({ url: server.url }, 'select * from clics');
    expect(error).toMatchObject({ kind: 'wrong', message: expect.stringMatching(words) });
    expect(error.fix).toMatch(fix);
    expect(server.asked.some((sql) => /from clics/.test(sql))).toBe(false);
  });

  it('takes a copy that can only be read as it is', async () => {
    const { url } = await serve({ look: [0, 1, 3, 9], answer: aula });
    expect((await rowsOf({ url }, 'select * from cursos')).rows).toHaveLength(2);
  });

  it('sends no password in plain words where it is to be covered, whatever the server says', async () => {
    const server = await serve({ encryption: 2, answer: aula });
    expect(await failureOf({ url: server.url, tls: true })).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('no ofrece conexión cifrada'),
    });
    expect(server.heard).toEqual([PACKET.prelogin]);
  });

  it('sends no password in plain words to where a server of this machine sends it on', async () => {
    // A name to us, and this machine's address to whoever looks names up.
    const server = await serve({ encryption: 2, sendsOnTo: '0x7f000001' });
    expect(await failureOf({ url: server.url })).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('no ofrece conexión cifrada'),
    });
    expect(server.heard).toEqual([PACKET.prelogin, PACKET.login, PACKET.prelogin]);
  });

  it('does not follow for ever servers that send it on in a circle', async () => {
    const server = await serve({ encryption: 2, sendsOnTo: 'localhost' });
    expect(await failureOf({ url: server.url })).toMatchObject({
      kind: 'down',
      message: expect.stringContaining('no contesta'),
    });
    expect(server.heard.filter((type) => type === PACKET.login)).toHaveLength(4);
  });

  it('tells a server that only takes covered ones', async () => {
    const { url } = await serve({ encryption: 3 });
    expect(await failureOf({ url, tls: false })).toMatchObject({
      message: expect.stringContaining('solo acepta conexiones cifradas'),
    });
  });
});
