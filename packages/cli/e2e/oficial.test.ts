import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUPUESTOS, type Supuesto, type Supuestos, startSandbox } from '@puente-sic/gestor';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { puente } from './support/puente.ts';

const TOKEN = '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-oficial-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the official test against a Gestor of ours that plays these assumptions. */
async function run(supuestos: Partial<Supuestos>, ...more: string[]) {
  const sandbox = await startSandbox({ datos: join(folder, 'gestor'), supuestos });
  const flags = ['--gestor', sandbox.url, '--rut-otec', '77124930-2'];
  const done = await puente(['probar', '--oficial', ...flags, ...more], {
    cwd: folder,
    env: { SENCE_TOKEN: TOKEN },
  });
  await sandbox.close();
  return done;
}

const findings = async () =>
  JSON.parse(await readFile(join(folder, 'prueba-oficial.json'), 'utf8')).hallazgos as {
    id: string;
    resultado: string;
  }[];

test('without consent nothing is sent, and it says what would be', async () => {
  const refused = await run({});
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('CAP-15-01-13-0446');
  expect(refused.stderr).toContain('--acepto');
});

test('our Gestor plays what is assumed, and the file holds neither token nor RUT', async () => {
  const done = await run({}, '--acepto');
  expect((await findings()).filter(({ resultado }) => resultado !== 'se cumple')).toEqual([]);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  const file = await readFile(join(folder, 'prueba-oficial.json'), 'utf8');
  expect(file.toUpperCase()).not.toContain(TOKEN);
  expect(file).not.toMatch(/77124930|9445435|10312870|10176851/);
});

const SHOWN = Object.entries<Supuesto>(SUPUESTOS).flatMap(([name, { prueba, valor }]) =>
  prueba ? [[name, prueba, { [name]: !valor }] as const] : [],
);

test.each(SHOWN)('a service that does otherwise is told: %s by %s', async (_name, prueba, changed) => {
  expect((await run(changed, '--acepto')).code).toBe(1);
  const failed = (await findings()).filter(({ resultado }) => resultado === 'no se cumple');
  expect(failed.map(({ id }) => id)).toContain(prueba);
});

const HTML = '<html><body>Mantención. token=5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220</body></html>';
const OTHER_URL = `https://otro.example/?token=${TOKEN}&rutOtec=77124930-2`;
const ODD: Record<string, (answer: ServerResponse) => void> = {
  'broken JSON': (answer) => answer.end('[{"id_proceso_externo": "1", "rut": "9445435'),
  HTML: (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(HTML),
  'an error page': (answer) => answer.writeHead(500).end(HTML),
  nothing: (answer) => answer.end(),
  'a cut': (answer) => answer.destroy(),
  'a redirect': (answer) => answer.writeHead(302, { location: OTHER_URL }).end(),
  'other JSON': (answer) => answer.end(JSON.stringify({ token: TOKEN, rut: '9445435-2' })),
};

test.each(Object.keys(ODD))('%s to the first query: nothing is sent, and the file says so', async (odd) => {
  const service = await inFrontOf(null, odd);
  const done = await runAgainst(service.url);
  await service.close();
  expect(done.code).toBe(3);
  const [consulta, ...others] = await findings();
  expect(consulta).toMatchObject({ id: 'consulta', resultado: 'no se cumple' });
  expect(new Set(others.map(({ resultado }) => resultado))).toEqual(new Set(['no se pudo ver']));
  expect(service.posts()).toBe(0);
  await expectNobody(done);
});

test.each(['broken JSON', 'HTML', 'a cut'])(
  '%s to every send: what the history shows is told all the same',
  async (odd) => {
    const sandbox = await startSandbox({ datos: join(folder, 'gestor') });
    const service = await inFrontOf(sandbox.url, odd);
    const done = await runAgainst(service.url);
    await service.close();
    await sandbox.close();
    expect(done.code).toBe(1);
    const told = Object.fromEntries((await findings()).map(({ id, resultado }) => [id, resultado]));
    expect(told).toMatchObject({ consulta: 'se cumple', 'token-malo-consulta': 'se cumple' });
    for (const id of ['envio-aceptado', 'eco-fecha', 'porcentaje-igual', 'alumno-desconocido', 'eco-parcial'])
      expect(told).toMatchObject({ [id]: 'no se pudo ver' });
    await expectNobody(done);
  },
);

test('a folder that is not there is told before anything is sent', async () => {
  const done = await run({}, '--acepto', '--salida', join('no', 'hay.json'));
  expect(done.code).toBe(2);
  expect(done.stderr).toContain('No se puede escribir');
});

/** Neither token nor RUT of anybody, in the file or on the screen. */
async function expectNobody({ stdout, stderr }: { stdout: string; stderr: string }): Promise<void> {
  const file = await readFile(join(folder, 'prueba-oficial.json'), 'utf8');
  expect(`${file}${stdout}${stderr}`.toUpperCase()).not.toMatch(
    /5EEBF607|77124930|9445435|10312870|10176851/,
  );
}

function runAgainst(url: string) {
  const flags = ['--gestor', url, '--rut-otec', '77124930-2', '--acepto'];
  return puente(['probar', '--oficial', ...flags], { cwd: folder, env: { SENCE_TOKEN: TOKEN } });
}

/** A front that answers oddly: every call, or with a service behind it the sends alone. */
async function inFrontOf(behind: string | null, odd: string) {
  let posts = 0;
  const server = createServer(async (request, answer) => {
    if (request.method === 'POST') posts += 1;
    request.resume();
    if (behind === null || request.method === 'POST') return ODD[odd]?.(answer);
    const passed = await fetch(new URL(request.url ?? '', behind));
    answer.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gestor/API`,
    posts: () => posts,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
