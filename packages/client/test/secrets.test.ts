import { inspect } from 'node:util';
import type { GestorError } from '@puente-sic/client';
import { afterEach, expect, test, vi } from 'vitest';
import { CURSO, client, failure, RUT_OTEC, TOKEN } from './data.ts';
import { answering, deadPort, type Script, scriptedServer } from './scripted-server.ts';

afterEach(() => vi.unstubAllEnvs());

const SECRETS = [TOKEN, TOKEN.toLowerCase(), RUT_OTEC, '76543210', '12345678', 'clave-del-proxy'];

function expectNoSecret(value: unknown): void {
  const texts = [
    inspect(value, { depth: 10, showHidden: true, getters: false }),
    inspect(value, { depth: 10 }),
    JSON.stringify(value),
    String(value),
    value instanceof Error ? (value.stack ?? '') : '',
  ];
  for (const text of texts) for (const secret of SECRETS) expect(text).not.toContain(secret);
}

/** A page that echoes what it was asked, as error pages do. */
const echo =
  (status: number): Script =>
  (socket, request) => {
    const body = `<p>${request.target} ${request.body}</p>`;
    socket.end(`HTTP/1.1 ${status} X\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };

const CALLS = ['sendAvance', 'history'] as const;

async function errorOf(call: (typeof CALLS)[number], url: string): Promise<GestorError> {
  const gestor = client(url, { timeoutMs: 300 });
  return failure(call === 'history' ? gestor.history() : gestor.sendAvance(CURSO));
}

test.each(CALLS)('no failure of %s shows a token or a RUT', async (call) => {
  const scripts = [echo(404), echo(500), (() => {}) as Script, ((socket) => socket.destroy()) as Script];
  for (const script of [...scripts, answering('HTTP')]) {
    await using server = await scriptedServer(script);
    const result = await errorOf(call, server.url).catch((error: Error) => error);
    expectNoSecret(result);
  }
  expectNoSecret(await errorOf(call, `http://127.0.0.1:${await deadPort()}`));
  expectNoSecret(await errorOf(call, 'http://gestor.invalid'));
  vi.stubEnv('http_proxy', 'http://ana:clave-del-proxy@[');
  expectNoSecret(await errorOf(call, 'http://gestor.example'));
  vi.stubEnv('http_proxy', `http://ana:clave-del-proxy@127.0.0.1:${await deadPort()}`);
  expectNoSecret(await errorOf(call, 'http://gestor.example'));
});

test('an error has no cause, and what the page said is only there for who asks for it', async () => {
  await using server = await scriptedServer(echo(404));
  const error = await errorOf('history', server.url);
  expect(error.cause).toBeUndefined();
  expect(error.body).toContain(TOKEN);
  expectNoSecret(error);
});

test('a client shows no credentials', () => expectNoSecret(client('http://gestor.example')));

test('a connection test that fails shows none either', async () => {
  await using server = await scriptedServer(echo(500));
  expectNoSecret(await client(server.url).testConnection());
});

test('what a person reads is there, in Spanish', async () => {
  await using server = await scriptedServer(echo(502));
  const error = await errorOf('sendAvance', server.url);
  expect(error.mensaje).toContain('No se sabe si el envío quedó registrado.');
  expect(error.queHacer).toMatch(/^No vuelva a enviar todavía: consulte el historial/);
  const reading = await errorOf('history', server.url);
  expect(reading.mensaje).toBe('El servidor del Gestor Intermedio tuvo una falla propia (error HTTP 502).');
  const refused = await errorOf('sendAvance', `http://127.0.0.1:${await deadPort()}`);
  expect(refused.mensaje).toContain('No se registró nada.');
});

// 429, 307 and «Token invalido» have been recorded all the same: nobody has looked yet.
test.each([429, 307, 308, 400])(
  'of an answer of %d nobody says that nothing was recorded',
  async (status) => {
    await using server = await scriptedServer(echo(status));
    const { mensaje, outcome } = await errorOf('sendAvance', server.url);
    expect(outcome).toBe('refused');
    expect(mensaje).not.toContain(' No se registró nada.');
    expect(mensaje).toContain('solo el historial lo confirma.');
  },
);
