import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { dailyBackup, openLedger, restore } from '@puente-sic/engine';
import { openPanel, type Panel } from '@puente-sic/panel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openService, type Service } from '../src/index.ts';

let folder: string;
let stop: AbortController;
let ended: Promise<void> | undefined;
let told: string[];
let pauses: (() => void)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-servicio-'));
  stop = new AbortController();
  [ended, told, pauses] = [undefined, [], []];
});
afterEach(async () => {
  stop.abort();
  await ended;
  await rm(folder, { recursive: true, force: true });
});

const config = () => join(folder, 'puente.yaml');
const GOOD = `otecs:
  - { rut: 76543210-3, token: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220 }
fuentes:
  - { nombre: planillas, tipo: archivo, ruta: ./planillas }
`;

/** As `puente servir` opens it; the minutes between two tries pass when the test says so. */
async function open(): Promise<Service<Panel>> {
  const service = await openService(
    {
      ...{ env: {}, stdin: process.stdin, signal: stop.signal },
      clock: () => new Date('2026-11-22T15:00:00-03:00'),
      onNotice: (text) => told.push(text),
    },
    { config: config(), datos: join(folder, 'estado') },
    {
      openPanel: () => openPanel({ port: 0, webFolder: join(folder, 'no-pages') }),
      onEvent: () => {},
      onUndelivered: () => {},
      onDefect: (error) => told.push(`defect: ${error}`),
      pause: (_, signal) =>
        new Promise((resolve) => {
          pauses.push(resolve);
          signal.addEventListener('abort', () => resolve());
        }),
    },
  );
  ended = service.run();
  return service;
}

async function aMinuteLater(): Promise<void> {
  await expect.poll(() => pauses.length).toBeGreaterThan(0);
  for (const resume of pauses.splice(0)) resume();
}

/** Status and text; `from` another computer, behind a proxy. */
function ask({ panel }: Service<Panel>, path: string, from?: string): Promise<[number, string]> {
  const headers = from === undefined ? {} : { 'x-forwarded-for': from };
  return new Promise((resolve, reject) => {
    request(`${panel.url}${path}`, { headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    })
      .on('error', reject)
      .end();
  });
}

test('settings that cannot run: the panel is up and says which line, and goes on when the file is mended', async () => {
  await writeFile(config(), `gestor: https://sence.cl/gestor/API?v=1\n${GOOD}`);
  const service = await open();
  expect(service.generation()?.settings).toBe(null);
  expect((await ask(service, '/vivo'))[0]).toBe(200);
  const [status, salud] = await ask(service, '/salud');
  expect([status, JSON.parse(salud)]).toMatchObject([
    503,
    {
      pendientes: [
        { mensaje: expect.stringMatching(/puente\.yaml, línea 1: «gestor» no puede llevar «\?»/) },
      ],
    },
  ]);
  await aMinuteLater();
  // It has looked again, and found nothing new.
  await expect.poll(() => pauses.length).toBe(1);
  expect(told.filter((text) => text.includes('línea 1'))).toHaveLength(1);

  await writeFile(config(), GOOD);
  await aMinuteLater();
  await expect
    .poll(() => service.generation()?.running.providers.map(({ otec }) => otec.rut))
    .toEqual(['76543210-3']);
});

test('a token file that cannot be read keeps only its own provider from reporting', async () => {
  const second = `  - { rut: 77124930-2, tokenArchivo: ./no-hay }\n`;
  const courses = ['76543210-3', '77124930-2'].map(
    (otec) => `  - { fuente: planillas, otec: ${otec}, curso: C }\n`,
  );
  await writeFile(config(), GOOD.replace('fuentes:', `${second}fuentes:`).concat('cursos:\n', ...courses));
  const { running } = (await open()).generation() ?? {};
  expect(running?.providers.map(({ otec }) => otec.rut)).toEqual(['76543210-3']);
  expect(running?.pendientes.map(({ mensaje }) => mensaje).join()).toContain('no-hay');
});

test('a token that was changed in its file beside the service is in force at the next look, while the panel serves on', async () => {
  const file = join(folder, 'token.txt');
  await writeFile(file, '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220');
  await writeFile(config(), GOOD.replace(/token: .* \}/, 'tokenArchivo: ./token.txt }'));
  const service = await open();
  const token = () => service.generation()?.running.providers[0]?.otec.token;
  expect(token()).toBe('5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220');
  await aMinuteLater();
  // Nothing was changed: the same settings stay in force.
  await expect.poll(() => pauses.length).toBeGreaterThan(0);
  const first = service.generation();
  expect(first?.running.providers).toHaveLength(1);

  await writeFile(file, '0A1B2C3D-25A9-4DB2-A4DD-5D31BDAE3220');
  await utimes(file, new Date(), new Date(Date.now() + 5_000));
  await aMinuteLater();
  await expect.poll(token).toBe('0A1B2C3D-25A9-4DB2-A4DD-5D31BDAE3220');
  expect(service.generation()).not.toBe(first);
  expect((await ask(service, '/salud'))[0]).toBe(200);
  expect(told.join()).not.toMatch(/0A1B2C3D|defect/);
});

test('without a usable ledger: why, for who sits here; nothing for others; then on without a restart', async () => {
  await writeFile(config(), GOOD);
  await writeFile(join(folder, 'estado'), 'a file where the folder should be');
  const service = await open();
  expect(service.generation()).toBe(null);
  expect(told.join()).toContain(folder);
  expect((await ask(service, '/vivo', '192.0.2.7'))[0]).toBe(200);
  expect(await ask(service, '/')).toEqual([
    503,
    expect.stringMatching(/<html lang="es">[\s\S]*estado[\s\S]*Qué hacer/),
  ]);
  for (const path of ['/', '/salud', '/api/hoy']) {
    const [status, text] = await ask(service, path, '192.0.2.7');
    expect([status, text]).toEqual([503, expect.not.stringContaining('estado/')]);
    expect(text).not.toContain(folder);
  }
  expect(JSON.parse((await ask(service, '/api/sesion'))[1])).toMatchObject({
    error: { codigo: 'sin-registro' },
  });
  await aMinuteLater();
  expect((await ask(service, '/salud'))[0]).toBe(503);

  await rm(join(folder, 'estado'));
  await aMinuteLater();
  await expect.poll(async () => (await ask(service, '/api/sesion'))[0]).toBe(200);
  expect((await ask(service, '/salud'))[0]).toBe(200);
  expect(service.generation()?.running.providers).toHaveLength(1);
});

test('a ledger that another program holds at the start: the panel says which file, and it goes on once it is free', async () => {
  await writeFile(config(), GOOD);
  const datos = join(folder, 'estado');
  await mkdir(datos);
  const other = new DatabaseSync(join(datos, 'puente.sqlite'));
  other.exec('BEGIN EXCLUSIVE; CREATE TABLE held (x)');
  const service = await open();
  expect(service.generation()).toBe(null);
  expect(told.join()).toMatch(/tiene ocupado el archivo .*puente\.sqlite/);
  expect(told.join()).not.toContain('defect');
  expect((await ask(service, '/vivo'))[0]).toBe(200);
  expect(await ask(service, '/')).toEqual([
    503,
    expect.stringMatching(/ocupado[\s\S]*Cierre lo que lo esté usando/),
  ]);

  other.exec('ROLLBACK');
  other.close();
  await aMinuteLater();
  await expect.poll(() => service.generation()?.running.providers).toHaveLength(1);
  expect((await ask(service, '/salud'))[0]).toBe(200);
});

describe('a ledger that vanishes beside its backups', () => {
  const datos = () => join(folder, 'estado');
  const file = () => join(datos(), 'puente.sqlite');
  const now = new Date('2026-11-22T15:00:00-03:00');
  let own: string;
  beforeEach(async () => {
    await writeFile(config(), GOOD);
    const ledger = await openLedger(datos());
    own = (await dailyBackup(ledger, now)) ?? '';
    await ledger.close();
  });
  const salud = async (service: Service<Panel>, from?: string) => {
    const [status, text] = await ask(service, '/salud', from);
    return { status, pendientes: JSON.parse(text).pendientes as { mensaje: string; queHacer: string }[] };
  };

  test('while it is served: file and cause are told at once, before the next question of the night', async () => {
    const service = await open();
    expect((await ask(service, '/salud'))[0]).toBe(200);
    await rm(file());
    expect(await salud(service)).toMatchObject({
      status: 503,
      pendientes: [
        { mensaje: expect.stringContaining(file()), queHacer: expect.stringContaining('restaurar') },
      ],
    });
    expect(JSON.stringify(await salud(service, '192.0.2.7'))).not.toContain(folder);
  });

  test('before it starts: no other is begun in its place; restored, it goes on without a restart', async () => {
    await rm(file());
    const service = await open();
    const { status, pendientes } = await salud(service);
    expect(status).toBe(503);
    expect(pendientes[0]?.mensaje).toContain(file());
    expect(pendientes[0]?.queHacer).toContain(`puente restaurar ${own}`);
    await aMinuteLater();
    expect(existsSync(file())).toBe(false);
    await restore(datos(), own, now);
    await aMinuteLater();
    await expect.poll(async () => (await ask(service, '/salud'))[0]).toBe(200);
  });
});
