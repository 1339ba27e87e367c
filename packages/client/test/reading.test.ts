import { expect, test } from 'vitest';
import { client, failure, HISTORY, RUT_OTEC, TOKEN, TOKEN_INVALIDO } from './data.ts';
import { answering, deadPort, http, type Script, scriptedServer } from './scripted-server.ts';

const clock = () => new Date('2026-11-23T02:10:00Z');

function query(target: string | undefined): Record<string, string> {
  return Object.fromEntries(new URL(target ?? '', 'http://x').searchParams);
}

test('asks with the three filters by their names on the wire', async () => {
  await using server = await scriptedServer(answering(HISTORY));
  const filter = { fechaDesde: '2026-11-01', codigoEnvio: 'e 1&ñ', idProceso: 25 };
  const { processes, raw, status, leaked } = await client(server.url).history(filter);
  expect({ raw, status, leaked }).toEqual({ raw: HISTORY, status: 200, leaked: false });
  expect(processes).toHaveLength(1);
  expect(server.requests[0]?.target).toMatch(/^\/gestor\/API\/avance-sic\/historialEnvios\?/);
  expect(query(server.requests[0]?.target)).toEqual({
    rutOtec: RUT_OTEC,
    idSistema: '1350',
    token: TOKEN,
    fechaDesde: '2026-11-01',
    codigo_externo: 'e 1&ñ',
    id_proceso: '25',
  });
});

test('an empty history is a history', async () => {
  await using server = await scriptedServer(answering('[]'));
  expect((await client(server.url).history()).processes).toEqual([]);
  expect(Object.keys(query(server.requests[0]?.target))).toEqual(['rutOtec', 'idSistema', 'token']);
});

const FLAKY: [string, Script][] = [
  ['cut', (socket) => socket.destroy()],
  ['cut within the body', (socket) => socket.end(http(HISTORY).subarray(0, -5))],
  ['503', (socket) => socket.end(http('', { status: 503 }))],
  ['500', (socket) => socket.end(http('', { status: 500 }))],
];

test.each(FLAKY)('reading is tried again: %s', async (_name, script) => {
  const pauses: number[] = [];
  await using server = await scriptedServer((socket, request, index) =>
    index < 2 ? script(socket, request, index) : socket.end(http(HISTORY)),
  );
  expect((await client(server.url, {}, pauses).history()).processes).toHaveLength(1);
  expect(pauses).toEqual([1_000, 4_000]);
});

test('waits as long as the service asks, unless that is too long', async () => {
  const pauses: number[] = [];
  const asking = ['30', '3600'];
  await using server = await scriptedServer((socket, _request, index) =>
    socket.end(http('', { status: 429, headers: { 'retry-after': asking[index] ?? '' } })),
  );
  const error = await failure(client(server.url, {}, pauses).history());
  expect(error).toMatchObject({ status: 429, outcome: 'refused', retry: 'safe', retryAfterSeconds: 3600 });
  expect(pauses).toEqual([30_000]);
});

test('a pause that was asked for holds for the next call as well: waited for when short, else it is not made', async () => {
  const pauses: number[] = [];
  let now = Date.parse('2026-11-20T22:00:00-03:00');
  await using server = await scriptedServer((socket, _request, index) =>
    socket.end(index > 0 ? http(HISTORY) : http('', { status: 503, headers: { 'retry-after': '3600' } })),
  );
  const gestor = client(server.url, {
    clock: () => new Date(now),
    sleep: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  });
  expect(await failure(gestor.history())).toMatchObject({ code: 'http-status', retryAfterSeconds: 3600 });
  expect(await failure(gestor.history())).toMatchObject({
    code: 'asked-to-wait',
    outcome: 'not-sent',
    retryAfterSeconds: 3600,
  });
  expect(server.requests).toHaveLength(1);
  now -= 7_200_000;
  // The clock was ahead, and has been put right: two hours more would be waited for otherwise.
  await gestor.history();
  now += 7_200_000 + 3_570_000;
  await gestor.history();
  expect(pauses).toEqual([30_000]);
  expect(server.requests).toHaveLength(3);
});

test('what the question for the service’s time was told to wait holds as well', async () => {
  await using server = await scriptedServer((socket) =>
    socket.end(http('', { status: 503, headers: { 'retry-after': '600' } })),
  );
  const gestor = client(server.url);
  expect(await gestor.serviceTime('P-1')).toBeNull();
  expect(await gestor.serviceTime('P-1')).toBeNull();
  expect(await failure(gestor.history())).toMatchObject({ code: 'asked-to-wait' });
  expect(server.requests).toHaveLength(1);
});

test('what another call was told meanwhile is kept too: no second try into a pause that was asked for', async () => {
  await using server = await scriptedServer((socket, _request, index) =>
    index === 0
      ? socket.destroy()
      : socket.end(http('', { status: 503, headers: { 'retry-after': '3600' } })),
  );
  const other: Promise<unknown>[] = [];
  const gestor = client(server.url, {
    sleep: async () => {
      other.push(failure(gestor.history()));
      await Promise.all(other);
    },
  });
  expect(await failure(gestor.history())).toMatchObject({ code: 'connection-lost' });
  expect(server.requests).toHaveLength(2);
});

test.each([
  ['Token invalido', TOKEN_INVALIDO, 200, 'not-authenticated', 'refused'],
  ['an HTML page', '<html></html>', 200, 'unreadable', 'unknown'],
  ['404', 'not here', 404, 'http-status', 'refused'],
  ['a redirect', '', 301, 'redirected', 'unknown'],
] as const)('reading %s fails at once', async (_name, body, status, code, outcome) => {
  await using server = await scriptedServer(
    answering(body, { status, headers: { location: 'https://x.example/' } }),
  );
  expect(await failure(client(server.url).history())).toMatchObject({ code, outcome, retry: 'useless' });
  expect(server.requests).toHaveLength(1);
});

test('the connection test asks for today in Santiago, once', async () => {
  await using server = await scriptedServer(answering(HISTORY, { headers: { date: clock().toUTCString() } }));
  const result = await client(server.url, { clock }).testConnection();
  expect(result).toMatchObject({ kind: 'accepted', serverDate: clock() });
  expect(query(server.requests[0]?.target).fechaDesde).toBe('2026-11-22');
});

test('the connection test tells a token that is refused', async () => {
  await using server = await scriptedServer(answering(TOKEN_INVALIDO));
  const result = await client(server.url).testConnection();
  expect(result).toMatchObject({ kind: 'refused', reason: { code: '001', message: 'Token invalido' } });
});

test.each<[string, Script, string]>([
  ['500', answering('', { status: 500 }), 'http-status'],
  ['404', answering('<html></html>', { status: 404 }), 'http-status'],
  ['an HTML page', answering('<html></html>'), 'unreadable'],
  ['an empty body', answering(''), 'unreadable'],
  ['a redirect', answering('', { status: 302 }), 'redirected'],
  ['a cut', (socket) => socket.destroy(), 'connection-lost'],
  ['silence', () => {}, 'timeout'],
])('the connection test tells %s apart, in one try', async (_name, script, code) => {
  await using server = await scriptedServer(script);
  const result = await client(server.url).testConnection({ timeoutMs: 500 });
  expect(result).toMatchObject({ kind: 'unreachable', error: { code, operation: 'historialEnvios' } });
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['a dead port', async () => `http://127.0.0.1:${await deadPort()}`, 'connection-refused'],
  ['an unknown name', async () => 'http://gestor.invalid', 'dns'],
])('the connection test tells %s apart', async (_name, url, code) => {
  const result = await client(await url()).testConnection();
  expect(result).toMatchObject({ kind: 'unreachable', error: { code, outcome: 'not-sent' } });
});
