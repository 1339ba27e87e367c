import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import { type Sandbox, startSandbox } from '@puente-sic/gestor';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = join(root, 'docs', 'openapi.json');

let project: string;
let sandbox: Sandbox;

/** The project of somebody who generates a client from the published document, with two generators and no network. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'puente-generated-'));
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  await mkdir(join(project, 'node_modules'));
  const runtime = join('node_modules', 'openapi-fetch');
  await symlink(join(root, runtime), join(project, runtime), 'junction');
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS }));

  const types = await openapiTS(JSON.parse(await readFile(document, 'utf8')));
  await writeFile(join(project, 'esquema.ts'), astToString(types));
  await createClient({
    input: document,
    output: { path: join(project, 'generado'), tsConfigPath: join(project, 'tsconfig.json') },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'silent' },
  });
  for (const [name, code] of Object.entries(PROGRAMS)) await writeFile(join(project, `${name}.ts`), code);
  sandbox = await startSandbox({ datos: join(project, 'sandbox') });
});

afterAll(async () => {
  await sandbox.close();
  await rm(project, { recursive: true });
});

const OPTIONS = {
  target: 'ES2023',
  module: 'NodeNext',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  outDir: 'dist',
};

/** What both programs send: two students, of whom SENCE does not know the second. */
const ENVIO = `{
  rutOtec: '76543210-3',
  idSistema: 1350,
  token: 'A1B2C3D4-0000-4000-8000-0123456789AB',
  codigoOferta: 'SANDBOX-01',
  codigoGrupo: 'SANDBOX-01-A',
  codigoEnvio: process.argv[3],
  listaAlumnos: [alumno(12345678, '5'), alumno(12012012, '3')],
}`;

const ALUMNO = `{
    rutAlumno,
    dvAlumno,
    tiempoConectividad: 3600,
    porcentajeAvance: 40,
    estado: 1,
    fechaInicio: '2026-03-02',
    fechaFin: '2026-12-18',
    evaluacionFinal: 62,
    listaModulos: [
      {
        codigoModulo: 'SANDBOX-01-M1',
        tiempoConectividad: 3600,
        porcentajeAvance: 40,
        fechaInicio: '2026-03-02',
        fechaFin: '2026-12-18',
        notaModulo: 62,
        listaActividades: [{ codigoActividad: 'Lectura 1' }],
      },
    ],
  }`;

const CREDENTIALS = `{ rutOtec: '76543210-3', idSistema: 1350 } as const`;

/** How both tell an answer, by the generated types alone. */
const TELL = `
  if (!sent || !('datosError' in sent)) throw new Error(JSON.stringify(sent));
  const { id_proceso, datosError, datosEnviados } = sent;
  console.log(id_proceso > 0, datosEnviados.length, datosError.map(({ codigo, mensaje }) => codigo + ' ' + mensaje).join());`;

const TELL_HISTORY = `
  if (!Array.isArray(history)) throw new Error(JSON.stringify(history));
  for (const { codigo_externo, listaregistros } of history)
    for (const { rut_alumno, estado_registro } of listaregistros) console.log(codigo_externo, rut_alumno, estado_registro);`;

const PROGRAMS = {
  'con-openapi-fetch': `
import createClient from 'openapi-fetch';
import type { components, paths } from './esquema.js';

type Envio = components['schemas']['Envio'];
const alumno = (rutAlumno: number, dvAlumno: string): Envio['listaAlumnos'][number] => (${ALUMNO});
const envio: Envio = ${ENVIO};
const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });

const { data: refused } = await client.GET('/avance-sic/historialEnvios', {
  params: { query: { ...${CREDENTIALS}, token: 'A1B2C3D4-0000-4000-8000-000000000000' } },
});
console.log(JSON.stringify(refused));
const { data: sent } = await client.POST('/avance-sic/enviarAvance', { body: envio });
${TELL}
const { data: history } = await client.GET('/avance-sic/historialEnvios', {
  params: { query: { ...${CREDENTIALS}, token: envio.token, codigo_externo: envio.codigoEnvio } },
});
${TELL_HISTORY}
// @ts-expect-error: a wrong field of version 2 is no good body of version 1
export const wrong = () => client.POST('/avance-sic/enviarAvance', { body: { ...envio, cantActividadSincronica: 'dos' } });
`,
  'con-hey-api': `
import { createClient } from './generado/client/index.js';
import { enviarAvance, historialEnvios, type Envio } from './generado/index.js';

const alumno = (rutAlumno: number, dvAlumno: string): Envio['listaAlumnos'][number] => (${ALUMNO});
const envio: Envio = ${ENVIO};
const client = createClient({ baseUrl: process.argv[2] ?? '' });

const { data: refused } = await historialEnvios({
  client,
  query: { ...${CREDENTIALS}, token: 'A1B2C3D4-0000-4000-8000-000000000000' },
});
console.log(JSON.stringify(refused));
const { data: sent } = await enviarAvance({ client, body: envio });
${TELL}
const { data: history } = await historialEnvios({
  client,
  query: { ...${CREDENTIALS}, token: envio.token, codigo_externo: envio.codigoEnvio },
});
${TELL_HISTORY}
// @ts-expect-error: a wrong field of version 2 is no good body of version 1
export const wrong = () => enviarAvance({ client, body: { ...envio, cantActividadSincronica: 'dos' } });
`,
};

test('the clients that two generators write, and the programs on them, are strict TypeScript', () => {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

test.each(Object.keys(PROGRAMS))('%s: built, it sends, reads its answer and the history', async (name) => {
  const program = join(project, 'dist', `${name}.js`);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, sandbox.url, name]);
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toEqual([
    '{"error":[{"mensaje":"Token invalido"}]}',
    'true 1 012 El alumno 12012012-3 no se encuentra registrado.',
    `${name} 12345678 1`,
    `${name} 12012012 3`,
  ]);
});
