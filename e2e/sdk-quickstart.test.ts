import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GestorClient } from '@puente-sic/client';
import { startGestor } from '@puente-sic/gestor';
import { validateEnvio } from '@puente-sic/protocol';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const quickstart = join(root, 'examples', 'sdk', 'quickstart.mjs');

const TOKEN = '3B1D9E52-6C07-4F4A-8E21-90A7C5D2B6F4';

/** A JSON block of docs/integradores.md, by the file name that stands before it. */
async function guideJson(name: string) {
  const guide = await readFile(join(root, 'docs', 'integradores.md'), 'utf8');
  const block = guide.split(`<!-- ${name} -->\n\`\`\`json\n`)[1]?.split('\n```')[0];
  return JSON.parse(block ?? '');
}

async function gestor() {
  const datos = await mkdtemp(join(tmpdir(), 'puente-sdk-'));
  const running = await startGestor({ datos, registro: await guideJson('registro.json') });
  onTestFinished(async () => {
    await running.close();
    await rm(datos, { recursive: true });
  });
  return running;
}

/** Runs the quick start as an integrator would: a process of its own on the built packages, in a folder of its own. */
async function run(url: string, token: string) {
  const cwd = await mkdtemp(join(tmpdir(), 'puente-inicio-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const env = { ...process.env, GESTOR_URL: url, SENCE_TOKEN: token };
  return promisify(execFile)(process.execPath, [quickstart], { env, cwd });
}

test('the quick start of the README is the file that is run here, in at most 20 lines', async () => {
  const code = await readFile(quickstart, 'utf8');
  const readme = await readFile(join(root, 'packages', 'client', 'README.md'), 'utf8');
  expect(readme).toContain(`<!-- examples/sdk/quickstart.mjs -->\n\`\`\`js\n${code}\`\`\`\n`);
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
});

test('builds, validates, sends and tells the answer per student', async () => {
  const { url } = await gestor();
  const { stdout, stderr } = await run(url, TOKEN);
  expect(stderr).toBe('');
  expect(stdout).toBe('12345678-5 DEMO-M1 accepted\n');
  const client = new GestorClient({ baseUrl: url, credenciales: { rutOtec: '76543210-3', token: TOKEN } });
  const { processes } = await client.history();
  expect(processes.flatMap(({ listaregistros }) => listaregistros)).toMatchObject([
    { rut_alumno: '12345678', mod_cod: 'DEMO-M1', estado_registro: '1' },
  ]);
});

test('the guide for integrators is true of the running Gestor', async () => {
  const { url } = await gestor();
  const envio = await guideJson('envio.json');
  expect(validateEnvio(envio).filter(({ severity }) => severity === 'error')).toEqual([]);
  const query = `rutOtec=${envio.rutOtec}&idSistema=1350&token=`;
  const history = async (token: string) =>
    (await fetch(`${url}/avance-sic/historialEnvios?${query}${token}`)).text();
  expect(await history(TOKEN)).toBe('[]');
  expect(await history(TOKEN.toLowerCase())).toBe('{"error":[{"mensaje":"Token invalido"}]}');
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(envio);
  const answer = await (
    await fetch(`${url}/avance-sic/enviarAvance`, { method: 'POST', headers, body })
  ).json();
  expect(answer).toMatchObject({ id_proceso: 1, errores: [], envio: envio.listaAlumnos });
  const found = JSON.parse(await history(`${TOKEN}&codigo_externo=${envio.codigoEnvio}`));
  expect(found).toMatchObject([{ listaregistros: [{ estado_registro: '1' }] }]);
});

test('a token that is not the provider’s ends it with what the service said', async () => {
  const { url } = await gestor();
  const run1 = run(url, '00000000-0000-4000-8000-000000000000');
  await expect(run1).rejects.toMatchObject({ stderr: expect.stringContaining('credentials not accepted') });
});

test('without a token, or with an example’s, it ends with words and never reaches the official service', async () => {
  await expect(run('http://127.0.0.1:9', '')).rejects.toMatchObject({
    stderr: expect.stringContaining('no-token'),
  });
  await expect(run('https://auladigital.sence.cl/gestor/API', TOKEN)).rejects.toMatchObject({
    stderr: expect.stringContaining('example-token'),
  });
});
