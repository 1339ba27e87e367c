import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, OTEC } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** From midnight to midnight: the window is open whenever the test runs. */
const settings = (more = '') => `gestor: ${office.gestor.url}
otecs:
  - rut: ${OTEC}
    token: \${SENCE_TOKEN}
    ventana: { desde: '00:00', hasta: '00:00' }
fuentes:
  - { nombre: planillas, tipo: archivo, ruta: ./avance.csv }
${more}`;

test('servir: sends what is due, says so without naming anybody, answers its health, ends when it is told to', async () => {
  office.write('puente.yaml', settings());
  const always = csv([ANA, '10'])
    .replaceAll('2026-11-01', '2020-01-01')
    .replaceAll('2026-12-31', '2099-12-31');
  office.write('avance.csv', always);

  const child = start(['servir', '--puerto', '0'], {
    cwd: office.folder,
    env: { SENCE_TOKEN: '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D' },
  });
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (/\d+ aceptados/.test(text)) break;
  }
  expect(text).toContain(`Enviando cada noche por ${OTEC}.`);
  expect(text).toContain('2 aceptados, 0 rechazados, 0 retenidos');
  expect(text).not.toContain(ANA);
  const url = /http:\S+\/salud/.exec(text)?.[0] ?? '';
  expect(await (await fetch(url)).json()).toMatchObject({ estado: 'bien', proveedores: [{ rutOtec: OTEC }] });

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const history = await office.run(['historial', ...office.flags, '--json']);
  expect(JSON.parse(history.stdout).procesos).toMatchObject([{ aceptados: 2 }]);
});

test('servir: a wrong file and a port that is taken are 2', async () => {
  office.write('puente.yaml', settings('ventna: x\n'));
  const wrong = await office.run(['servir', '--json']);
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.stdout).error.mensaje).toContain('línea 8: clave desconocida «ventna»');

  office.write('puente.yaml', settings());
  office.write('avance.csv', csv([ANA, '10']));
  const taken = await office.run(['servir', '--puerto', String(office.gestor.port), '--json']);
  expect(taken.code).toBe(2);
  expect(JSON.parse(taken.stdout).error.mensaje).toContain('ya lo usa otro programa');
});
