import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Gestor } from '../src/index.ts';
import { alumno, EVENING, envio, OTHER_TOKEN, registry, TOKEN } from './data.ts';
import { history, post, send } from './http.ts';
import { onEachStore } from './stores.ts';

/** Text that makes a body far bigger than the head that is read before credentials are looked up. */
const LONG = 'ñ€😀'.repeat(40_000);
const WAIT = { timeout: 30_000 };
const MAL = { status: 200, text: '{"error":[{"mensaje":"Token invalido"}]}' };
const refused = (status: number, mensaje: string) => ({
  status,
  text: JSON.stringify({ error: [{ mensaje }] }),
});

onEachStore('a body whose credentials are looked up before it is parsed', (home) => {
  const start = (limits = {}): Promise<Gestor> =>
    home.start({ clock: () => EVENING, registro: registry(), limits });
  const big = (fields: Record<string, unknown> = {}): string =>
    JSON.stringify(envio([alumno(1, { extra: LONG })], fields));
  /** The same body with its credentials behind the students. */
  const last = (body: string): string => {
    const { rutOtec, idSistema, token, ...rest } = JSON.parse(body);
    return JSON.stringify({ ...rest, rutOtec, idSistema, token });
  };

  test('is recorded wherever the credentials stand in it, with its echo as sent', async () => {
    const gestor = await start();
    for (const body of [big(), last(big()), `\uFEFF${big()}`, JSON.stringify(JSON.parse(big()), null, 4)]) {
      const { status, text } = await post(gestor, body);
      expect(status).toBe(200);
      expect(JSON.parse(text).envio[0].extra).toBe(LONG);
    }
    expect(await history(gestor)).toHaveLength(4);
  });

  test('is answered what it always was when they are bad, and leaves no process', async () => {
    const gestor = await start();
    const bad = big({ token: OTHER_TOKEN });
    expect(await post(gestor, bad)).toEqual(MAL);
    expect(await post(gestor, last(bad))).toEqual(MAL);
    expect(await post(gestor, JSON.stringify({ listaAlumnos: [LONG] }))).toEqual(MAL);
    expect(await post(gestor, big({ token: { a: 1 } }))).toEqual(MAL);
    expect(await post(gestor, big({ token: TOKEN.repeat(100) }))).toEqual(MAL);
    expect(await post(gestor, big({ rutOtec: '11222333-4' }))).toEqual(MAL);
    const notJson = refused(400, 'El cuerpo no es JSON válido.');
    expect(await post(gestor, `${bad}]`)).toEqual(notJson);
    expect(await post(gestor, bad.slice(0, -1))).toEqual(notJson);
    expect(await post(gestor, `x${bad}`)).toEqual(notJson);
    expect(await post(gestor, `${big()}]`)).toEqual(notJson);
    const notObject = refused(400, 'El cuerpo debe ser un objeto JSON: { "rutOtec": … }');
    expect(await post(gestor, JSON.stringify([JSON.parse(bad)]))).toEqual(notObject);
    const notUtf8 = refused(400, 'El cuerpo no está en UTF-8.');
    const latin = Buffer.from(bad.replaceAll(/[€😀]/gu, ''), 'latin1');
    for (const body of [latin, Buffer.concat([Buffer.from(`]${bad}`), Buffer.from([0xc3])])]) {
      const response = await fetch(`${gestor.url}/avance-sic/enviarAvance`, { method: 'POST', body });
      expect({ status: response.status, text: await response.text() }).toEqual(notUtf8);
    }
    expect(await history(gestor)).toEqual([]);
  });

  test('with a credential that stands twice is judged by the last, as whoever parses it reads it', async () => {
    const gestor = await start();
    const withSecond = (fields: object) => `${big().slice(0, -1)},${JSON.stringify(fields).slice(1)}`;
    expect(await post(gestor, withSecond({ token: OTHER_TOKEN }))).toEqual(MAL);
    expect(await post(gestor, withSecond({ rutOtec: '11222333-4' }))).toEqual(MAL);
    expect(await history(gestor)).toEqual([]);
    expect((await post(gestor, withSecond({ token: TOKEN }))).status).toBe(200);
    expect(await history(gestor)).toHaveLength(1);
  });

  test('over the limit is 413, with bad credentials too, also when it does not say how long it is', async () => {
    const gestor = await start({ cuerpo: 500_000 });
    const tooBig = refused(413, 'El cuerpo es demasiado grande: envíe el curso en varias llamadas.');
    const bad = big({ token: OTHER_TOKEN, mas: LONG });
    expect(await post(gestor, bad)).toEqual(tooBig);
    const socket = connect(gestor.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /gestor/API/avance-sic/enviarAvance HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const bytes = Buffer.from(bad).subarray(0, 500_001);
    socket.write(`${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test('without good ones is one of a few at once; who shows them goes in beside those', async () => {
    const gestor = await start();
    const body = big({ token: OTHER_TOKEN });
    const open = await Promise.all(Array.from({ length: 40 }, () => stalled(gestor, body)));
    const answers = () => open.map(({ answer }) => answer()).filter((answer) => answer !== '');
    await expect.poll(() => answers().length, WAIT).toBe(40 - 16);
    expect(answers().filter((answer) => !answer.startsWith('HTTP/1.1 429'))).toEqual([]);
    expect((await send(gestor, big())).errores).toEqual([]);
    for (const { end } of open) end();
    // Their places are free again once they are gone.
    await expect.poll(() => post(gestor, body), WAIT).toEqual(MAL);
  });

  test('broken off on the way frees what was kept of it', async () => {
    const gestor = await start();
    const body = last(big());
    for (let i = 0; i < 60; i++) {
      const { end } = await stalled(gestor, body);
      end();
    }
    await expect.poll(async () => (await post(gestor, body)).status, WAIT).toBe(200);
  });

  test('for an address that is not there is 404 and is not kept', async () => {
    const gestor = await start({ cuerpo: 1_000 });
    const response = await fetch(`${gestor.url}/nada`, { method: 'POST', body: LONG });
    expect(response.status).toBe(404);
  });
});

/** Begins a call and leaves off in the middle of its body. */
async function stalled(gestor: Gestor, body: string) {
  const bytes = Buffer.from(body);
  const socket = connect(gestor.port, '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  await once(socket, 'connect');
  socket.write(
    `POST /gestor/API/avance-sic/enviarAvance HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes.length}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.write(bytes.subarray(0, 100_000), resolve));
  return { answer: () => answer, end: () => socket.destroy() };
}
