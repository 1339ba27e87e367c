import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { type LoadOptions, loadSettings } from './load.ts';

const TOKEN = '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D';
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-config-'));
  file = join(folder, 'puente.yaml');
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (yaml: string | Buffer, more: Partial<LoadOptions> = {}) => {
  writeFileSync(file, yaml);
  return loadSettings({ config: file, needsTokens: true, env: { SENCE_TOKEN: TOKEN }, ...more });
};

const BACKSLASH =
  'puente.yaml, línea 4: entre comillas dobles cada \\ va doble ("C:\\\\Users\\\\ana"); escríbalo entre comillas simples o con /, como C:/Users/ana';

/** What a person is told, with the folder left out. */
const told = async (yaml: string, more?: Partial<LoadOptions>) => {
  const failure: unknown = await load(yaml, more).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('it was taken');
  return failure.message.replaceAll(file, 'puente.yaml').split('\n');
};

const GOOD = `
gestor: https://auladigital.sence.cl/gestor/API
otecs:
  - rut: 76.543.210-3
    token: \${SENCE_TOKEN}
fuentes:
  - nombre: planillas
    tipo: archivo
    ruta: ./planillas
cursos:
  - fuente: planillas
    otec: 76543210-3
    curso: 0012
    codigoOferta: 1e5
    codigoGrupo: no
    descenso: mantener
reglas: { avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45 }
`;

test('a file as in the documentation; codes stay as they are written', async () => {
  const { settings, warnings } = await load(GOOD);
  expect(warnings).toEqual([]);
  expect(settings).toEqual({
    gestor: 'https://auladigital.sence.cl/gestor/API',
    version: '2',
    otecs: [{ rut: '76543210-3', token: TOKEN }],
    fuentes: [{ nombre: 'planillas', tipo: 'archivo', ruta: join(folder, 'planillas') }],
    cursos: [
      {
        fuente: 'planillas',
        otec: '76543210-3',
        curso: '0012',
        codigoOferta: '1e5',
        codigoGrupo: 'no',
        descenso: 'mantener',
      },
    ],
    reglas: { avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45 },
  });
});

test('Moodle sources, alerts and rules', async () => {
  const { settings } = await load(`
otecs:
  - rut: 76543210-3
    token: \${SENCE_TOKEN}
    ventana: { desde: '22:30', hasta: '23:45' }
    alertas:
      - { tipo: webhook, url: https://avisos.ejemplo.cl/x, formato: slack }
fuentes:
  - { nombre: a, tipo: moodle-bd, url: 'mariadb://lee:clave@bd.ejemplo.cl:3306/moodle', prefijo: mdl_, tls: sí }
  - { nombre: b, tipo: moodle-ws, url: https://aula.ejemplo.cl, token: '\${SENCE_TOKEN}', tiempo: { csv: ./registros } }
cursos:
  - { fuente: a, curso: 12, grupo: Grupo 1, modulos: { 45: PRES1 } }
reglas: { exigencia: 60, rolesAlumno: [student, participante], diasTrasTermino: 0 }
`);
  expect(settings.fuentes).toMatchObject([
    { tipo: 'moodle-bd', tls: true, prefijo: 'mdl_' },
    { tipo: 'moodle-ws', token: TOKEN, tiempo: { csv: join(folder, 'registros') } },
  ]);
  expect(settings.cursos).toEqual([{ fuente: 'a', curso: '12', grupo: 'Grupo 1', modulos: { 45: 'PRES1' } }]);
  expect(settings.reglas).toEqual({
    exigencia: 60,
    rolesAlumno: ['student', 'participante'],
    diasTrasTermino: 0,
  });
});

test('another LMS: files beside the file, a literal password, days of a course', async () => {
  const { settings } = await load(`
otecs: [{ rut: 76543210-3, token: "\${SENCE_TOKEN}" }]
fuentes:
  - { nombre: a, tipo: sql, url: 'sqlite:./aula.db', consultas: ./aula.sql, zonaHoraria: America/Santiago }
  - { nombre: b, tipo: sql, url: 'mariadb://lee@bd:3306/wp', clave: 'a@b:c/%', receta: tutor-lms, parametros: { prefijo: wp_ } }
  - { nombre: c, tipo: entidades, ruta: ./aula, zonaHoraria: '-03:00' }
cursos: [{ fuente: b, curso: 9, codigoOferta: C-1, inicio: 2026-03-09, fin: 2026-04-30 }]
`);
  expect(settings.fuentes).toMatchObject([
    { url: `sqlite:${join(folder, 'aula.db')}`, consultas: join(folder, 'aula.sql') },
    { clave: 'a@b:c/%', receta: 'tutor-lms', parametros: { prefijo: 'wp_' } },
    { ruta: join(folder, 'aula'), zonaHoraria: '-03:00' },
  ]);
  expect(settings.cursos).toMatchObject([{ curso: '9', inicio: '2026-03-09', fin: '2026-04-30' }]);
});

test('another LMS: what is wrong is told with its line', async () => {
  const lines = await told(`fuentes:
  - { nombre: a, tipo: sql, url: 'mariadb://lee@bd:3306/wp', consultas: x.sql, receta: tutor-lms }
  - { nombre: b, tipo: sql, url: 'mariadb://lee:a%b@bd:3306/wp', receta: tutor-lms }
  - { nombre: c, tipo: entidades, ruta: ./aula, zonaHoraria: Chile }
cursos: [{ fuente: c, curso: 9, inicio: 09-03-2026 }]
`);
  expect(lines[0]).toContain('línea 2: ');
  expect(lines[0]).toContain('debe decir una de las dos: consultas o receta');
  expect(lines[1]).toMatch(/línea 3: .*o escriba la clave tal cual en «clave», al lado/);
  expect(lines[2]).toMatch(/línea 4: .*debe ser una zona horaria como America\/Santiago/);
  expect(lines[3]).toMatch(/línea 5: .*debe ser un día como 2026-03-09/);
});

test('a password in an address is not shown when the address is wrong', async () => {
  const lines = await told(
    'fuentes:\n  - { nombre: a, tipo: moodle-bd, url: "mysq://lee:secreta@bd/moodle" }\n',
  );
  expect(lines).toEqual([
    'puente.yaml, línea 2: «fuentes[0].url» debe ser la dirección de una base de datos, como mariadb://usuario:clave@servidor:3306/moodle',
  ]);
});

test('an empty file and one with only comments are no mistake', async () => {
  await expect(load('')).resolves.toMatchObject({ settings: { otecs: [], fuentes: [], version: '2' } });
  await expect(load('# nada todavía\n')).resolves.toMatchObject({ settings: { otecs: [] } });
});

test('a file with a byte order mark and Windows line ends', async () => {
  const { settings } = await load(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`);
  expect(settings.otecs).toHaveLength(1);
});

test.each([
  ['little-endian, as Notepad saves it', Buffer.from(`\uFEFF${GOOD}`, 'utf16le')],
  ['big-endian', Buffer.from(`\uFEFF${GOOD}`, 'utf16le').swap16()],
  ['without a mark', Buffer.from(GOOD.trimStart(), 'utf16le')],
])('a file in UTF-16, %s', async (_, bytes) => {
  const { settings } = await load(bytes);
  expect(settings.otecs).toEqual([{ rut: '76543210-3', token: TOKEN }]);
});

test.each([
  [
    'a path of Windows between double quotes',
    'fuentes:\n  - nombre: a\n    tipo: archivo\n    ruta: "C:\\Users\\ana"\n',
    [BACKSLASH],
  ],
  [
    'one whose letters double quotes would change without a word',
    'fuentes:\n  - nombre: a\n    tipo: archivo\n    ruta: "C:\\ana\\tres"\n',
    [BACKSLASH],
  ],
  [
    'a misspelt key',
    'otec:\n  - rut: 76543210-3\n',
    ['puente.yaml, línea 1: clave desconocida «otec»; ¿quiso escribir «otecs»?'],
  ],
  [
    'a key that is like no other',
    "otecs:\n  - rut: 76543210-3\n    ventana: { desde: '22:00', hasta: '00:00', zona: x }\n",
    ['puente.yaml, línea 3: clave desconocida «zona»; aquí se conocen: desde, hasta'],
  ],
  [
    'a kind of source under a key with a capital, and one with a capital itself',
    'otecs: [{ rut: 76543210-3 }]\nfuentes:\n  - { nombre: a, Tipo: archivo, ruta: . }\n  - { nombre: b, tipo: Archivo, ruta: . }\n',
    [
      'puente.yaml, línea 3: clave desconocida «Tipo»; ¿quiso escribir «tipo»?',
      'puente.yaml, línea 4: «fuentes[1].tipo» debe ser «archivo», «moodle-bd», «moodle-ws», «entidades», «sql» o «push»; dice «Archivo», ¿quiso escribir «archivo»?',
    ],
  ],
  [
    'one of few words with a capital',
    'otecs: [{ rut: 76543210-3 }]\nfuentes: [{ nombre: a, tipo: archivo, ruta: . }]\ncursos:\n  - { fuente: a, curso: x, descenso: Mantener }\n',
    [
      'puente.yaml, línea 4: «cursos[0].descenso» debe ser «omitir» o «mantener»; dice «Mantener», ¿quiso escribir «mantener»?',
    ],
  ],
  [
    'several at once, in the order of the file',
    'gestor: sence.cl\nversion: 3\notecs:\n  - token: abc\nfuentes:\n  - tipo: excel\ncursos: x\n',
    [
      'puente.yaml, línea 1: «gestor» debe ser una dirección completa, como https://auladigital.sence.cl/gestor/API',
      'puente.yaml, línea 2: «version» debe ser «1» o «2»; dice «3»',
      'puente.yaml, línea 4: falta «rut» en «otecs[0]»',
      'puente.yaml, línea 4: «otecs[0].token» no tiene la forma de un token de SENCE, que es así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220 (letras de la A a la F)',
      'puente.yaml, línea 6: «fuentes[0].tipo» debe ser «archivo», «moodle-bd», «moodle-ws», «entidades», «sql» o «push»; dice «excel»',
      'puente.yaml, línea 7: «cursos» debe ser una lista (líneas que comienzan con «-»)',
    ],
  ],
  [
    'names that lead nowhere',
    'otecs: [{ rut: 76543210-3 }]\nfuentes: [{ nombre: a, tipo: archivo, ruta: . }]\ncursos:\n  - fuente: b\n    otec: 77654321-7\n    curso: x\n',
    [
      'puente.yaml, línea 4: no hay una fuente que se llame «b»; en «fuentes» están: a',
      'puente.yaml, línea 5: la OTEC 77654321-7 no está en «otecs»',
    ],
  ],
  [
    'the same thing twice',
    'otecs:\n  - rut: 76543210-3\n  - rut: 76.543.210-3\nfuentes:\n  - { nombre: a, tipo: archivo, ruta: . }\n  - { nombre: a, tipo: archivo, ruta: . }\n',
    [
      'puente.yaml, línea 3: la OTEC 76543210-3 está dos veces',
      'puente.yaml, línea 6: hay dos fuentes que se llaman «a»',
    ],
  ],
  [
    'a course of nobody in particular',
    'otecs:\n  - rut: 76543210-3\n  - rut: 77654321-7\nfuentes: [{ nombre: a, tipo: archivo, ruta: . }]\ncursos:\n  - fuente: a\n    curso: x\n',
    ['puente.yaml, línea 6: falta «otec» en «cursos[0]»: en «otecs» hay varias'],
  ],
  [
    'a figure out of its range',
    'reglas:\n  avanceAprobacion: 101\n',
    ['puente.yaml, línea 2: «reglas.avanceAprobacion» debe ser un número entre 0 y 100'],
  ],
  [
    'a decimal comma',
    'reglas:\n  notaAprobacion: 59,5\n',
    ['puente.yaml, línea 2: «reglas.notaAprobacion» debe ser un número entre 0 y 100'],
  ],
  [
    'a value left out',
    'otecs:\n  - rut:\n',
    ['puente.yaml, línea 2: «otecs[0].rut» no tiene la forma de un RUT («»); escríbalo así: 77124930-2'],
  ],
  [
    'a wrong check digit',
    'otecs:\n  - rut: 76543210-4\n',
    [
      'puente.yaml, línea 2: «otecs[0].rut» trae «76543210-4», cuyo dígito verificador no corresponde: revise el número y el dígito después del guion',
    ],
  ],
  [
    'no mapping at all',
    'hola\n',
    ['puente.yaml, línea 1: el archivo debe ser un grupo de claves («clave: valor»)'],
  ],
  [
    'a key twice',
    'gestor: http://a\ngestor: http://b\n',
    ['puente.yaml, línea 2: esta clave está dos veces en el mismo grupo'],
  ],
  [
    'a bracket left open',
    'fuentes: [\n  { nombre: a\n',
    ['puente.yaml, línea 3: falta cerrar un corchete o una llave'],
  ],
  [
    'a variable without quotes inside braces',
    `otecs:\n  - { rut: 76543210-3, token: \${SENCE_TOKEN} }\n`,
    [`puente.yaml, línea 2: dentro de { } o [ ] una variable se escribe entre comillas: "\${VARIABLE}"`],
  ],
  [
    'a colon inside a value',
    'gestor: http://a: b\n',
    [
      'puente.yaml, línea 1: hay dos «clave: valor» en una misma línea; si el valor lleva «: », escríbalo entre comillas',
    ],
  ],
])('%s is told with its line', async (_what, yaml, lines) => {
  expect(await told(yaml)).toEqual(lines);
});

test('a variable that is not set, or empty, is told with its line and nothing else of that value', async () => {
  const yaml = `otecs:\n  - rut: 76543210-3\n    token: \${SENCE_TOKEN}\n`;
  const lines = [
    'puente.yaml, línea 3: la variable SENCE_TOKEN no está definida en este terminal (o está vacía)',
  ];
  expect(await told(yaml, { env: {} })).toEqual(lines);
  expect(await told(yaml, { env: { SENCE_TOKEN: '' } })).toEqual(lines);
});

test('what never calls the Gestor does without tokens, not without other secrets', async () => {
  const yaml = `otecs:\n  - rut: 76543210-3\n    token: \${SENCE_TOKEN}\n`;
  const { settings } = await load(yaml, { env: {}, needsTokens: false });
  expect(settings.otecs).toEqual([{ rut: '76543210-3' }]);
  const moodle = `fuentes:\n  - { nombre: a, tipo: moodle-bd, url: "\${BASE}" }\n`;
  expect(await told(moodle, { env: {}, needsTokens: false })).toEqual([
    'puente.yaml, línea 2: la variable BASE no está definida en este terminal (o está vacía)',
  ]);
});

test('a token in plain is taken, and told without showing it', async () => {
  const { settings, warnings } = await load(
    `otecs:\n  - rut: 76543210-3\n    token: ${TOKEN.toLowerCase()}\n`,
  );
  expect(settings.otecs[0]?.token).toBe(TOKEN);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('línea 3');
  expect(warnings[0]?.toUpperCase()).not.toContain(TOKEN);
});

test('a wrong token is never shown', async () => {
  const lines = await told('otecs:\n  - rut: 76543210-3\n    token: secreto-mal-copiado\n');
  expect(lines.join()).not.toContain('secreto-mal-copiado');
});

test('the default file may be missing, one that was asked for not', async () => {
  const missing = join(folder, 'otro.yaml');
  const failure: unknown = await loadSettings({ config: missing, needsTokens: true, env: {} }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  expect(String(failure)).toContain(`No existe el archivo de configuración ${missing}`);
  const asFolder: unknown = await loadSettings({ config: folder, needsTokens: true, env: {} }).catch(
    (error: unknown) => error,
  );
  expect(String(asFolder)).toContain('es una carpeta');
});
