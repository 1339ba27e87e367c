import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Informe } from '@puente-sic/gestor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { puente, start } from '../packages/cli/e2e/support/puente.ts';
import { DEFECTOS, type Estilo, VARIANTES } from '../packages/gestor/test/kit/defects.ts';
import { Sender } from '../packages/gestor/test/kit/sender.ts';

let folder: string;
let kit: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-senders-'));
  [kit, url] = await startKit('todos');
});

afterAll(async () => {
  kit.kill('SIGTERM');
  await once(kit, 'exit');
  await rm(folder, { recursive: true });
});

/** The kit as a vendor starts it. */
async function startKit(datos: string, ...more: string[]): Promise<[ChildProcess, string]> {
  const args = ['gestor', 'certificar', '--puerto', '0', '--datos', datos, '--segundos-lenta', '1', '--json'];
  const child = start([...args, ...more], { cwd: folder });
  child.stderr?.resume();
  const address = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('}')) resolve(text);
    });
  });
  return [child, JSON.parse(address).url];
}

async function begin(perfil: string): Promise<void> {
  await fetch(new URL('/certificacion/inicio', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ programa: 'Emisor de prueba', version: '1', perfil }),
  });
}

async function of(estado: string): Promise<string[]> {
  const answer = await fetch(new URL('/certificacion', url));
  const { escenarios } = (await answer.json()) as Informe;
  return escenarios.filter((each) => each.estado === estado).map(({ id, visto }) => `${id}: ${visto}`);
}

test.each(Object.entries(VARIANTES))('a right sender, «%s», is certified', async (_name, estilo: Estilo) => {
  await begin(estilo.perfil ?? 'completo');
  await (await Sender.for(url, null, estilo)).everything();
  expect([...(await of('fallado')), ...(await of('pendiente'))]).toEqual([]);
});

test.each(DEFECTOS)('a sender that «%s» fails %s and nothing else', async (defecto, escenario) => {
  await begin('completo');
  await (await Sender.for(url, defecto)).everything();
  const failed = async () => (await of('fallado')).map((text) => text.split(':')[0]);
  await expect.poll(failed, { timeout: 10_000 }).toEqual([escenario]);
});

test('--hasta-completar ends with 0 and a certificate, or with 1 and the report of what is missing', async () => {
  const named = ['--programa', 'Emisor', '--version-programa', '2', '--hasta-completar'];
  const [good, goodUrl] = await startKit('bueno', ...named, '--informe', 'bueno.html');
  await (await Sender.for(goodUrl)).everything();
  expect(await once(good, 'exit')).toEqual([0, null]);
  const yes = await puente(['gestor', 'certificar', '--verificar', 'bueno.html'], { cwd: folder });
  expect(yes.stdout.split('\n')[0]).toMatch(/^✔ CERTIFICADO · Emisor 2 · perfil completo/);
  expect(yes.code).toBe(0);

  const [bad, badUrl] = await startKit('malo', ...named, '--informe', 'malo.html');
  await (await Sender.for(badUrl, 'todos-al-100')).only('valores');
  await fetch(new URL('/certificacion/fin', badUrl), { method: 'POST' });
  expect(await once(bad, 'exit')).toEqual([1, null]);
  const no = await puente(['gestor', 'certificar', '--verificar', 'malo.html'], { cwd: folder });
  expect(no.stdout.split('\n')[0]).toMatch(/^✖ NO CERTIFICADO \(1 fallados, \d+ pendientes\) · Emisor 2/);
  expect(no.code).toBe(1);
  expect(await readFile(join(folder, 'malo.html'), 'utf8')).toContain('autodeclaración');
});
