import { GestorClient, type Transport } from '@puente-sic/client';
import { course, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errors, exitCodeOf, type SendRequest, send, settle } from '../src/index.ts';

let world: World;
/** What the line does to the next POSTs, in order; nothing afterwards. */
let line: ((body: string) => { status?: number; body?: string } | 'cut')[];
let requests: string[];
beforeEach(async () => {
  world = await openWorld();
  await world.begun();
  line = [];
  requests = [];
});
afterEach(() => world.close());

/** Everything reaches the Gestor; what comes back of a POST is what the test says. */
const network: Transport = async ({ method, url, headers, body }) => {
  requests.push(`${method} ${[...url.searchParams.keys()].slice(3).join()}`.trim());
  const response = await fetch(url, { method, headers, ...(body && { body: Buffer.from(body) }) });
  const text = await response.text();
  const change = method === 'POST' ? (line.shift()?.(text) ?? {}) : {};
  const date = { date: response.headers.get('date') ?? '' };
  const untold = {
    proxied: false,
    error: null,
    status: null,
    headers: {},
    body: Buffer.alloc(0),
    durationMs: 1,
  };
  if (change === 'cut') return { kind: 'broken', why: 'failed', sent: true, ...untold };
  const { status = response.status, body: said = text } = change;
  return { kind: 'reply', status, headers: date, body: Buffer.from(said), durationMs: 1 };
};

const client = () =>
  new GestorClient({
    ...{ baseUrl: world.gestor.url, transport: network, clock: () => world.time.now, sleep: async () => {} },
    credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  });
const sendNow = (more: Partial<SendRequest> = {}) => send(world.request({ clientFor: client, ...more }));
const processes = async () => (await world.client.history()).processes;
const minutes = (count: number) => {
  world.time.now = new Date(world.time.now.getTime() + count * 60_000);
};

test('asked by hand, what the history is told to wait ends the questions, and the next ones wait as long', async () => {
  world.courses = [
    course([student(0, 10)], { codigoOferta: 'CAP-A' }),
    course([student(1, 10)], { codigoOferta: 'CAP-B' }),
  ];
  line = [() => 'cut', () => 'cut'];
  await sendNow();
  const busy: Transport = async (call) => {
    requests.push(call.method);
    return {
      kind: 'reply',
      status: 429,
      headers: { 'retry-after': '600' },
      body: Buffer.alloc(0),
      durationMs: 1,
    };
  };
  const refusing = () =>
    new GestorClient({
      ...{ baseUrl: world.gestor.url, transport: busy, clock: () => world.time.now, sleep: async () => {} },
      credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
    });
  requests = [];
  const first = await settle(world.request({ clientFor: refusing }));
  expect(first.map(({ estado }) => estado)).toEqual(['incierto', 'incierto']);
  const asked = requests.length;
  expect(asked).toBeLessThanOrEqual(1);
  const again = await settle(world.request({ clientFor: client }));
  expect(requests).toHaveLength(asked);
  expect(again[0]?.mensaje).toMatch(
    /^Todavía no se pregunta\. .+ Puente vuelve a preguntar desde las \d\d:\d\d/,
  );
  minutes(11);
  await settle(world.request({ clientFor: client }));
  expect(requests.length).toBeGreaterThan(asked);
});

test.each([
  ['429', 429, ''],
  ['307', 307, ''],
  ['308', 308, ''],
  ['413', 413, 'too big'],
  ['Token invalido', 200, '{"error":[{"mensaje":"Token invalido"}]}'],
  ['Token invalido under 401', 401, '{"error":[{"mensaje":"Token invalido"}]}'],
])(
  '%s is answered though it was recorded: the history is asked first, and it is not sent twice',
  async (_how, status, body) => {
    world.courses = [course([student(0, 10)])];
    line = [() => ({ status, body })];
    expect(await sendNow()).toMatchObject({ envios: [], noEnviados: [{}] });
    expect((await sendNow()).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2, idProceso: 1 }]);
    expect(await processes()).toHaveLength(1);
    expect(requests).toEqual(['POST', 'GET fechaDesde']);
  },
);

test('a token that is refused and nothing recorded: one question when it works again, no wait, and it goes', async () => {
  world.courses = [course([student(0, 10)])];
  const bad = () =>
    new GestorClient({
      ...{
        baseUrl: world.gestor.url,
        transport: network,
        clock: () => world.time.now,
        sleep: async () => {},
      },
      credenciales: { rutOtec: OTEC.rut, token: '00000000-0000-4000-8000-000000000000' },
    });
  expect(exitCodeOf(await sendNow({ clientFor: bad }))).toBe(3);
  // As long as it is refused the question is the test of it: the course's body does not go.
  const again = await sendNow({ clientFor: bad });
  expect(exitCodeOf(again)).toBe(3);
  expect(again.noEnviados).toMatchObject([{ motivo: 'no-autenticado' }]);
  expect((await sendNow()).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);
  expect(requests).toEqual(['POST', 'GET fechaDesde', 'GET fechaDesde', 'POST']);
  expect(await processes()).toHaveLength(1);
});

test('an answer that names only the refused: they and the process count at once, the others wait for the history', async () => {
  world.courses = [course([student(0, 10), student(9, 10)])];
  line = [(text) => ({ body: JSON.stringify({ ...JSON.parse(text), datosEnviados: [] }) })];
  const [first] = (await sendNow()).envios;
  expect(first).toMatchObject({ resultado: 'incierto', idProceso: 1, aceptados: 0, rechazados: 2 });
  expect(first?.errores).toMatchObject([{ rut: rutOf(9).text, codigo: '012' }]);
  expect(await errors(world.ledger)).toMatchObject([{ rut: rutOf(9).text, codigo: '012' }]);
  expect(await settle(world.request({ clientFor: client }))).toMatchObject([
    { estado: 'parcial', idProceso: 1, aceptados: 2, rechazados: 2 },
  ]);
  expect(await errors(world.ledger)).toHaveLength(1);
  expect(requests).toEqual(['POST', 'GET id_proceso']);
});

test('a clock put right by half an hour between two questions sends nothing twice', async () => {
  world.courses = [course([student(0, 10)])];
  line = [() => 'cut'];
  // The history of a service that is late to show it.
  let isLate = true;
  const late: Transport = async (request) => {
    const reply = await network(request);
    const hidden = isLate && request.method === 'GET' && reply.kind === 'reply';
    return hidden ? { ...reply, body: Buffer.from('[]') } : reply;
  };
  let ahead = 0;
  const clock = () => new Date(world.time.now.getTime() + ahead);
  const clientFor = () =>
    new GestorClient({
      ...{ baseUrl: world.gestor.url, transport: late, clock, sleep: async () => {} },
      credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
    });
  expect(exitCodeOf(await sendNow({ clientFor, clock }))).toBe(4);
  minutes(1);
  ahead = 30 * 60_000;
  expect(exitCodeOf(await sendNow({ clientFor, clock }))).toBe(4);
  isLate = false;
  expect((await sendNow({ clientFor, clock })).envios).toMatchObject([{ resultado: 'aceptado' }]);
  expect(await processes()).toHaveLength(1);
});

test('a send keeps the highest process that was known when it left: version 1 has nothing else to tell a former one by', async () => {
  world.courses = [course([student(0, 10)])];
  const { envios } = await send(world.request({ version: 1 }));
  const before = envios[0]?.idProceso;
  expect(before).toEqual(expect.any(Number));
  world.courses = [course([student(0, 20)])];
  line = [() => 'cut'];
  const second = await send(world.request({ version: 1, clientFor: client }));
  const { procesoAnterior } = await world.ledger.db
    .selectFrom('envio')
    .select('procesoAnterior')
    .where('codigoEnvio', '=', second.envios[0]?.codigoEnvio ?? '')
    .executeTakeFirstOrThrow();
  expect(procesoAnterior).toBe(before);
});
