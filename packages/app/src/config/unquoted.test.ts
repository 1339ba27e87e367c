import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { loadSettings } from './load.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-comillas-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (yaml: string | Buffer) => {
  const file = join(folder, 'puente.yaml');
  writeFileSync(file, yaml);
  return loadSettings({ config: file, needsTokens: false, env: { CLAVE: 'a #b' } });
};
const told = async (yaml: string) => {
  const failure: unknown = await load(yaml).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('it was taken');
  return failure.message.replaceAll(join(folder, 'puente.yaml'), 'puente.yaml').split('\n');
};
const database = (url: string) => `fuentes:\n  - nombre: a\n    tipo: moodle-bd\n    url: ${url}\n`;
const mail = (clave: string) =>
  `otecs:\n  - rut: 76543210-3\n    alertas:\n      - { tipo: correo, servidor: x, puerto: 25, de: a@b.cl, para: [c@d.cl] }\n      - tipo: correo\n        servidor: x\n        puerto: 587 #el de siempre\n        clave: ${clave}\n        de: a@b.cl\n        para: [c@d.cl]\n`;

describe('a value that YAML would cut', () => {
  test('is told with its line and the way out, and following it works', async () => {
    expect(await told(database('mariadb://u:clave #1@127.0.0.1:3306/moodle'))).toEqual([
      'puente.yaml, línea 4: «fuentes[0].url» se leyó solo hasta el « #»: lo que sigue es para YAML un comentario. Si es parte de la dirección, el # se escribe %23 y el espacio %20; si es un comentario, deje un espacio después del #',
    ]);
    const { settings } = await load(database('mariadb://u:clave%20%231@127.0.0.1:3306/moodle'));
    expect(settings.fuentes).toMatchObject([{ url: 'mariadb://u:clave%20%231@127.0.0.1:3306/moodle' }]);
  });

  test('a password too, unless it stands between quotes or in a variable', async () => {
    expect(await told(mail('secreta #1'))).toEqual([
      expect.stringMatching(/línea 8: «otecs\[0\].alertas\[1\].clave» .*entre comillas simples, clave: '…'/),
    ]);
    for (const [written, clave] of [
      ["'secreta #1'", 'secreta #1'],
      [`\${CLAVE} #la del correo`, 'a #b'],
    ] as const) {
      const { settings, warnings } = await load(mail(written));
      expect(settings.otecs[0]?.alertas?.[1]).toMatchObject({ clave });
      expect(warnings).toEqual([]);
    }
  });

  test('a password before what may well be a comment goes, with a word', async () => {
    const { settings, warnings } = await load(mail('secreta # la del correo'));
    expect(settings.otecs[0]?.alertas?.[1]).toMatchObject({ clave: 'secreta' });
    expect(warnings).toEqual([expect.stringMatching(/línea 8: .*se leyó solo hasta el « #»/)]);
  });

  test('a name too', async () => {
    const { warnings } = await load(
      'fuentes:\n  - nombre: Aula #2\n    tipo: archivo\n    ruta: ./a # la nueva\n',
    );
    expect(warnings).toEqual([expect.stringContaining('línea 2: «fuentes[0].nombre» se leyó solo hasta')]);
  });

  test('an address that lost its end to a comment says so', async () => {
    const [line] = await told(database('mariadb://u:clave # 1@127.0.0.1/moodle'));
    expect(line).toContain('(se leyó solo hasta el « #»');
  });

  test('an address between quotes may hold no blank in its password', async () => {
    expect((await told(database("'mariadb://u:una clave@127.0.0.1/moodle'")))[0]).toContain(
      'el espacio es %20',
    );
  });
});

test.each([
  ['&a b', '«&»'],
  ['!a b', '«!»'],
  ['“secreta”', 'comillas tipográficas'],
  ['*secreta', 'línea 8: un valor no puede comenzar con «*»'],
])('a password like %s is told, never read otherwise', async (clave, message) => {
  expect((await told(mail(clave)))[0]).toContain(message);
});

test('a slip explains the file alone', async () => {
  expect(await told('otecs:\n  - rut:77124930-2\n    token: x\nfuentes:\n  - nombre: a\n')).toEqual([
    'puente.yaml, línea 2: falta un espacio después de los dos puntos: escriba «rut: …»',
  ]);
});

test('a file as old Windows programs save it keeps its letters', async () => {
  const text = database('mariadb://u:contraseña@127.0.0.1/moodle').replace('nombre: a', 'nombre: Año');
  const { settings } = await load(Buffer.from(text, 'latin1'));
  expect(settings.fuentes).toMatchObject([{ nombre: 'Año', url: expect.stringContaining('contraseña') }]);
});
