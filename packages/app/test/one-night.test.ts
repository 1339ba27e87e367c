import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServeEvent } from '@puente-sic/engine';
import { MODULOS, OFERTA, OTEC, openWorld, rutOf, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OneNight, runOneNight } from '../src/index.ts';

let world: World;
let folder: string;
let events: ServeEvent[];
let waited: Date[];
let onEvent: () => void;
beforeEach(async () => {
  world = await openWorld();
  folder = await mkdtemp(join(tmpdir(), 'puente-noche-'));
  [events, waited] = [[], []];
  onEvent = () => {};
  await writeFile(
    join(folder, 'puente.yaml'),
    `gestor: ${world.gestor.url}
otecs:
  - { rut: ${OTEC.rut}, token: ${OTEC.token} }
fuentes:
  - { nombre: planillas, tipo: archivo, ruta: ./avance.csv }
`,
  );
  await progress(10);
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** The sheet of one student with so much of everything done. */
async function progress(avance: number): Promise<void> {
  const head =
    'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin;actividades';
  const dates = '2026-11-01;2026-12-31';
  const lines = MODULOS.map(
    (modulo) =>
      `${OFERTA};${OFERTA};${rutOf(0).text};3600;${avance};${dates};${modulo};1800;${avance};${dates};Tarea`,
  );
  await writeFile(join(folder, 'avance.csv'), `${[head, ...lines].join('\n')}\n`);
}

/** One run; what stands in `wakes` is what the clock shows after each wait, as of a computer that slept in it. */
function run(at: string, ...wakes: string[]): Promise<OneNight> {
  world.time.now = new Date(at);
  return runOneNight(
    {
      ...{ env: {}, stdin: process.stdin, signal: new AbortController().signal },
      clock: () => world.time.now,
      onNotice: () => {},
    },
    { config: join(folder, 'puente.yaml'), datos: join(folder, 'estado') },
    {
      panel: 'http://127.0.0.1:4350',
      onEvent: (event) => {
        events.push(event);
        onEvent();
      },
      onUndelivered: () => {},
      onDefect: (error) => {
        throw error;
      },
      onWait: (abre) => void waited.push(abre),
      pause: async () => {
        const woken = wakes.shift();
        if (woken !== undefined) world.time.now = new Date(woken);
        await wait(5);
      },
    },
    15 * 60_000,
  );
}

const sent = async () => (await world.client.history({})).processes.length;
const lost = () => events.flatMap((event) => (event.kind === 'lost' ? [event.noche] : []));

test('a computer that sleeps through 22:00 and wakes inside the window sends the night, once', async () => {
  const ended = await run('2026-11-22T21:50:00-03:00', '2026-11-22T23:10:00-03:00');
  expect(waited).toEqual([new Date('2026-11-22T22:00:00-03:00')]);
  expect(ended).toMatchObject([{ noche: { kind: 'lista', noche: '2026-11-22', perdidos: 0 } }]);
  expect(await sent()).toBe(1);

  await progress(20);
  await run('2026-11-22T23:50:00-03:00');
  expect(await sent()).toBe(1);
});

test('one that wakes after the window tells that the night is lost, and sends nothing for it', async () => {
  await run('2026-11-22T22:10:00-03:00');
  await progress(20);
  const ended = await run('2026-11-23T21:50:00-03:00', '2026-11-24T00:20:00-03:00');
  expect(ended).toMatchObject([{ noche: { kind: 'cerrada', abre: new Date('2026-11-24T22:00:00-03:00') } }]);
  expect(lost()).toEqual(['2026-11-23']);
  expect(await sent()).toBe(1);
});

test('far from the window it ends without waiting, and knows the window in winter as well', async () => {
  const ended = await run('2026-11-22T21:30:00-03:00');
  expect(waited).toEqual([]);
  expect(ended).toMatchObject([{ noche: { kind: 'cerrada' } }]);
  // The timers of a computer are set in UTC: 00:50 is 20:50 in winter, which is too early.
  const winter = await run('2026-06-10T00:50:00Z');
  expect(winter).toMatchObject([{ noche: { kind: 'cerrada', abre: new Date('2026-06-10T02:00:00Z') } }]);
  expect(await sent()).toBe(0);
});

test('what the source cannot give until the window closes is lost, told before it ends', async () => {
  await run('2026-11-22T22:10:00-03:00');
  await rm(join(folder, 'avance.csv'));
  const wakes = ['23:30:00', '23:59:00'].map((time) => `2026-11-23T${time}-03:00`);
  const ended = await run('2026-11-23T22:00:00-03:00', ...wakes, '2026-11-24T00:01:00-03:00');
  expect(ended).toMatchObject([{ noche: { kind: 'cerrada' } }]);
  expect(lost()).toEqual(['2026-11-23']);
});

test('a window that closes under a question is asked about once more: whoever is to hear of the lost night does', async () => {
  await run('2026-11-22T22:10:00-03:00');
  await rm(join(folder, 'avance.csv'));
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    told.push(await text(request));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const config = join(folder, 'puente.yaml');
  const channel = `alertas: [{ tipo: webhook, url: 'http://127.0.0.1:${address.port}/' }]`;
  await writeFile(config, (await readFile(config, 'utf8')).replace(OTEC.token, `${OTEC.token}, ${channel}`));
  onEvent = () => {
    world.time.now = new Date('2026-11-24T00:01:00-03:00');
  };
  try {
    const ended = await run('2026-11-23T23:59:00-03:00');
    expect(ended).toMatchObject([{ noche: { kind: 'cerrada' } }]);
    expect(lost()).toEqual(['2026-11-23']);
    expect(told.join()).toContain('2026-11-23');
  } finally {
    server.close();
  }
});
