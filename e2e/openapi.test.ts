import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Gestor, type RegistryFile, startGestor } from '@puente-sic/gestor';
import { jsonSchemas, OFFICIAL_EXAMPLES, openApi } from '@puente-sic/protocol';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadFixtures, loadOficial, loadRegistro } from '../fixtures/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = openApi({ version: '0.0.0' });

test('docs/openapi.json passes the linter without a warning', () => {
  const cli = join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const args = [cli, 'lint', join(root, 'docs', 'openapi.json'), '--format=json', '--max-problems=100'];
  const output = execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', stdio: 'pipe' });
  expect(JSON.parse(output).problems).toEqual([]);
});

test('its examples are the official ones', () => {
  const { pruebaOficial, respuestaOk, respuestaError012, respuestaError025, tokenInvalido, historial } =
    OFFICIAL_EXAMPLES;
  const official = (name: string) => JSON.parse(loadOficial(name));
  expect(pruebaOficial.value).toEqual(official('prueba-oficial.envio.json'));
  expect(respuestaOk.value).toEqual(official('respuesta-ok.json'));
  expect(respuestaError012.value).toEqual(official('respuesta-error-012.json'));
  expect(respuestaError025.value).toEqual(official('respuesta-error-025-observada.json'));
  expect(tokenInvalido.value).toEqual(official('token-invalido.json'));
  expect(historial.value).toEqual(official('historial-ok.json'));
});

/** The schemas of the document with nothing let through that they do not name. */
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
for (const schema of Object.values(jsonSchemas((name) => `https://esquemas.example/${name}`, true))) {
  ajv.addSchema(schema);
}

/** The body of enviarAvance as the document has it: either version. */
const isEnvio = (() => {
  const body = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { uuid: true, date: true } });
  for (const schema of Object.values(jsonSchemas((name) => `https://cuerpo.example/${name}`)))
    body.addSchema(schema);
  const { anyOf } = document.paths['/avance-sic/enviarAvance'].post.requestBody.content['application/json']
    .schema as { anyOf: { $ref: string }[] };
  const names = anyOf.map(({ $ref }) => $ref.replace('#/components/schemas/', ''));
  return (envio: unknown) => names.some((name) => body.validate(`https://cuerpo.example/${name}`, envio));
})();

test('a body of version 2 with a field of it that is wrong is no good body of version 1', () => {
  const good = OFFICIAL_EXAMPLES.pruebaOficial.value;
  const [alumno] = good.listaAlumnos;
  const [modulo] = alumno?.listaModulos ?? [];
  const { codigoEnvio: _, ...old } = good;
  expect([good, old].map(isEnvio)).toEqual([true, true]);
  const withAlumno = (fields: object) => ({ ...good, listaAlumnos: [{ ...alumno, ...fields }] });
  const withModulo = (fields: object) => withAlumno({ listaModulos: [{ ...modulo, ...fields }] });
  expect(isEnvio(withAlumno({ evaluacionFinal: 62 }))).toBe(true);
  for (const wrong of [
    { ...good, codigoEnvio: 7 },
    { ...good, cantActividadSincronica: -1 },
    { ...old, cantActividadAsincronica: 'dos' },
    withAlumno({ evaluacionFinal: null }),
    withAlumno({ evaluacionFinal: 101 }),
    withModulo({ notaModulo: '6,5' }),
    withModulo({ cantActividadSincronica: null }),
  ])
    expect([JSON.stringify(wrong).slice(0, 300), isEnvio(wrong)]).toEqual([expect.anything(), false]);
});

interface Content {
  content: { 'application/json': { schema: { $ref: string } | { anyOf: { $ref: string }[] } } };
}

/** What is wrong with an answer by the document: nothing is the empty list. */
function complaints(responses: Record<string, Content>, status: number, text: string): unknown[] {
  const schema = responses[String(status)]?.content['application/json'].schema;
  if (!schema) return [`HTTP ${status} is not in the document`];
  const refs = 'anyOf' in schema ? schema.anyOf : [schema];
  const names = refs.map(({ $ref }) => $ref.replace('#/components/schemas/', ''));
  const failed = names.map((name) => {
    const validate = ajv.getSchema(`https://esquemas.example/${name}`);
    if (!validate) throw new Error(`${name} is not in the document`);
    return validate(JSON.parse(text)) ? [] : (validate.errors ?? []);
  });
  const matching = failed.filter((errors) => errors.length === 0);
  return matching.length === 1
    ? []
    : [`${matching.length} of ${names} fit`, text.slice(0, 300), ...failed.flat()];
}

describe('the running Gestor answers what the document says', () => {
  const post = document.paths['/avance-sic/enviarAvance'].post.responses;
  const get = document.paths['/avance-sic/historialEnvios'].get.responses;
  const fixtures = loadFixtures();
  const registro = loadRegistro() as RegistryFile;
  let datos: string;
  let gestor: Gestor;

  beforeAll(async () => {
    datos = await mkdtemp(join(tmpdir(), 'puente-openapi-'));
    gestor = await startGestor({ datos, registro });
  });
  afterAll(async () => {
    await gestor.close();
    await rm(datos, { recursive: true });
  });

  async function send(body: string): Promise<unknown[]> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${gestor.url}/avance-sic/enviarAvance`, { method: 'POST', headers, body });
    return complaints(post, answer.status, await answer.text());
  }

  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    for (const body of [...fixture.previos.map((previo) => JSON.stringify(previo)), fixture.texto]) {
      expect(await send(body)).toEqual([]);
    }
  });

  async function history(otec: RegistryFile['otecs'][number], filter = '') {
    const query = new URLSearchParams({ rutOtec: otec.rut, idSistema: '1350', token: otec.token ?? '' });
    const answer = await fetch(`${gestor.url}/avance-sic/historialEnvios?${query}${filter}`);
    const text = await answer.text();
    expect(complaints(get, answer.status, text)).toEqual([]);
    return { status: answer.status, value: JSON.parse(text) as unknown };
  }

  test('every process of them in the history', async () => {
    const histories = await Promise.all(registro.otecs.map((otec) => history(otec)));
    const processes = histories.flatMap(({ value }) => (Array.isArray(value) ? value : []));
    expect(processes.length).toBeGreaterThan(fixtures.length / 2);
  });

  test.each(['&fechaDesde=ayer', '&id_proceso=x'])('a filter that cannot be read: %s', async (filter) => {
    for (const otec of registro.otecs.filter(({ vigente }) => vigente)) {
      expect((await history(otec, filter)).status).toBe(400);
    }
  });

  test('what is too big', async () => {
    expect(await send(`{"listaAlumnos":"${'x'.repeat(17 * 1024 * 1024)}"}`)).toEqual([]);
  });
});

test('the comparison notices a field that the document does not name', () => {
  const { get } = document.paths['/avance-sic/historialEnvios'];
  expect(complaints(get.responses, 200, '{"error":[{"mensaje":"x"}]}')).toEqual([]);
  expect(complaints(get.responses, 200, '{"error":[{"mensaje":"x","codigo":"001"}]}')).not.toEqual([]);
  expect(complaints(get.responses, 418, '{}')).not.toEqual([]);
});
