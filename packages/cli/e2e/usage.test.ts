import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { puente } from './support/puente.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-uso-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const run = (...args: string[]) => puente(args, { cwd: folder });

test.each([
  [['envia'], 'No existe el comando «envia».', '¿Quiso escribir enviar?'],
  [['zzz'], 'No existe el comando «zzz».', 'puente --ayuda'],
  [['envia', '--ayuda'], 'No existe el comando «envia».', '¿Quiso escribir enviar?'],
  [['gestor', 'zzz', '-h'], 'No existe el comando «zzz».', 'puente --ayuda'],
  [['ayuda', 'envia'], 'No existe el comando «envia».', '¿Quiso escribir enviar?'],
  [['enviar', '--archvo', 'x'], 'puente enviar: no existe la opción --archvo.', '¿Quiso escribir --archivo?'],
  [['enviar', '--archivo'], 'puente enviar: falta el valor de --archivo <RUTA>.', '--ayuda'],
  [['validar'], 'puente validar: falta decir archivo.', '--ayuda'],
  [['validar', 'a', 'b'], 'puente validar: sobran palabras en la orden.', 'comillas'],
  [['gestor'], 'puente gestor: falta decir cuál de sus órdenes.', '--ayuda'],
  [['gestor', 'servir', '--puerto', 'abc'], '«abc» no sirve aquí.', 'entre 0 y 65535'],
  [['historial', '--desde', '22-11-2026'], '«22-11-2026» no es una fecha.', '2026-11-22'],
  [['enviar', '--alumno', 'Juan'], '«Juan» no tiene la forma de un RUT.', '17118181-K'],
  [['enviar', '--alumno', '15111222-9'], 'El dígito verificador de 15111222-9 no corresponde', '--alumno'],
  [['enviar', '--config', 'no-hay.yaml'], 'No existe el archivo de configuración no-hay.yaml.', '--config'],
])('%j is 2, told in Spanish without a stack', async (args, message, fix) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain(fix);
  expect(stderr).not.toMatch(/error:|Did you mean|\bat .*\.js/);
});

test('wrong use under --json is one JSON document, and nothing else anywhere', async () => {
  const { code, stdout, stderr } = await run('enviar', '--json', '--archvo', 'x');
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    error: {
      mensaje: 'puente enviar: no existe la opción --archvo.',
      queHacer: expect.stringContaining('--archivo'),
    },
  });
});

test('--ayuda, --help, -h, ayuda and no word at all show help and are 0', async () => {
  const [first, ...others] = await Promise.all([
    run('--ayuda'),
    run('--help'),
    run('-h'),
    run('ayuda'),
    run(),
  ]);
  for (const other of others) expect(other.stdout.trimEnd()).toBe(first?.stdout.trimEnd());
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first?.stdout).not.toMatch(/Usage|Options|Commands|display|default/);
});

test('the version is the package’s', async () => {
  expect(await run('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' });
});

test('npx puente works from the root of the repository', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const stdout = execFileSync('npx', ['--no-install', 'puente', '--version'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout.trim()).toBe('0.1.0');
});

test('plantilla: an empty one and a filled one that is valid; nothing is written over', async () => {
  for (const formato of ['xlsx', 'csv']) {
    const written = await run('plantilla', formato, '--formato', formato, '--json');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const { archivos } = JSON.parse(written.stdout);
    expect(archivos).toEqual([
      join(formato, `plantilla-avance.${formato}`),
      join(formato, `ejemplo-avance.${formato}`),
    ]);
    expect(await run('validar', archivos[1])).toMatchObject({ code: 0 });
    expect(await run('validar', archivos[0])).toMatchObject({ code: 1 });
  }
  expect(await run('plantilla', 'csv', '--formato', 'csv')).toMatchObject({ code: 2, stdout: '' });
  expect((await run('plantilla', '--formato', 'ods')).stderr).toContain('Puede ser: xlsx, csv.');
});
