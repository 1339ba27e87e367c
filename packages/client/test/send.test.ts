import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ACCEPTED, CURSO, client, RUT_OTEC, TOKEN, TOKEN_INVALIDO } from './data.ts';
import { answering, http, scriptedServer } from './scripted-server.ts';

test('posts the course with the credentials before it, in the official order', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  await client(server.url, { userAgent: 'lms-de-prueba/1.0' }).sendAvance(CURSO);
  const [request] = server.requests;
  expect(request?.method).toBe('POST');
  expect(request?.target).toBe('/gestor/API/avance-sic/enviarAvance');
  expect(request?.headers.get('content-type')).toBe('application/json');
  expect(request?.headers.get('user-agent')).toBe('lms-de-prueba/1.0');
  expect(Object.keys(JSON.parse(request?.body ?? ''))).toEqual([
    'rutOtec',
    'idSistema',
    'token',
    'codigoOferta',
    'codigoGrupo',
    'codigoEnvio',
    'listaAlumnos',
  ]);
  expect(JSON.parse(request?.body ?? '')).toEqual({
    rutOtec: RUT_OTEC,
    idSistema: 1350,
    token: TOKEN,
    ...CURSO,
  });
});

test('gives the answer read, its body verbatim, status, duration and the service clock', async () => {
  const headers = { date: 'Mon, 23 Nov 2026 02:10:00 GMT' };
  await using server = await scriptedServer(answering(`\uFEFF ${ACCEPTED}\n`, { headers }));
  const sent = await client(server.url).sendAvance(CURSO);
  expect(sent.answer).toMatchObject({
    kind: 'processed',
    idProceso: 25,
    records: [{ rut: '12345678-5', codigoModulo: 'MOD-1', fate: 'accepted' }],
  });
  expect(sent.raw).toBe(`\uFEFF ${ACCEPTED}\n`);
  expect(sent.status).toBe(200);
  expect(sent.durationMs).toBeGreaterThan(0);
  expect(sent.serverDate?.toISOString()).toBe('2026-11-23T02:10:00.000Z');
});

test.each([
  ['the official 40 bytes', TOKEN_INVALIDO, {}, 'refused'],
  ['the 40 bytes under 401', TOKEN_INVALIDO, { status: 401 }, 'refused'],
  ['JSON behind leaked HTML', `<div>Notice: Undefined index</div>\n${ACCEPTED}`, {}, 'processed'],
  ['a processed answer under 500', ACCEPTED, { status: 500 }, 'processed'],
  ['gzip', gzipSync(ACCEPTED), { headers: { 'content-encoding': 'gzip' } }, 'processed'],
  ['brotli', brotliCompressSync(ACCEPTED), { headers: { 'content-encoding': 'br' } }, 'processed'],
  ['gzip that is none', ACCEPTED, { headers: { 'content-encoding': 'gzip' } }, 'unreadable'],
  [
    'gzip cut off',
    gzipSync(ACCEPTED).subarray(0, 60),
    { headers: { 'content-encoding': 'gzip' } },
    'unreadable',
  ],
  ['an unknown packing', ACCEPTED, { headers: { 'content-encoding': 'zstd' } }, 'unreadable'],
  ['an empty body', '', {}, 'unreadable'],
  ['an HTML page', '<html><body>En mantención</body></html>', {}, 'unreadable'],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x80]), {}, 'unreadable'],
] as const)('reads %s', async (_name, body, options, kind) => {
  await using server = await scriptedServer(answering(body, options));
  const sent = await client(server.url).sendAvance(CURSO);
  expect(sent.answer.kind).toBe(kind);
  expect(server.requests).toHaveLength(1);
});

test('reads a chunked answer, also one that comes in drips', async () => {
  await using server = await scriptedServer(async (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    for (const part of [ACCEPTED.slice(0, 7), ACCEPTED.slice(7, 40), ACCEPTED.slice(40)]) {
      socket.write(`${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`);
      await new Promise((done) => setTimeout(done, 20));
    }
    socket.end('0\r\n\r\n');
  });
  expect((await client(server.url).sendAvance(CURSO)).raw).toBe(ACCEPTED);
});

test('an answer that ends with its connection is read', async () => {
  await using server = await scriptedServer((socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${ACCEPTED}`));
  expect((await client(server.url).sendAvance(CURSO)).answer.kind).toBe('processed');
});

test('a 1xx answer before the real one is passed over', async () => {
  await using server = await scriptedServer((socket) => {
    socket.end(
      Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'), http(ACCEPTED)]),
    );
  });
  expect((await client(server.url).sendAvance(CURSO)).status).toBe(200);
});

test('lone surrogates become U+FFFD, everything else arrives as it was', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  const [alumno] = CURSO.listaAlumnos;
  const [modulo] = alumno?.listaModulos ?? [];
  if (!alumno || !modulo) throw new Error('no module');
  const listaActividades = [{ codigoActividad: 'a\uD800b\uDC00' }, { codigoActividad: '👩🏽‍🏫 ñandú' }];
  await client(server.url).sendAvance({
    ...CURSO,
    listaAlumnos: [{ ...alumno, listaModulos: [{ ...modulo, listaActividades }] }],
  });
  const body = server.requests[0]?.body ?? '';
  expect(body).not.toContain('\\ud800');
  expect(JSON.parse(body).listaAlumnos[0].listaModulos[0].listaActividades).toEqual([
    { codigoActividad: 'a\uFFFDb\uFFFD' },
    { codigoActividad: '👩🏽‍🏫 ñandú' },
  ]);
});

test('a token in lower case is sent in upper case', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  const credenciales = { rutOtec: RUT_OTEC, token: TOKEN.toLowerCase() };
  await client(server.url, { credenciales }).sendAvance(CURSO);
  expect(JSON.parse(server.requests[0]?.body ?? '').token).toBe(TOKEN);
});

test('every send has a connection of its own', async () => {
  await using server = await scriptedServer((socket) => socket.write(http(ACCEPTED)));
  const gestor = client(server.url);
  await gestor.sendAvance(CURSO);
  await gestor.sendAvance({ ...CURSO, codigoEnvio: 'e-2' });
  expect(server.connections).toBe(2);
  expect(server.requests[0]?.headers.get('connection')).toBe('close');
});

test.each([
  '',
  'no es una dirección',
  'ftp://gestor.example/API',
  'https://u:p@gestor.example/',
  'https://x.example/?a=1',
])('the base URL %j is refused at once', (url) => {
  expect(() => client(url)).toThrow(TypeError);
});

test.each(['', 'línea\nnueva', 'Ñandú'])('the user agent %j is refused at once', (userAgent) => {
  expect(() => client('http://gestor.example', { userAgent })).toThrow(TypeError);
});

test('a time-out without end is one', async () => {
  await using server = await scriptedServer(answering(ACCEPTED));
  const gestor = client(server.url, { timeoutMs: Number.POSITIVE_INFINITY });
  expect((await gestor.sendAvance(CURSO)).answer.kind).toBe('processed');
});
