import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, publishDay, startGestor } from '@puente-sic/gestor';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, envio, REGISTRO } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** A Gestor's folder with one process of a month long ago; `published`: a night has taken it. */
async function oldGestor(published: boolean): Promise<string> {
  const datos = join(office.folder, 'antiguo');
  const clock = () => new Date('2024-12-10T22:30:00-03:00');
  const [curso] = REGISTRO.cursos;
  const cursos = curso ? [{ ...curso, fechaInicio: '2024-11-01', fechaFin: '2025-12-31' }] : [];
  const gestor = await startGestor({ datos, registro: { ...REGISTRO, cursos }, clock });
  const answer = await fetch(`${gestor.url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(envio(ANA)),
  });
  expect(answer.status).toBe(200);
  await gestor.close();
  const store = await openStore(datos);
  if (published)
    await publishDay('2024-12-10', { store, clock: () => new Date('2024-12-11T03:00:00-03:00') });
  await store.close();
  return datos;
}

test('archivar: an old month leaves the base for files; --verificar finds what was changed in them', async () => {
  const datos = await oldGestor(true);
  const args = ['gestor', 'archivar', '--datos', datos, '--antes-de', '2025-01'];
  const done = await office.run(args);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout).toMatch(
    /✔ 2024-12: 1 proceso y 1 registro en .+, leídos de vuelta\. Ya no están en la base\./,
  );
  expect(done.stdout).toContain('Respalde esa carpeta');
  const again = await office.run(args);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('No hay nada anterior a 2025-01') });

  const archivo = join(datos, 'archivo');
  expect(readdirSync(archivo)).toEqual(['2024-12']);
  const verify = () => office.run(['gestor', 'archivar', '--verificar', archivo]);
  expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('todo es como dice') });
  const file = join(archivo, '2024-12', 'registros.ndjson.gz');
  writeFileSync(file, readFileSync(file).subarray(0, -4));
  const broken = await verify();
  expect(broken).toMatchObject({ code: 1, stdout: expect.stringContaining('registros.ndjson.gz') });
  expect(broken.stdout).toContain('Reponga esas carpetas desde un respaldo');
  const json = JSON.parse(
    (await office.run(['gestor', 'archivar', '--verificar', archivo, '--json'])).stdout,
  );
  expect(json.verificados).toMatchObject([{ mes: '2024-12', problemas: [expect.any(String)] }]);
});

test('archivar: what has to stay, and what is left out of the command, are told with the way out', async () => {
  const datos = await oldGestor(false);
  const archive = (...args: string[]) => office.run(['gestor', 'archivar', '--datos', datos, ...args]);
  expect(await archive()).toMatchObject({ code: 2, stderr: expect.stringContaining('--antes-de 2025-01') });
  const pending = await archive('--antes-de', '2025-01');
  expect(pending.code).toBe(2);
  expect(pending.stderr).toContain('todavía no pasan a SIC');
  expect(pending.stderr).toContain('puente gestor publicar');
  const tooNear = await archive('--antes-de', '2999-01');
  expect(tooNear.code).toBe(2);
  expect(tooNear.stderr).toMatch(/Use a lo más --antes-de \d{4}-\d\d/);
  const nothing = await office.run(['gestor', 'archivar', '--verificar', office.folder]);
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain('no hay ningún mes archivado');
});
