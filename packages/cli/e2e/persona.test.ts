import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, CARLA, csv, OFERTA } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.write('avance.csv', csv([ANA, '10'], [BENITO, '20']));
});
afterEach(() => office.close());

const send = () => office.run(['enviar', '--archivo', 'avance.csv', ...office.flags]);

test('persona borrar: says that the source still has the person, holds the row, and informar is the way out', async () => {
  await send();
  const erased = await office.run(['persona', 'borrar', ANA, '--si', '--aunque-no-liquidado']);
  expect(erased).toMatchObject({ code: 0, stderr: '' });
  expect(erased.stdout).toContain('Borrado de 1 envío, 2 avances aceptados y 0 errores.');
  expect(erased.stdout).toContain('sáquela también de ahí');
  expect(erased.stdout).toContain(`puente persona informar ${ANA} --motivo`);

  const held = await send();
  expect(held.code).toBe(1);
  expect(held.stdout).toMatch(/se borraron los datos de esta persona/);
  expect(held.stdout).toMatch(/15\.111\.222-6 +avance\.csv, fila 2/);
  const { errores } = JSON.parse((await office.run(['errores', '--json'])).stdout);
  expect(errores).toEqual([]);

  const unexplained = await office.run(['persona', 'informar', ANA]);
  expect(unexplained).toMatchObject({ code: 2, stdout: '' });
  expect(unexplained.stderr).toContain('--motivo');
  const back = await office.run(['persona', 'informar', ANA, '--motivo', 'Sigue en el curso']);
  expect(back).toMatchObject({ code: 0, stderr: '' });
  expect(await send()).toMatchObject({ code: 0, stdout: expect.stringContaining('2 registros aceptados') });
});

test('persona exportar and borrar of whom nobody knows: say where they looked, and do nothing', async () => {
  await send();
  const folder = join(office.folder, '.puente');
  const exported = await office.run(['persona', 'exportar', CARLA]);
  expect(exported).toMatchObject({ code: 2, stdout: '' });
  expect(exported.stderr.replace(/\s+/g, ' ')).toContain(`De 17.333.444-3 no hay nada en ${folder}`);
  expect(existsSync(join(office.folder, `persona-${CARLA}.json`))).toBe(false);
  const erased = await office.run(['persona', 'borrar', CARLA, '--si']);
  expect(erased).toMatchObject({ code: 2, stdout: '' });
  expect(erased.stderr).toContain('no se borró nada');
  const never = await office.run(['persona', 'informar', CARLA, '--motivo', 'Por si acaso']);
  expect(never).toMatchObject({ code: 2, stdout: '' });
});

test('persona borrar: a course that may not be settled is named, and nothing is erased unless that is said', async () => {
  const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
  office.write('avance.csv', csv([ANA, '10']).replaceAll('2026-12-31', inAYear));
  await send();
  const refused = await office.run(['persona', 'borrar', ANA, '--si']);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  const told = refused.stderr.replace(/\s+/g, ' ');
  expect(told).toContain(`${OFERTA} (último día: ${inAYear.split('-').reverse().join('-')})`);
  expect(told).toContain('--aunque-no-liquidado');
  const all = await office.run(['persona', 'borrar', ANA, '--si', '--aunque-no-liquidado']);
  expect(all.stdout).toContain('Borrado de 1 envío');
});
