import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Supuestos, startSandbox } from '@puente-sic/gestor';
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

test('a service that does otherwise is told, assumption by assumption', async () => {
  const changed = { rechazarPorcentajeIgual: true, seccionConModulo: true, ecoFechaAlFinal: true };
  expect((await run(changed, '--acepto')).code).toBe(1);
  const failed = (await findings()).filter(({ resultado }) => resultado === 'no se cumple');
  expect(failed.map(({ id }) => id).sort()).toEqual([
    ...['eco-fecha', 'eco-parcial', 'historial-rechazo', 'historial-seccion'],
    'porcentaje-igual',
  ]);
});
