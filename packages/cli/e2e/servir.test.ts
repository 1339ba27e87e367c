import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startProxy } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, OTEC, santiagoTime, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** From six hours ago to six hours from now: the window is open whenever the test runs, and ends in none of it. */
const settings = (more = '', gestor = office.gestor.url) => `gestor: ${gestor}
otecs:
  - rut: ${OTEC}
    token: \${SENCE_TOKEN}
    ventana: { desde: '${santiagoTime(-6)}', hasta: '${santiagoTime(6)}' }
fuentes:
  - { nombre: planillas, tipo: archivo, ruta: ./avance.csv }
${more}`;

test('servir: sends what is due, says so without naming anybody, answers its health, ends when it is told to', async () => {
  office.write('puente.yaml', settings());
  office.write('avance.csv', ALWAYS);
  const child = serve();
  const text = await said(child, /\d+ aceptados/);
  expect(text).toContain(`Enviando cada noche por ${OTEC}.`);
  expect(text).toContain('2 aceptados, 0 rechazados, 0 retenidos');
  expect(text).not.toContain(ANA);
  const url = /http:\S+\/salud/.exec(text)?.[0] ?? '';
  expect(await (await fetch(url)).json()).toMatchObject({ estado: 'bien', proveedores: [{ rutOtec: OTEC }] });

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await processes()).toMatchObject([{ aceptados: 2 }]);
});

test('servir: killed while its call is on the line, it settles after the restart and sends nothing twice', async () => {
  // The Gestor gets and records it; the answer never comes back.
  const line = await startProxy(office.gestor.port, ({ method }) => (method === 'POST' ? 'silence' : 'none'));
  const bad = `http://127.0.0.1:${line.port}/gestor/API`;
  office.write('puente.yaml', settings('', bad));
  office.write('avance.csv', ALWAYS);
  const first = serve();
  await until(async () => (await processes()).length === 1);
  first.kill('SIGKILL');
  expect(await once(first, 'exit')).toEqual([null, 'SIGKILL']);
  await line.close();

  office.write('puente.yaml', settings());
  const second = serve();
  await said(second, /sin respuesta clara, llegó|: se repetirá|2 aceptados/);
  second.kill('SIGTERM');
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(await processes()).toMatchObject([{ aceptados: 2 }]);
});

test('servir: started again after its night is sent, it sends nothing more', async () => {
  office.write('puente.yaml', settings());
  office.write('avance.csv', ALWAYS);
  const first = serve();
  await said(first, /2 aceptados/);
  first.kill('SIGKILL');
  await once(first, 'exit');
  office.write('avance.csv', ALWAYS.replaceAll(';10;', ';20;'));
  const second = serve();
  await said(second, /Salud: \S+/);
  // Its first question follows at once. On a slower machine this proves less, and fails no more.
  await wait(2_000);
  second.kill('SIGTERM');
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(await processes()).toHaveLength(1);
});

test('servir: a file that is not there and a port that is taken are 2', async () => {
  const wrong = await office.run(['servir', '--config', 'otro.yaml', '--json']);
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.stdout).error.mensaje).toContain('No existe el archivo de configuración otro.yaml');

  office.write('puente.yaml', settings());
  office.write('avance.csv', csv([ANA, '10']));
  const taken = await office.run(['servir', '--puerto', String(office.gestor.port), '--json']);
  expect(taken.code).toBe(2);
  expect(JSON.parse(taken.stdout).error.mensaje).toContain('ya lo usa otro programa');
});

/** A course that is current on whatever day the test runs. */
const ALWAYS = csv([ANA, '10']).replaceAll('2026-11-01', '2020-01-01').replaceAll('2026-12-31', '2099-12-31');

function serve(): ChildProcess {
  return start(['servir', '--puerto', '0'], { cwd: office.folder, env: { SENCE_TOKEN: TOKEN } });
}

/** What it has printed, once that is in it. */
async function said(child: ChildProcess, what: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += String(chunk);
    if (what.test(text)) return text;
  }
  throw new Error(`It ended without saying ${what}: ${text}`);
}

async function processes(): Promise<{ aceptados: number }[]> {
  const history = await office.run(['historial', ...office.flags, '--json']);
  return JSON.parse(history.stdout).procesos;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(100);
}
