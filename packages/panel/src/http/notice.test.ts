import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerNotice } from './notice.ts';

const problem = { mensaje: 'El archivo está dañado.', queHacer: 'Restaure el respaldo.' };
const server = createServer((request, response) => answerNotice(request, response, problem));
let url: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('without a ledger a monitor reads that it is bad, in its own language', async () => {
  const metrics = await fetch(`${url}/metrics`);
  expect(metrics.status).toBe(200);
  expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
  expect((await metrics.text()).split('\n')).toContain('puente_salud 0');
  const salud = await fetch(`${url}/salud`);
  expect(salud.status).toBe(503);
  expect(await salud.json()).toMatchObject({ estado: 'mal', pendientes: [problem] });
});
