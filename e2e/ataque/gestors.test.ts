import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GestorClient } from '@puente-sic/client';
import { openLedger, reconcile, send, testConnection } from '@puente-sic/engine';
import { course, OTEC, rutOf, sourceOf, student } from '@puente-sic/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oddBody, oddText, REQUESTS, SEED } from './hostile.ts';

/** What a Gestor does that is none, or that somebody stands before. */
interface Reply {
  status: number;
  body: string;
  type: string;
  /** Of the answer as it is sent. */
  how:
    | 'whole'
    | 'cut'
    | 'none'
    | 'more-than-said'
    | 'falsely-packed'
    | 'packed-without-end'
    | 'elsewhere'
    | 'echo';
}

const AT = new Date('2026-11-22T22:30:00-03:00');
const CLOCK = () => AT;
let reply: Reply;
/** What came to another server, to which nobody was to be sent. */
const elsewhere: string[] = [];

const other = createServer((request, response) => {
  elsewhere.push(`${request.url} ${JSON.stringify(request.headers)}`);
  response.end('{}');
});
const gestor = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => answer(response, Buffer.concat(chunks)));
  request.on('error', () => {});
});
const portOf = (server: typeof gestor) => (server.address() as AddressInfo).port;
beforeAll(async () => {
  for (const server of [other, gestor]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
});
afterAll(() => {
  for (const server of [other, gestor]) {
    server.close();
    server.closeAllConnections();
  }
});

const BOMB = gzipSync(Buffer.alloc(50_000_000));

function answer(response: ServerResponse, asked: Buffer): void {
  const { status, body, type, how } = reply;
  const bytes = Buffer.from(body);
  response.on('error', () => {});
  if (how === 'none') return void response.socket?.destroy();
  if (type !== '') response.setHeader('content-type', type);
  if (how === 'elsewhere') {
    response.writeHead(307, { location: `http://127.0.0.1:${portOf(other)}/gestor/API/avance-sic` });
    return void response.end();
  }
  if (how === 'falsely-packed') response.setHeader('content-encoding', 'gzip');
  if (how === 'packed-without-end') {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    return void response.end(BOMB);
  }
  if (how === 'cut' || how === 'more-than-said') {
    response.writeHead(status, { 'content-length': bytes.length + (how === 'cut' ? 50 : 0) });
    response.write(bytes);
    return void setImmediate(() => response.socket?.destroy());
  }
  response.statusCode = status;
  response.end(how === 'echo' ? asked : bytes);
}

/** As a Gestor answers, with any of it odd. */
const nearly = fc
  .record({
    codigo: fc.oneof(fc.constantFrom('000', '001', '999', 0, null), oddText),
    proceso: fc.oneof(fc.integer(), fc.constantFrom(1e308, -1, null, '1'), oddText),
    mensaje: oddText,
    rut: fc.oneof(fc.constantFrom(rutOf(0).numero, rutOf(7).numero, -1), oddText),
    many: fc.constantFrom(0, 1, 3, 500),
  })
  .map(({ codigo, proceso, mensaje, rut, many }) =>
    JSON.stringify({
      ...{ codigo, mensaje, id_proceso: proceso, id_proceso_externo: proceso, respuesta: mensaje },
      errores: Array.from({ length: many }, () => ({
        codigo,
        mensaje,
        rutAlumno: rut,
        listaModulos: [mensaje],
      })),
      procesos: [{ id_proceso_externo: proceso, fecha: mensaje, alumnos: [{ rut, modulos: mensaje }] }],
    }),
  );
const odd: fc.Arbitrary<Reply> = fc.record({
  status: fc.constantFrom(200, 200, 200, 201, 204, 206, 302, 400, 401, 403, 404, 418, 429, 500, 502, 503),
  body: fc.oneof(nearly, oddBody, fc.constant('<b>Notice</b>: Undefined index\n{"codigo":"000"}')),
  type: fc.constantFrom('application/json', 'text/html; charset=iso-8859-1', 'image/png', ''),
  how: fc.constantFrom('whole', 'whole', 'whole', 'echo', 'cut', 'none', 'more-than-said', 'falsely-packed'),
});

const client = () =>
  new GestorClient({
    baseUrl: `http://127.0.0.1:${portOf(gestor)}/gestor/API`,
    ...{ credenciales: { rutOtec: OTEC.rut, token: OTEC.token }, clock: CLOCK, timeoutMs: 10_000 },
    sleep: async () => {},
  });
const STUDENTS = [course([student(0, 10), student(1, 20)])];

/** A night, a comparison and a test of the connection against the same oddity: everything that they left, as text. */
async function everythingWith(next: Reply) {
  reply = next;
  const folder = await mkdtemp(join(tmpdir(), 'puente-ataque-'));
  const ledger = await openLedger(folder);
  try {
    const leido = AT.toISOString();
    const begun = { rutOtec: OTEC.rut, restaurado: null, ultimaNoche: null, leido };
    await ledger.db.insertInto('partida').values(begun).execute();
    const own = client();
    const base = { sources: [sourceOf(() => STUDENTS)], otecs: [OTEC], ledger, version: 2 as const };
    const asked = { ...base, at: AT, clock: CLOCK, clientFor: () => own };
    const sent = await send(asked);
    const compared = await reconcile(asked);
    const tested = await testConnection(OTEC, { clientFor: () => own, clock: CLOCK });
    const envios = await ledger.db.selectFrom('envio').selectAll().execute();
    const kept = envios.map(({ cuerpo, respuesta }) =>
      [cuerpo, respuesta].map((bytes) => bytes && gunzipSync(bytes).toString('latin1')),
    );
    return { sent, envios, tested, text: JSON.stringify([sent, compared, tested, kept]) };
  } finally {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test(`whatever a Gestor answers, each envío ends in a state, and no token is told (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(odd, async (next) => {
      const { envios, text } = await everythingWith(next);
      expect(envios).toHaveLength(1);
      expect(['aceptado', 'parcial', 'rechazado', 'incierto', 'no-enviado']).toContain(envios[0]?.estado);
      expect(text).not.toContain(OTEC.token);
    }),
    { numRuns: Math.ceil(REQUESTS / 10), seed: SEED, endOnFailure: true },
  );
}, 3_600_000);

test.each<[string, Reply]>([
  ['a page', { status: 200, body: '<html>Bienvenido</html>', type: 'text/html', how: 'whole' }],
  ['nothing', { status: 200, body: '', type: '', how: 'whole' }],
  ['what was asked', { status: 200, body: '', type: 'application/json', how: 'echo' }],
  ['half an answer', { status: 200, body: '{"codigo":"000"', type: 'application/json', how: 'cut' }],
  ['what claims to be packed', { status: 200, body: '{}', type: '', how: 'falsely-packed' }],
  ['50 MB of noughts, packed', { status: 200, body: '', type: '', how: 'packed-without-end' }],
  ['another address', { status: 307, body: '', type: '', how: 'elsewhere' }],
])(
  '%s is no acceptance: the envío is not taken for done, and the token goes nowhere else',
  async (_, next) => {
    const { envios, tested, text } = await everythingWith(next);
    expect(envios.map(({ estado }) => estado)).not.toContain('aceptado');
    expect(envios.every(({ aceptados }) => aceptados === 0)).toBe(true);
    expect(tested.tokenAceptado).toBe(false);
    expect(text).not.toContain(OTEC.token);
    expect(elsewhere).toEqual([]);
  },
);
