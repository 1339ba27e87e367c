import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { ACCEPTED, CURSO, client, failure } from './data.ts';
import { answering, deadPort, type ScriptedServer, scriptedServer } from './scripted-server.ts';

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

afterEach(() => vi.unstubAllEnvs());

function environment(values: Record<string, string>): void {
  for (const name of VARIABLES) vi.stubEnv(name, values[name]);
}

/** A small real proxy, forwarding and tunnelling, that sends every host to `target`'s port of this machine. */
async function proxy(
  target: ScriptedServer,
): Promise<Server & AsyncDisposable & { asked: string[]; at: string }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    const upstream = connect(target.port, '127.0.0.1');
    const head = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    upstream.write(
      `${request.method} ${new URL(request.url ?? '').pathname} HTTP/1.1\r\n${head.join('')}\r\n`,
    );
    request.pipe(upstream, { end: false });
    upstream.pipe(response.socket ?? upstream);
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    const upstream = connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(server, {
    asked,
    at,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  });
}

test('plain http goes through HTTP_PROXY as an absolute URL, with its password', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  await using forward = await proxy(server);
  environment({ HTTP_PROXY: `http://ana:cl%40ve@${forward.at}` });
  const sent = await client('http://gestor.example/API').sendAvance(CURSO);
  expect(sent.answer.kind).toBe('processed');
  const basic = Buffer.from('ana:cl@ve').toString('base64');
  expect(forward.asked).toEqual([`POST http://gestor.example/API/avance-sic/enviarAvance Basic ${basic}`]);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.headers.get('host')).toBe('gestor.example');
});

test('a proxy written without a scheme is one, and lower-case variables count', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  await using forward = await proxy(server);
  environment({ http_proxy: forward.at });
  await client('http://gestor.example/API').sendAvance(CURSO);
  expect(forward.asked).toHaveLength(1);
});

test('https is tunnelled through HTTPS_PROXY', async () => {
  await using server = await scriptedServer(
    () => {},
    (socket) => socket.once('data', () => socket.end('no TLS here\r\n')),
  );
  await using forward = await proxy(server);
  environment({ HTTPS_PROXY: forward.at });
  const error = await failure(client('https://gestor.example/API').sendAvance(CURSO));
  expect(forward.asked).toEqual(['CONNECT gestor.example:443']);
  expect(error).toMatchObject({ code: 'tls', outcome: 'not-sent' });
});

test.each([
  ['NO_PROXY', 'gestor.invalid'],
  ['no_proxy', '.invalid'],
])('%s leaves a host out', async (name, value) => {
  await using server = await scriptedServer(answering(ACCEPTED));
  await using forward = await proxy(server);
  environment({ HTTP_PROXY: forward.at, [name]: value });
  expect(await failure(client('http://gestor.invalid').sendAvance(CURSO))).toMatchObject({ code: 'dns' });
  expect(forward.asked).toEqual([]);
});

test('this machine is reached directly', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  environment({ HTTP_PROXY: `127.0.0.1:${await deadPort()}` });
  expect((await client(server.url).sendAvance(CURSO)).answer.kind).toBe('processed');
});

test.each(['http', 'https'])(
  'a proxy that is not there: %s is not sent, tried three times',
  async (scheme) => {
    environment({ HTTP_PROXY: `127.0.0.1:${await deadPort()}` });
    const pauses: number[] = [];
    const error = await failure(client(`${scheme}://gestor.example`, {}, pauses).sendAvance(CURSO));
    expect(error).toMatchObject({ code: 'proxy', outcome: 'not-sent', retry: 'safe' });
    expect(pauses).toHaveLength(2);
  },
);

test('a proxy that accepts and closes is not hammered: one connection per try, not sent', async () => {
  await using closing = await scriptedServer(
    () => {},
    (socket) => socket.once('data', () => socket.destroy()),
  );
  environment({ HTTPS_PROXY: `127.0.0.1:${closing.port}` });
  const error = await failure(client('https://gestor.example').sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'proxy', outcome: 'not-sent', retry: 'safe' });
  expect(closing.connections).toBe(3);
});

test.each([
  ['https', 407, 'useless', 'not-sent'],
  ['https', 403, 'safe', 'not-sent'],
  ['http', 407, 'useless', 'refused'],
])('a proxy that answers %s with %i: nothing was sent', async (scheme, status, retry, outcome) => {
  await using refusing = await scriptedServer(answering('', { status }));
  environment({ HTTP_PROXY: `127.0.0.1:${refusing.port}` });
  const error = await failure(client(`${scheme}://gestor.example`).sendAvance(CURSO));
  expect(error).toMatchObject({ code: 'proxy', outcome, retry });
  expect(error.message).toContain(String(status));
});

test.each(['http://', 'http://[', 'socks9://x', 'socks5://127.0.0.1:1080'])(
  'a proxy address that cannot be read (%s): told, not sent',
  async (text) => {
    environment({ HTTP_PROXY: text });
    expect(await failure(client('http://gestor.example').sendAvance(CURSO))).toMatchObject({
      code: 'proxy',
      outcome: 'not-sent',
    });
  },
);
