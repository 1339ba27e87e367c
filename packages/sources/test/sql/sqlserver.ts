import { createServer, type Socket } from 'node:net';
import { expect } from 'vitest';
import type { SqlDb } from '../../src/db/db.ts';
import { SourceError } from '../../src/index.ts';
import { type SqlAddress, withDatabase } from '../../src/sql/connect.ts';
import { readQueries } from '../../src/sql/queries.ts';
import { queryTables } from '../../src/sql/tables.ts';
import { AULA } from '../entidades/aula.ts';
import { type Covered, cover } from './sqlserver-tls.ts';
import {
  batchText,
  begun,
  callOf,
  columnsToken,
  DONE,
  done,
  errorToken,
  loginDone,
  NVARCHAR,
  PACKET,
  packets,
  preloginAnswer,
  rowToken,
  type ServerError,
  sentOn,
  shortType,
} from './tds.ts';

/** What the stand-in was asked. */
export interface Asked {
  sql: string;
  parameters: { type: number; value: Buffer }[];
}

/** What it answers: the tokens of a whole answer; null: nothing, until it is told to stop. */
export type Answer = Buffer | null | 'cut';

export interface SqlServerOptions {
  /** Of the prelogin: 0 offered, 1 on, 2 not there, 3 required. */
  encryption?: number;
  /** What comes behind the prelogin is covered, with the tests' certificate. */
  tls?: boolean;
  login?: ServerError;
  /** The host, of this same port, to which it sends a login on. */
  sendsOnTo?: string;
  /** Whether snapshot isolation is allowed, the database may only be read, grants to write on it, objects with such. */
  look?: [snapshot: number, readOnly: number, grants: number, objects: number];
  /** What the server does behind the prelogin in place of hearing more. */
  afterPrelogin?: (socket: Socket) => void;
  answer?: (asked: Asked) => Answer;
}

/**
 * A stand-in for a SQL Server: the protocol's bytes from its documents, none of its engine. What it says is what the
 * tests have it say; it is no proof of what a real one does.
 */
export async function startSqlServer(options: SqlServerOptions = {}) {
  const heard: number[] = [];
  const plain: Buffer[] = [];
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    let bytes = Buffer.alloc(0);
    let body: Buffer[] = [];
    let covered: Covered | null = null;
    const say = (message: Buffer): void => {
      const said = packets(PACKET.answer, message);
      if (covered === null) socket.write(said);
      else covered.say(said);
    };
    socket.on('data', (chunk) => {
      plain.push(chunk);
      if (covered === null) take(chunk);
      else covered.feed(chunk);
    });

    function take(chunk: Buffer): void {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 8 && bytes.length >= bytes.readUInt16BE(2)) {
        const [type, isLast, length] = [bytes[0] as number, bytes[1], bytes.readUInt16BE(2)];
        body.push(bytes.subarray(8, length));
        bytes = bytes.subarray(length);
        if (isLast !== undefined && (isLast & 1) === 0) continue;
        const message = Buffer.concat(body);
        body = [];
        hear(type, message);
      }
    }

    function hear(type: number, message: Buffer): void {
      heard.push(type);
      switch (type) {
        case PACKET.prelogin:
          say(preloginAnswer(options.encryption ?? 2));
          if (options.tls) covered = cover(socket, take);
          options.afterPrelogin?.(socket);
          return;
        case PACKET.login:
          if (options.login) say(failed(options.login));
          else if (options.sendsOnTo === undefined) say(loginDone());
          else say(sentOn({ host: options.sendsOnTo, port: socket.localPort ?? 0 }));
          return;
        case PACKET.attention:
          // The answer that was under way ends, then comes the word that it was stopped.
          say(done(DONE.error));
          say(done(DONE.attention));
          return;
        case PACKET.batch:
          answer({ sql: batchText(message), parameters: [] });
          return;
        case PACKET.rpc:
          answer(callOf(message));
      }
    }
    function answer(what: Asked): void {
      asked.push(what.sql);
      const said = standing(what.sql, options.look) ?? options.answer?.(what) ?? null;
      if (said === 'cut') socket.destroy();
      else if (said !== null) say(said);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `sqlserver://lector:secreta@127.0.0.1:${port}/aula`,
    /** Kinds of packets that came. */
    heard,
    /** All that came, as it went over the network. */
    plain,
    /** SQL that came. */
    asked,
    async stop(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What every session asks before it reads. */
function standing(sql: string, look: SqlServerOptions['look'] = [1, 0, 0, 0]): Buffer | null {
  if (/begin transaction/i.test(sql)) return Buffer.concat([begun(), done()]);
  if (/fn_my_permissions/.test(sql)) {
    const int = shortType(0x26, 4);
    const types = look.map(() => int);
    const values = look.map((value) => Buffer.from([value, 0, 0, 0]));
    const head = columnsToken(types.map((type) => ['', type] as const));
    return Buffer.concat([head, rowToken(types, values), done(0x10, 1)]);
  }
  return /^\s*set /i.test(sql) ? done() : null;
}

export function failed(error: ServerError): Buffer {
  return Buffer.concat([errorToken(error), done(DONE.error)]);
}

/** A table of texts, with its head. */
export function table([names = [], ...rows]: readonly (readonly string[])[]): Buffer {
  const types = names.map(() => NVARCHAR);
  return Buffer.concat([
    columnsToken(names.map((name) => [name, NVARCHAR] as const)),
    ...rows.map((cells) =>
      rowToken(
        types,
        cells.map((text) => (text === '' ? null : text)),
      ),
    ),
    done(0x10, rows.length),
  ]);
}

/** The tables of {@link AULA}, whatever else a query says. */
export function aula({ sql }: Asked): Buffer | null {
  const rows = AULA[/from (\w+)/.exec(sql)?.[1] ?? ''];
  return rows ? table(rows) : null;
}

const signal = new AbortController().signal;
export const SINK = { columns: () => {}, row: () => {} };

export function using<T>(address: SqlAddress, work: (db: SqlDb) => Promise<T>): Promise<T> {
  return withDatabase(address, signal, work);
}

export async function failureOf(address: SqlAddress, sql = 'select 1'): Promise<SourceError> {
  const queries = readQueries(`-- entidad: clics\n${sql}`, 'aula.sql');
  return using(address, async (db) => {
    await db.limitStatements(5);
    const [clics] = queryTables(db, queries).tables;
    await clics?.read(SINK, { courses: null, signal: undefined });
  }).then(
    () => expect.fail('nothing failed'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(SourceError);
      return error as SourceError;
    },
  );
}
