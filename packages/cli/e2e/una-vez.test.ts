import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, OTEC, santiagoTime, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.write('avance.csv', ALWAYS);
});
afterEach(() => office.close());

/** A course that is current on whatever day the test runs. */
const ALWAYS = csv([ANA, '10']).replaceAll('2026-11-01', '2020-01-01').replaceAll('2026-12-31', '2099-12-31');

/** A window from so many hours from now until so many; none of them ends while the test runs. */
function settings(from: number, until: number): void {
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs:
  - rut: ${OTEC}
    token: \${SENCE_TOKEN}
    ventana: { desde: '${santiagoTime(from)}', hasta: '${santiagoTime(until)}' }
fuentes:
  - { nombre: planillas, tipo: archivo, ruta: ./avance.csv }
`,
  );
}

test('noche --una-vez: sends the night that is due and ends; the next time there is nothing more to send', async () => {
  settings(-6, 6);
  const first = await office.run(['noche', '--una-vez']);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('2 aceptados, 0 rechazados, 0 retenidos');
  expect(first.stdout).toMatch(/la noche del \d\d-\d\d-\d{4} está lista/);
  expect(first.stdout).not.toContain(ANA);

  office.write('avance.csv', ALWAYS.replaceAll(';10;', ';20;'));
  const again = await office.run(['noche', '--una-vez', '--json']);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject([{ rutOtec: OTEC, noche: { kind: 'lista', perdidos: 0 } }]);
  expect(await processes()).toMatchObject([{ aceptados: 2 }]);
});

test('noche --una-vez: outside the window it sends nothing, and says when it opens', async () => {
  settings(3, 6);
  const told = await office.run(['noche', '--una-vez']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain(`la ventana está cerrada; abre a las ${santiagoTime(3)}`);
  expect(await processes()).toEqual([]);
});

test('noche --una-vez: beside a service that sends, nothing goes twice', async () => {
  settings(-6, 6);
  const child = start(['servir', '--puerto', '0'], { cwd: office.folder, env: { SENCE_TOKEN: TOKEN } });
  try {
    const told = await office.run(['noche', '--una-vez']);
    expect(told).toMatchObject({ code: 0 });
    expect(told.stdout).toMatch(/está lista/);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  expect(await processes()).toMatchObject([{ aceptados: 2 }]);
});

test('noche: without --una-vez, and without anything to send, it is 2 and says what to do', async () => {
  settings(-6, 6);
  const forgotten = await office.run(['noche']);
  expect(forgotten.code).toBe(2);
  expect(forgotten.stderr).toMatch(/puente noche --una-vez.*puente servir/s);
  office.write('puente.yaml', `gestor: ${office.gestor.url}\n`);
  const nothing = await office.run(['noche', '--una-vez']);
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain('no sabe de qué OTEC informar');
});

async function processes(): Promise<{ aceptados: number }[]> {
  const history = await office.run(['historial', ...office.flags, '--json']);
  return JSON.parse(history.stdout).procesos;
}
