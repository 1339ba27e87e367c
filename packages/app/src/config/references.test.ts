import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { loadSettings } from './load.ts';
import { variable } from './yaml.ts';

const TOKEN = '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D';
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-variables-'));
  file = join(folder, 'puente.yaml');
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (yaml: string, env: Record<string, string> = { SENCE_TOKEN: TOKEN }) => {
  writeFileSync(file, yaml);
  return loadSettings({ config: file, needsTokens: true, env });
};

/** What a person is told, with the folder left out. */
const told = async (yaml: string, env: Record<string, string>) => {
  const failure: unknown = await load(yaml, env).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('it was taken');
  return failure.message.replaceAll(file, 'puente.yaml').split('\n');
};

test('variables are filled in where a secret stands, and nowhere else', async () => {
  const env = { S: TOKEN, U: 'https://avisos.ejemplo.cl/s', D: 'mysql://lee:s@bd/moodle' };
  const { settings, warnings } = await load(
    `
otecs:
  - rut: 76543210-3
    token: \${S}
    nombre: Los de \${S}
    alertas:
      - { tipo: webhook, url: "\${U}" }
      - { tipo: correo, servidor: s.cl, puerto: 25, clave: "\${S}", de: "\${S}", para: ["\${S}"] }
fuentes:
  - { nombre: a, tipo: moodle-bd, url: "\${D}", sitio: "https://aula.cl/\${S}" }
  - nombre: b
    tipo: moodle-ws
    url: https://aula.cl/\${S}
    token: \${S}
    tiempo: { baseDeDatos: { url: "mysql://lee:\${S}@bd/moodle" } }
  - { nombre: c, tipo: archivo, ruta: "\${S}" }
`,
    env,
  );
  const { otecs, fuentes } = settings;
  expect(otecs).toMatchObject([
    {
      token: TOKEN,
      nombre: `Los de ${variable('S')}`,
      alertas: [{ url: env.U }, { clave: TOKEN, de: variable('S'), para: [variable('S')] }],
    },
  ]);
  expect(fuentes).toMatchObject([
    { url: env.D, sitio: `https://aula.cl/${variable('S')}` },
    {
      url: `https://aula.cl/${variable('S')}`,
      token: TOKEN,
      tiempo: { baseDeDatos: { url: `mysql://lee:${TOKEN}@bd/moodle` } },
    },
    { ruta: join(folder, variable('S')) },
  ]);
  const lines = warnings.map((text) => /línea (\d+): (\S+)/.exec(text)?.slice(1).join(' '));
  expect(lines).toEqual([
    '5 «otecs[0].nombre»',
    '8 «otecs[0].alertas[1].de»',
    '8 «otecs[0].alertas[1].para[0]»',
    '10 «fuentes[0].sitio»',
    '13 «fuentes[1].url»',
    '16 «fuentes[2].ruta»',
  ]);
  expect(warnings[0]).toContain('se usa el texto tal cual');
});

test('what an alias would carry to another place is not filled in', async () => {
  const { settings } = await load(
    `fuentes:\n  - { tipo: moodle-ws, url: https://aula.cl, token: &n "\${SENCE_TOKEN}", nombre: *n }\n`,
  );
  expect(settings.fuentes).toMatchObject([
    { nombre: variable('SENCE_TOKEN'), token: variable('SENCE_TOKEN') },
  ]);
});

test('where a variable is not filled in and its text will not do, both are told', async () => {
  expect(await told(`gestor: \${URL_GESTOR}\n`, { URL_GESTOR: 'https://sence.cl' })).toEqual([
    expect.stringMatching(
      /^puente\.yaml, línea 1: «gestor» debe ser una dirección completa.*no se reemplaza/,
    ),
  ]);
});

test.each(['PUENTE_CLAVE', 'puente_datos'])('%s is no value of the file', async (name) => {
  const yaml = `otecs:\n  - rut: 76543210-3\n    token: ${variable(name)}\n`;
  const lines = await told(yaml, { [name]: TOKEN });
  expect(lines).toEqual([
    `puente.yaml, línea 3: «otecs[0].token» nombra ${name}; las variables que comienzan con PUENTE_ son del propio puente: dé a esta otro nombre`,
  ]);
});
