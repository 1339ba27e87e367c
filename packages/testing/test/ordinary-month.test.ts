import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSimulator, ordinaryMonth } from '../src/index.ts';

let web: Server;
beforeEach(async () => {
  web = createServer((request, response) => {
    request.resume();
    response.end('ok');
  });
  await once(web.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => new Promise((resolve) => web.close(resolve)));

test('an ordinary month: what is told in red, counted', async () => {
  const simulator = await openSimulator();
  try {
    // A question every minute, as the service asks.
    const month = { ...ordinaryMonth(1), tickEvery: 60_000 };
    const { port } = web.address() as AddressInfo;
    const avisar = month.providers.map(({ rutOtec }) => ({
      ...{ rutOtec, otec: 'Capacitaciones de Prueba' },
      canales: [{ tipo: 'webhook' as const, url: `http://127.0.0.1:${port}/` }],
    }));
    const { violations, alerts, hits } = await simulator.play(month, avisar);
    expect(violations).toEqual([]);
    const count = (tipo: string) => alerts.filter((alert) => alert.tipo === tipo).length;
    const counts = Object.fromEntries(
      [...new Set(alerts.map(({ tipo }) => tipo))].map((tipo) => [tipo, count(tipo)]),
    );
    console.log(`An ordinary month: ${JSON.stringify(counts)}`);
    const red = alerts.filter(({ tipo }) => tipo === 'problema' || tipo === 'noche-perdida');
    // An LMS away for ten minutes and SENCE for twenty end by themselves: nobody is called.
    expect(red).toEqual([]);
    expect(count('resuelto')).toBe(0);
    expect(count('resumen')).toBe(month.nights.length);
    // All of it did happen.
    expect(Object.keys(hits).sort()).toEqual(['file-cut', 'no-connection', 'rise', 'source-down']);
  } finally {
    await simulator.close();
  }
});
