import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { puente, start } from './support/puente.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-demo-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the demo: last night all in, tonight some refused and some held, corrected only they go, nothing is left', async () => {
  const run = await puente(['demo', '--json'], { cwd: folder, env: { TMPDIR: folder } });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const { ayer, previa, hoy, corregido, historial } = JSON.parse(run.stdout);

  expect(ayer.envios).toHaveLength(3);
  for (const envio of ayer.envios)
    expect(envio).toMatchObject({ resultado: 'aceptado', rechazados: 0, retenidos: 0 });
  expect(
    previa.cursos.flatMap(({ retenidos }: { retenidos: unknown[] }) => retenidos).length,
  ).toBeGreaterThan(0);
  const codes = hoy.envios.flatMap(({ errores }: { errores: { codigo: string }[] }) =>
    errores.map(({ codigo }) => codigo),
  );
  expect(new Set(codes)).toEqual(new Set(['010', '011', '012', '024', '025', '027', null]));

  const total = (envios: Record<string, number>[], what: string) =>
    envios.reduce((sum, envio) => sum + (envio[what] ?? 0), 0);
  for (const envio of corregido.envios) expect(envio.resultado).toBe('aceptado');
  expect(total(corregido.envios, 'aceptados')).toBeLessThan(
    total(hoy.envios, 'rechazados') + total(hoy.envios, 'retenidos') + 1,
  );
  expect(historial.procesos).toHaveLength(9);
  expect(total(historial.procesos, 'aceptados')).toBe(
    total([...ayer.envios, ...hoy.envios, ...corregido.envios], 'aceptados'),
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('what a person sees of it', async () => {
  const run = await puente(['demo'], { cwd: folder, env: { TMPDIR: folder } });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const steady = run.stdout
    .replaceAll(fileURLToPath(new URL('../../../examples/', import.meta.url)), 'examples/')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:‹puerto›')
    .replace(/P-\d{8}-[0-9A-Z]{12}/g, (code) => `${code.slice(0, 11)}‹al azar›`);
  expect(steady).toMatchSnapshot();
  expect(existsSync(join(folder, '.puente'))).toBe(false);
});

test('the demo in the panel: two nights behind it, an account, and nothing left when it is stopped', async () => {
  const child = start(['demo', '--panel', '--puerto', '0', '--json'], {
    cwd: folder,
    env: { TMPDIR: folder },
  });
  const [chunk] = await once(child.stdout ?? child, 'data');
  const { panel, usuario, clave, sandbox, planillas } = JSON.parse(String(chunk));
  expect(existsSync(planillas)).toBe(true);
  const session = await fetch(`${panel}/api/sesion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-puente': '1' },
    body: JSON.stringify({ usuario, clave }),
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const hoy = await (await fetch(`${panel}/api/hoy`, { headers: { cookie } })).json();
  expect(hoy).toMatchObject({
    ahora: expect.stringMatching(/^2026-11-24T00:5/),
    pendientes: [],
    proveedores: [{ problemas: [], nochesPerdidas: [], ventana: { noche: '2026-11-23', desde: '22:00' } }],
  });
  for (const { noches, alumnos } of hoy.proveedores[0].cursos) {
    expect(alumnos).toBeGreaterThan(15);
    const states = noches.map(({ estado }: { estado: string }) => estado);
    expect(states.filter((estado: string) => estado !== 'sin-envio')).toEqual(['aceptado', 'parcial']);
  }
  expect((await fetch(sandbox, { headers: { accept: 'text/html' } })).status).toBe(200);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(readdirSync(folder)).toEqual([]);
});
