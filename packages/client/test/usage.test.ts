import { BASE_URL, EXAMPLE_TOKENS } from '@puente-sic/protocol';
import { expect, test } from 'vitest';
import {
  ClientUsageError,
  fetchTransport,
  GestorClient,
  type GestorClientOptions,
  MockGestor,
  type RequestTold,
  type ResponseTold,
  type RetryTold,
  type Transport,
} from '../src/index.ts';
import { ACCEPTED, CURSO, failure, RUT_OTEC, TOKEN } from './data.ts';

/** A network that nobody may use. */
const forbidden: Transport = () => {
  throw new Error('a call was made');
};

/** As a program without types writes it. */
function make(options: object): unknown {
  try {
    return new GestorClient(options as GestorClientOptions);
  } catch (error) {
    return error;
  }
}

test.each([
  [{}, 'no-credentials'],
  [{ credenciales: {} }, 'no-credentials'],
  [{ credenciales: { rutOtec: RUT_OTEC, token: undefined } }, 'no-token'],
  [{ baseUrl: 'ftp://x', credenciales: { rutOtec: RUT_OTEC, token: TOKEN } }, 'base-url'],
  [{ userAgent: 'ñ', credenciales: { rutOtec: RUT_OTEC, token: TOKEN } }, 'user-agent'],
])('%j fails with words: %s', (options, code) => {
  const error = make(options);
  expect(error).toBeInstanceOf(ClientUsageError);
  expect(error).toMatchObject({ code, outcome: 'not-sent', fix: expect.stringMatching(/\w{3,} .+\./) });
});

test.each([
  ['', 'no-token'],
  ...[...EXAMPLE_TOKENS].flatMap((token) => [
    [token, 'example-token'],
    [token.toLowerCase(), 'example-token'],
  ]),
])('with the token «%s» the official service is never called', async (token, code) => {
  for (const baseUrl of [undefined, BASE_URL, `${BASE_URL}/`]) {
    const client = new GestorClient({
      ...(baseUrl && { baseUrl }),
      credenciales: { rutOtec: RUT_OTEC, token: token ?? '' },
      transport: forbidden,
    });
    for (const call of [client.sendAvance(CURSO), client.history(), client.historyStream({}, () => {})])
      expect(await failure(call)).toMatchObject({
        code,
        outcome: 'not-sent',
        fix: expect.stringMatching(/./),
      });
    expect(await client.testConnection()).toMatchObject({ kind: 'unreachable', error: { code } });
  }
});

test('an example’s token works at a Gestor of one’s own', async () => {
  expect(await new MockGestor().client().testConnection()).toMatchObject({ kind: 'accepted' });
});

test('the same codigoEnvio twice is told before any call', async () => {
  const gestor = new MockGestor();
  const client = gestor.client();
  await client.sendAvance(CURSO);
  expect(await failure(client.sendAvance(CURSO))).toMatchObject({
    code: 'repeated-codigo-envio',
    outcome: 'not-sent',
  });
  await client.sendAvance({ ...CURSO, codigoEnvio: 'otro' });
  expect(gestor.sent).toHaveLength(2);
});

test('hooks are told of requests, answers and repetitions, without token or RUT, and break nothing', async () => {
  const told: (RequestTold | ResponseTold | RetryTold)[] = [];
  const gestor = new MockGestor();
  let tries = 0;
  const transport: Transport = async (request) => {
    tries += 1;
    const answer = await gestor.transport(request);
    return tries > 1
      ? answer
      : { ...answer, kind: 'broken', why: 'failed', sent: false, proxied: false, error: null, status: null };
  };
  const client = gestor.client({
    transport,
    hooks: {
      onRequest: (each) => told.push(each),
      onResponse: (each) => told.push(each),
      onRetry: (each) => told.push(each),
    },
  });
  await client.history();
  expect(told).toMatchObject([
    { operation: 'historialEnvios', method: 'GET', bytes: 0 },
    { status: null, broken: 'failed' },
    { error: { code: 'network' }, waitMs: 1000 },
    { method: 'GET' },
    { status: 200, broken: null },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/76543210|0F2B6C1A/i);

  const warning = new Promise((resolve) => process.once('warning', resolve));
  const faulty = gestor.client({
    hooks: {
      onResponse: () => {
        throw new Error('of the log');
      },
    },
  });
  expect(await faulty.testConnection()).toMatchObject({ kind: 'accepted' });
  expect(await warning).toMatchObject({ message: 'of the log' });
});

test('a fetch of one’s own is the network; its failure proves nothing of a send', async () => {
  const asked: { url: string; body: string }[] = [];
  const client = new GestorClient({
    credenciales: { rutOtec: RUT_OTEC, token: TOKEN },
    baseUrl: 'http://gestor.invalid',
    transport: fetchTransport(async (url, { body }) => {
      asked.push({ url: url.pathname, body: new TextDecoder().decode(body) });
      if (asked.length > 1) throw new TypeError('fetch failed');
      return new Response(ACCEPTED, { headers: { date: 'Sun, 22 Nov 2026 23:00:00 GMT' } });
    }),
  });
  const sent = await client.sendAvance(CURSO);
  expect(sent.answer).toMatchObject({ kind: 'processed', idProceso: 25 });
  expect(sent.serverDate?.toISOString()).toBe('2026-11-22T23:00:00.000Z');
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ rutOtec: RUT_OTEC, token: TOKEN });
  const lost = await failure(client.sendAvance({ ...CURSO, codigoEnvio: 'e-2' }));
  expect(lost).toMatchObject({ outcome: 'unknown', code: 'connection-lost' });
  expect(asked).toHaveLength(2);
});
