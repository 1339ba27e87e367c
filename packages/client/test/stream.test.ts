import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { client, failure, HISTORY, TOKEN_INVALIDO } from './data.ts';
import { answering, http, scriptedServer } from './scripted-server.ts';

const MANY = JSON.stringify(
  Array.from({ length: 300 }, (_, id) => ({ ...JSON.parse(HISTORY)[0], id_proceso_externo: id })),
);

test.each([
  ['plain', MANY, {}],
  ['gzip', gzipSync(MANY), { 'content-encoding': 'gzip' }],
  ['brotli', brotliCompressSync(MANY), { 'content-encoding': 'br' }],
])('gives each process as it arrives: %s', async (_name, body, headers) => {
  await using server = await scriptedServer(answering(body, { headers: { ...headers, date: DATE } }));
  const ids: (string | null)[] = [];
  const read = await client(server.url).historyStream({ fechaDesde: '2026-11-01' }, (proceso) => {
    ids.push(proceso.id_proceso_externo);
  });
  expect(read).toMatchObject({ status: 200, processes: 300, skipped: 0, leaked: false });
  expect(read.serverDate?.toUTCString()).toBe(DATE);
  expect(ids).toEqual(Array.from({ length: 300 }, (_, id) => String(id)));
  expect(server.requests[0]?.target).toContain('fechaDesde=2026-11-01');
});

test('is tried again while nothing has been given, and not after', async () => {
  await using late = await scriptedServer((socket, _request, index) =>
    socket.end(index < 2 ? http('', { status: 503 }) : http(HISTORY)),
  );
  expect((await client(late.url).historyStream({}, () => {})).processes).toBe(1);
  await using cut = await scriptedServer((socket) => socket.end(http(MANY).subarray(0, -20)));
  const error = await failure(client(cut.url).historyStream({}, () => {}));
  expect(error.code).toBe('connection-lost');
  expect(cut.requests).toHaveLength(1);
});

test.each([
  ['Token invalido', TOKEN_INVALIDO, 200, 'not-authenticated'],
  ['Token invalido under 401', TOKEN_INVALIDO, 401, 'not-authenticated'],
  ['404', 'not here', 404, 'http-status'],
  ['an HTML page', '<html></html>', 200, 'unreadable'],
] as const)('%s fails at once', async (_name, body, status, code) => {
  await using server = await scriptedServer(answering(body, { status }));
  expect(await failure(client(server.url).historyStream({}, () => {}))).toMatchObject({ code });
  expect(server.requests).toHaveLength(1);
});

test('what its caller throws comes through, packed or not', async () => {
  for (const answer of [
    answering(MANY),
    answering(gzipSync(MANY), { headers: { 'content-encoding': 'gzip' } }),
  ]) {
    await using server = await scriptedServer(answer);
    const fold = () => {
      throw new RangeError('a bug of the caller');
    };
    await expect(client(server.url).historyStream({}, fold)).rejects.toThrow(RangeError);
  }
});

const DATE = 'Mon, 23 Nov 2026 02:10:00 GMT';
