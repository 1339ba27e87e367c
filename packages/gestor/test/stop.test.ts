import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { alumno, EVENING, envio, registry } from './data.ts';
import { history, post } from './http.ts';
import { onEachStore } from './stores.ts';

onEachStore('stopping', (home) => {
  test('lets calls under way finish, refuses new ones, and leaves the store whole', async () => {
    const datos = await home.datos();
    const options = { datos, clock: () => EVENING, limits: { porOtec: 1e9 } };
    const gestor = await home.start({ ...options, registro: registry() });
    const under = Array.from({ length: 30 }, () => post(gestor, envio([1, 2, 3, 4].map((n) => alumno(n)))));
    await Promise.race(under);
    await gestor.close();
    const answers = await Promise.allSettled(under);
    const taken = answers.filter(
      (answer) => answer.status === 'fulfilled' && answer.value.status === 200,
    ).length;
    expect(taken).toBeGreaterThan(0);
    await expect(post(gestor, envio([alumno(1)]))).rejects.toThrow();

    const again = await home.start(options);
    const processes = await history(again);
    expect(processes.length).toBeGreaterThanOrEqual(taken);
    for (const { listaregistros } of processes) expect(listaregistros).toHaveLength(4);
  });

  test('waits for a call whose body is still coming', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro: registry() });
    const body = Buffer.from(JSON.stringify(envio([alumno(1)])));
    const socket = await halfSent(gestor.port, body);
    const closing = gestor.close();
    await pause(50);
    socket.write(body.subarray(100));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 [\s\S]*"id_proceso":1,/);
    await closing;
  });

  test('does not wait for connections that never asked, or asked half a question', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro: registry() });
    const [silent, half] = [connect(gestor.port, '127.0.0.1'), connect(gestor.port, '127.0.0.1')];
    const ended = Promise.all([once(silent.resume(), 'close'), once(half.resume(), 'close')]);
    await new Promise((resolve) => half.write('GET /salud HTTP/1.1\r\nhost: ', resolve));
    await history(gestor);
    await gestor.close();
    await ended;
  });
});

async function halfSent(port: number, body: Buffer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const asked = once(socket, 'data');
  socket.write(
    `POST /gestor/API/avance-sic/enviarAvance HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  expect(String(await asked)).toMatch(/^HTTP\/1\.1 100 /);
  socket.write(body.subarray(0, 100));
  return socket;
}
