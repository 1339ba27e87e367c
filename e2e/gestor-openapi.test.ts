import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWN_OPERATIONS } from '../packages/gestor/src/openapi/own-paths.ts';

let folder: string;
let gestor: Gestor;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-openapi-'));
  gestor = await startGestor({ datos: join(folder, 'datos'), adminKey: 'clave de los operadores' });
});
afterAll(async () => {
  await gestor.close();
  await rm(folder, { recursive: true });
});

test('the document that the service hands out names its own address and passes the linter', async () => {
  const answer = await fetch(new URL('/openapi.json', gestor.url));
  const text = await answer.text();
  const document = JSON.parse(text) as { servers: { url: string }[]; paths: Record<string, unknown> };
  expect(document.servers[0]?.url).toBe(gestor.url);
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/avance-sic/enviarAvance', '/avance-sic/historialEnvios', '/admin/registro']),
  );
  const file = join(folder, 'openapi.json');
  await writeFile(file, text);
  const root = fileURLToPath(new URL('..', import.meta.url));
  const output = execFileSync(
    process.execPath,
    [join(root, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', file, '--format=json'],
    {
      cwd: root,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      encoding: 'utf8',
      stdio: 'pipe',
    },
  );
  expect(JSON.parse(output).problems).toEqual([]);
});

test.each(OWN_OPERATIONS.map((operation) => [operation.method, operation.path, operation.who] as const))(
  '%s %s is there, for %s alone',
  async (method, path, who) => {
    const url = new URL(path.replace('{rut}', '11222333-9').replace('{id}', '1'), gestor.url);
    const answer = await fetch(url, { method: method.toUpperCase() });
    expect(answer.status).toBe(who === 'cualquiera' ? 200 : 401);
  },
);

test('people read the same at /documentacion', async () => {
  const page = await (await fetch(new URL('/documentacion', gestor.url))).text();
  expect(page).toContain('POST /avance-sic/enviarAvance');
  expect(page).toContain('El alumno 11111111-5 no se encuentra registrado.');
  for (const { path } of OWN_OPERATIONS) expect(page).toContain(path);
});
