import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { PERSON, type Served, serve } from './support/panel.ts';

let office: Office;
let served: Served | undefined;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await served?.stop('SIGKILL');
  await office.close();
});

const link = () => join(office.folder, 'puente.enlace');
const open = async (codigo: string, cuenta?: object) => {
  const answer = await fetch(`${served?.url}/api/enlace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-puente': '1' },
    body: JSON.stringify({ codigo, cuenta }),
  });
  return answer.status;
};
const codigoIn = (text: string) => /#codigo=([\w-]{43})/.exec(text)?.[1] ?? '';

test('the first account by the link that servir prints and writes; afterwards it prints none', async () => {
  served = await serve(office);
  // `serve` has used the one of the file.
  expect(existsSync(link())).toBe(false);
  const printed = codigoIn(served.said());
  expect(printed).not.toBe('');
  expect(await open(printed, { usuario: 'Otra', clave: 'una clave larga y buena' })).toBe(403);
  await served.stop();
  served = await serve(office);
  expect(served.said()).not.toContain('#codigo=');
});

test('puente enlace lets back in who forgot the password, beside the running service, once', async () => {
  served = await serve(office);
  const { code, stdout } = await office.run(['enlace', '--panel', served.url, '--json']);
  expect(code).toBe(0);
  const { enlace, archivo } = JSON.parse(stdout);
  expect(archivo).toBe(link());
  expect(statSync(link()).mode & 0o777).toBe(0o600);
  expect(readFileSync(link(), 'utf8')).toContain(enlace);
  const cuenta = { usuario: PERSON.usuario, clave: 'otra clave, más larga' };
  expect(enlace.startsWith(`${served.url}/#codigo=`)).toBe(true);
  expect([await open(codigoIn(enlace), cuenta), await open(codigoIn(enlace), cuenta)]).toEqual([200, 403]);
  expect(served.said()).not.toContain(codigoIn(enlace));
});
