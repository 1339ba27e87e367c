import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { gzipSync } from 'node:zlib';
import { type GestorClient, memoryStorage } from '@puente-sic/client';
import { expect, test } from 'vitest';
import { ACCEPTED, CURSO, client, failure } from './data.ts';
import { answering, deadPort, http, type Script, scriptedServer } from './scripted-server.ts';

/** Everything that can happen after the request has begun to leave: one POST, and nobody knows. */
const CUTS: [string, Script, string][] = [
  ['without a byte of answer', (socket) => socket.destroy(), 'connection-lost'],
  ['by a reset', (socket) => socket.resetAndDestroy(), 'connection-lost'],
  ['within the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nconte'), 'connection-lost'],
  [
    'after the headers',
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n'),
    'connection-lost',
  ],
  ['within the body', (socket) => socket.end(http(ACCEPTED).subarray(0, -10)), 'connection-lost'],
  [
    'within a chunk',
    (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"id_proceso":'),
    'connection-lost',
  ],
  ['by something that is not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'unreadable'],
];

test.each(CUTS)('cut %s: unknown, sent once', async (_name, script, code) => {
  const pauses: number[] = [];
  await using server = await scriptedServer(script);
  const error = await failure(client(server.url, {}, pauses).sendAvance(CURSO));
  expect(error).toMatchObject({ code, outcome: 'unknown', retry: 'unknown' });
  expect(server.requests).toHaveLength(1);
  expect(server.connections).toBe(1);
  expect(pauses).toEqual([]);
});

test('closed as soon as the request begins to come: unknown, sent once', async () => {
  await using server = await scriptedServer(
    () => {},
    (socket) => socket.once('data', () => socket.destroy()),
  );
  const big = { ...CURSO, codigoEnvio: 'x'.repeat(20_000_000) };
  expect(await failure(client(server.url).sendAvance(big))).toMatchObject({
    outcome: 'unknown',
    retry: 'unknown',
  });
  expect(server.spokenConnections).toBe(1);
});

test.each<[number, string, string, string]>([
  [301, 'redirected', 'unknown', 'unknown'],
  [303, 'redirected', 'unknown', 'unknown'],
  [307, 'redirected', 'refused', 'useless'],
  [308, 'redirected', 'refused', 'useless'],
  [400, 'http-status', 'refused', 'useless'],
  [404, 'http-status', 'refused', 'useless'],
  [408, 'http-status', 'unknown', 'unknown'],
  [413, 'http-status', 'refused', 'useless'],
  [429, 'http-status', 'refused', 'safe'],
  [500, 'http-status', 'unknown', 'unknown'],
  [502, 'http-status', 'unknown', 'unknown'],
  [503, 'http-status', 'unknown', 'unknown'],
  [504, 'http-status', 'unknown', 'unknown'],
])('HTTP %i to a send: %s, %s, %s; sent once', async (status, code, outcome, retry) => {
  const headers = { location: '/otra', 'retry-after': '7', date: 'Mon, 23 Nov 2026 02:10:00 GMT' };
  await using server = await scriptedServer(answering('<html>error</html>', { status, headers }));
  const error = await failure(client(server.url).sendAvance(CURSO));
  expect(error).toMatchObject({
    code,
    outcome,
    retry,
    status,
    retryAfterSeconds: 7,
    body: '<html>error</html>',
  });
  expect(error.serverDate?.getUTCHours()).toBe(2);
  expect(server.requests).toHaveLength(1);
});

test.each([
  [503, 'unknown'],
  [429, 'refused'],
  [413, 'refused'],
])('an error body under %i is no word of the credentials', async (status, outcome) => {
  await using server = await scriptedServer(answering('{"error":[{"mensaje":"Sin conexión"}]}', { status }));
  expect(await failure(client(server.url).sendAvance(CURSO))).toMatchObject({
    code: 'http-status',
    outcome,
    status,
  });
});

test('no answer in time: unknown', async () => {
  await using server = await scriptedServer(() => {});
  const error = await failure(client(server.url, { timeoutMs: 150 }).sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown', retry: 'unknown' });
  expect(server.requests).toHaveLength(1);
});

test('an answer that drips without end is cut by the same time-out, and what came is kept', async () => {
  await using server = await scriptedServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n{"id_proceso":25,');
    const drip = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const error = await failure(client(server.url, { timeoutMs: 300 }).sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown', status: 200 });
  expect(error.body).toMatch(/^\{"id_proceso":25, +$/);
});

test('an unpacked answer beyond the limit is no answer', async () => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, 0x20));
  await using server = await scriptedServer(answering(bomb, { headers: { 'content-encoding': 'gzip' } }));
  expect((await client(server.url).sendAvance(CURSO)).answer.kind).toBe('unreadable');
});

test('cancelled before it left: not sent; cancelled while it waits: unknown', async () => {
  await using server = await scriptedServer(() => controller.abort());
  const controller = new AbortController();
  const waiting = await failure(client(server.url).sendAvance(CURSO, { signal: controller.signal }));
  expect(waiting).toMatchObject({ code: 'aborted', outcome: 'unknown', retry: 'unknown' });
  const before = await failure(client(server.url).sendAvance(CURSO, { signal: AbortSignal.abort() }));
  expect(before).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
  expect(server.requests).toHaveLength(1);
});

test.each<[string, (one: GestorClient, signal: AbortSignal) => Promise<unknown>]>([
  ['sendAvance', (one, signal) => one.sendAvance(CURSO, { signal })],
  ['history', (one, signal) => one.history({}, { signal })],
  ['historyStream', (one, signal) => one.historyStream({}, () => {}, { signal })],
])('%s ends when it is cancelled, while the service says nothing', async (_name, call) => {
  await using server = await scriptedServer(() => controller.abort());
  const controller = new AbortController();
  expect(await failure(call(client(server.url), controller.signal))).toMatchObject({ code: 'aborted' });
  expect(server.requests).toHaveLength(1);
});

test('testConnection, serviceTime and sendCourse end as well, and say that nothing is known', async () => {
  await using server = await scriptedServer(() => controllers.at(-1)?.abort());
  const controllers: AbortController[] = [];
  const signal = () => {
    const controller = new AbortController();
    controllers.push(controller);
    return controller.signal;
  };
  const one = client(server.url);
  expect(await one.testConnection({ signal: signal() })).toMatchObject({
    kind: 'unreachable',
    error: { code: 'aborted' },
  });
  expect(await one.serviceTime('S-20261121-0', { signal: signal() })).toBeNull();
  const storage = memoryStorage();
  const { codigoEnvio: _, ...bare } = CURSO;
  const sent = await one.sendCourse(bare, { storage, signal: signal() });
  expect(sent).toMatchObject({ complete: false, error: { code: 'aborted', outcome: 'unknown' } });
  expect(server.requests).toHaveLength(3);
});

test('cancelled in the very turn of the call: not sent, and nothing is sent later', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  const controller = new AbortController();
  const call = failure(client(server.url).sendAvance(CURSO, { signal: controller.signal }));
  controller.abort();
  expect(await call).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
  await new Promise((done) => setTimeout(done, 100));
  expect(server.spokenConnections).toBe(0);
});

test('cancelled in the turn in which the first byte would leave: not sent, and it does not leave', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  const controller = new AbortController();
  const onConnected = () => controller.abort();
  subscribe('undici:client:connected', onConnected);
  try {
    const error = await failure(client(server.url).sendAvance(CURSO, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
  } finally {
    unsubscribe('undici:client:connected', onConnected);
  }
  await new Promise((done) => setTimeout(done, 100));
  expect(server.connections).toBe(1);
  expect(server.spokenConnections).toBe(0);
});

test('nobody listens: not sent, tried three times with pauses', async () => {
  const pauses: number[] = [];
  const error = await failure(client(`http://127.0.0.1:${await deadPort()}`, {}, pauses).sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'connection-refused', outcome: 'not-sent', retry: 'safe' });
  expect(pauses).toEqual([1_000, 4_000]);
});

test('a send that first could not leave is sent once the service stands', async () => {
  const port = await deadPort();
  const { createServer } = await import('node:http');
  let posts = 0;
  const server = createServer((_request, response) => {
    posts += 1;
    response.end(ACCEPTED);
  });
  const sleep = () =>
    new Promise<void>((done) => (server.listening ? done() : server.listen(port, '127.0.0.1', done)));
  try {
    const sent = await client(`http://127.0.0.1:${port}`, { sleep }).sendAvance(CURSO);
    expect(sent.answer.kind).toBe('processed');
    expect(posts).toBe(1);
  } finally {
    server.close();
  }
});

test('a cancelled pause ends the tries', async () => {
  const controller = new AbortController();
  let pauses = 0;
  const sleep = async () => {
    pauses += 1;
    controller.abort();
  };
  const url = `http://127.0.0.1:${await deadPort()}`;
  const error = await failure(client(url, { sleep }).sendAvance(CURSO, { signal: controller.signal }));
  expect(error).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
  expect(pauses).toBe(1);
});

test('a name that does not exist: not sent', async () => {
  const error = await failure(client('http://gestor.invalid/API').sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'dns', outcome: 'not-sent', retry: 'safe' });
});

test('no TLS where https is expected: not sent, a retry would be the same', async () => {
  await using server = await scriptedServer(
    () => {},
    (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  );
  const error = await failure(client(`https://127.0.0.1:${server.port}`).sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'tls', outcome: 'not-sent', retry: 'useless' });
  expect(server.connections).toBe(1);
});

test('accepted and closed before TLS stands: not sent, tried again', async () => {
  await using server = await scriptedServer(
    () => {},
    (socket) => socket.destroy(),
  );
  const error = await failure(client(`https://127.0.0.1:${server.port}`).sendAvance(CURSO));
  expect(error).toMatchObject({ outcome: 'not-sent', retry: 'safe' });
  expect(server.connections).toBe(3);
});

test('accepted and never answered within TLS: the time-out, and not sent', async () => {
  await using server = await scriptedServer(() => {});
  const error = await failure(
    client(`https://127.0.0.1:${server.port}`, { timeoutMs: 100 }).sendAvance(CURSO),
  );
  expect(error).toMatchObject({ outcome: 'not-sent', retry: 'safe' });
  expect(error.code).toMatch(/timeout$/);
});
