import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANA, BENITO, csv, envio } from './support/data.ts';
import { puente } from './support/puente.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-validar-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const validate = (name: string, content: string | Uint8Array, ...more: string[]) => {
  writeFileSync(join(folder, name), content);
  return puente(['validar', name, ...more], { cwd: folder });
};
const jsonOf = (text: string) => JSON.parse(text);

test('a right body is 0', async () => {
  const run = await validate('envio.json', JSON.stringify(envio(ANA)), '--json');
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(jsonOf(run.stdout)).toEqual({ valido: true, hallazgos: [] });
});

test('warnings alone leave it valid', async () => {
  const run = await validate(
    'envio.json',
    JSON.stringify({ ...envio(ANA), token: envio(ANA).token.toLowerCase() }),
    '--json',
  );
  expect(run.code).toBe(0);
  expect(jsonOf(run.stdout)).toMatchObject({
    valido: true,
    hallazgos: [{ ruta: 'token', gravedad: 'aviso' }],
  });
});

test('a wrong body is 1, each finding with code, path, message and what to do', async () => {
  const run = await validate('envio.json', JSON.stringify(envio('15111222-9', 'diez')), '--json');
  expect(run).toMatchObject({ code: 1, stderr: '' });
  const { valido, hallazgos } = jsonOf(run.stdout);
  expect(valido).toBe(false);
  expect(hallazgos).toMatchObject([{ codigo: '012', ruta: 'listaAlumnos[0].dvAlumno', gravedad: 'error' }]);
  for (const hallazgo of hallazgos) {
    expect(hallazgo).toMatchObject({
      mensaje: expect.stringMatching(/./),
      queHacer: expect.stringMatching(/./),
    });
  }
});

test('several bodies in one file: paths lead through the list', async () => {
  const run = await validate('envios.json', JSON.stringify([envio(ANA), envio(BENITO, -1), 3]), '--json');
  expect(run.code).toBe(1);
  expect(
    jsonOf(run.stdout).hallazgos.map(({ codigo, ruta }: Record<string, string>) => [codigo, ruta]),
  ).toEqual([
    ['022', '[1].listaAlumnos[0].porcentajeAvance'],
    ['024', '[1].listaAlumnos[0].listaModulos[0].porcentajeAvance'],
    [null, '[2]'],
  ]);
});

test('a key or a student twice is what a preview holds back: not valid', async () => {
  const body = JSON.stringify(envio(ANA));
  const [ana] = envio(ANA).listaAlumnos;
  const key = await validate(
    'clave.json',
    body.replace('"porcentajeAvance":', '"porcentajeAvance":99,"porcentajeAvance":'),
    '--json',
  );
  const student = await validate(
    'dos.json',
    JSON.stringify({ ...envio(ANA), listaAlumnos: [ana, ana] }),
    '--json',
  );
  for (const run of [key, student]) expect(run).toMatchObject({ code: 1, stderr: '' });
  const errors = (text: string) =>
    jsonOf(text).hallazgos.filter(({ gravedad }: Record<string, string>) => gravedad === 'error');
  expect(errors(key.stdout)).toMatchObject([
    {
      mensaje: expect.stringContaining('está dos veces en el mismo objeto'),
      lugar: expect.stringMatching(/^clave\.json, línea 1/),
    },
  ]);
  expect(errors(student.stdout)).toMatchObject([{ mensaje: expect.stringContaining('está dos veces') }]);
});

test('a table: findings with file, row and column', async () => {
  const run = await validate('avance.csv', csv([ANA, '10'], [BENITO, '1O']), '--json');
  expect(run.code).toBe(1);
  const errors = jsonOf(run.stdout).hallazgos.filter(
    ({ gravedad }: Record<string, string>) => gravedad === 'error',
  );
  expect(errors[0]).toMatchObject({
    codigo: '022',
    lugar: expect.stringMatching(/^avance\.csv, fila 4, columna/),
  });
});

test('what a person reads', async () => {
  const wrong = await validate('avance.csv', csv([ANA, '10'], [BENITO, '1O']));
  expect(wrong).toMatchObject({ code: 1, stderr: '' });
  expect(wrong.stdout).toMatchSnapshot('wrong');
  const right = await validate('envio.json', JSON.stringify(envio(ANA)));
  expect(right).toMatchObject({ code: 0, stderr: '' });
  expect(right.stdout).toMatchSnapshot('right');
});

test('the standard input, as a body and as a table', async () => {
  const body = await puente(['validar', '-', '--json'], { cwd: folder, stdin: JSON.stringify(envio(ANA)) });
  expect(jsonOf(body.stdout)).toEqual({ valido: true, hallazgos: [] });
  const table = await puente(['validar', '-', '--json'], { cwd: folder, stdin: csv([ANA, '10']) });
  expect(table.code).toBe(0);
});

test.each([
  ['not JSON', '{"codigoOferta": "A"', 'no se puede leer como JSON'],
  ['nothing', '', 'está vacío'],
  ['binary rubbish', '\u0000\u0001\u0002{', 'no se puede leer como JSON'],
])('%s is an unreadable file: 2', async (_what, content, message) => {
  const run = await validate('roto.json', content, '--json');
  expect(run).toMatchObject({ code: 2, stderr: '' });
  expect(jsonOf(run.stdout)).toEqual({
    error: { mensaje: expect.stringContaining(message), queHacer: expect.any(String) },
  });
});

test('a missing file and a folder are 2', async () => {
  expect(await puente(['validar', 'no-hay.json'], { cwd: folder })).toMatchObject({ code: 2, stdout: '' });
  const asFolder = await puente(['validar', '.', '--json'], { cwd: join(folder) });
  expect(asFolder.code).not.toBe(0);
  expect(() => jsonOf(asFolder.stdout)).not.toThrow();
});

test.each([
  ['JSON that is no object', '[1, "dos", null]'],
  ['a number', '42'],
  ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['NUL and lone surrogates', '{"codigoOferta":"\\u0000","codigoGrupo":"\\ud800","listaAlumnos":[{}]}'],
  ['1e400', JSON.stringify(envio(ANA)).replace('"tiempoConectividad":60', '"tiempoConectividad":1e400')],
  [
    'a million activities',
    JSON.stringify({ ...envio(ANA), listaAlumnos: [{ listaActividades: Array(1e6).fill({}) }] }),
  ],
])('%s is told, not stumbled over', async (_what, content) => {
  const run = await validate('raro.json', content, '--json');
  expect(run).toMatchObject({ code: 1, stderr: '' });
  expect(jsonOf(run.stdout).valido).toBe(false);
});

test('what puente.yaml says of the columns of a file is not asked again; of another file it says nothing', async () => {
  const rows = csv(['12.345.678-5', '0,5']);
  expect((await validate('avance.csv', rows)).code).toBe(1);
  writeFileSync(
    join(folder, 'otra.yaml'),
    'fuentes:\n  - nombre: p\n    tipo: archivo\n    ruta: .\n    columnas: { moduloPorcentajeAvance: 0-1, porcentajeAvance: 0-1 }\n',
  );
  expect((await validate('avance.csv', rows, '--config', 'otra.yaml')).code).toBe(0);
});

test('many of a kind: their first values, and the first places where no student is named', async () => {
  const people = ['15111222-6', '16000004-K', '17333444-3', '18444555-7'];
  const many = (value: (index: number) => string) =>
    csv(...people.map((rut, index): [string, string] => [rut, value(index)])).replaceAll(';1800;', ';-18;');
  const { stdout } = await validate(
    'muchos.csv',
    many((index) => String(10 + index)),
  );
  expect(stdout).toMatch(/023 · modulo.tiempoConectividad invalido \(8 casos\)/);
  expect(stdout.replace(/\s+/g, ' ')).toContain('tiempoConectividad es negativo (-18)');

  const nobody = csv(...people.map((): [string, string] => ['', '10']));
  const lost = await validate('sin-rut.csv', nobody);
  expect(lost.stdout.replace(/\s+/g, ' ')).toMatch(
    /La fila no trae RUT.* fila 2, .* fila 3, .* fila 4, .* y 5 lugares más/,
  );
});
