import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, saveSecret } from '@puente-sic/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

const CLAVE = 'una clave de prueba, larga y al azar: 4f0c';
let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.write('puente.yaml', `gestor: ${office.gestor.url}\notecs:\n  - rut: ${OTEC}\n`);
});
afterEach(() => office.close());

const withoutToken = { SENCE_TOKEN: '' };

test('a token kept encrypted is used, replaced and taken away, and never shown', async () => {
  const env = { ...withoutToken, PUENTE_CLAVE: CLAVE };
  const saved = await office.run(['token', 'guardar', OTEC], { env, stdin: `${TOKEN.toLowerCase()}\n` });
  expect(saved).toMatchObject({ code: 0, stderr: '' });
  expect(saved.stdout).toContain('guardado cifrado');
  expect(saved.stdout).not.toContain(TOKEN);
  expect(readFileSync(join(office.folder, '.puente', 'puente.sqlite')).toString('latin1')).not.toContain(
    TOKEN,
  );

  expect((await office.run(['probar'], { env })).code).toBe(0);
  const otherKey = await office.run(['probar'], { env: { ...env, PUENTE_CLAVE: `${CLAVE} otra` } });
  expect(otherKey.code).toBe(2);
  expect(otherKey.stderr).toContain('no se puede abrir con la clave de PUENTE_CLAVE');

  expect((await office.run(['token', 'borrar', OTEC], { env })).code).toBe(0);
  expect((await office.run(['probar'], { env })).code).toBe(2);
});

test('a kept token that another one goes before is said not to be used', async () => {
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}\notecs:\n  - { rut: ${OTEC}, token: "\${SENCE_TOKEN}" }\n`,
  );
  const guardar = (env: Record<string, string>) =>
    office.run(['token', 'guardar', OTEC], { env: { ...env, PUENTE_CLAVE: CLAVE }, stdin: TOKEN });
  const old = { SENCE_TOKEN: 'FFFFFFFF-0000-4000-8000-000000000000' };
  expect((await guardar(old)).stdout).toContain('Todavía no se usa');
  expect((await guardar(withoutToken)).stdout).not.toContain('Todavía no se usa');
});

test('without a key one is made beside puente.yaml, for this user alone and never with the state', async () => {
  const saved = await office.run(['token', 'guardar', OTEC], { env: withoutToken, stdin: TOKEN });
  expect(saved).toMatchObject({ code: 0, stdout: expect.stringContaining('puente.clave') });
  const key = join(office.folder, 'puente.clave');
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(office.folder, '.puente'))).not.toContain('puente.clave');
  expect((await office.run(['probar'], { env: withoutToken })).code).toBe(0);

  rmSync(key);
  expect((await office.run(['probar'], { env: withoutToken })).stderr).toContain('Falta el token');
});

test('a variable of puente.yaml that the environment does not have may be kept encrypted', async () => {
  const { ensureKey, variableName } = await import('@puente-sic/app');
  const place = { config: join(office.folder, 'puente.yaml'), env: {} };
  const { clave } = await ensureKey(place);
  const ledger = await openLedger(join(office.folder, '.puente'));
  await saveSecret(ledger, variableName('EL_TOKEN'), TOKEN, clave, new Date());
  await ledger.close();
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}\notecs:\n  - { rut: ${OTEC}, token: "\${EL_TOKEN}" }\n`,
  );
  expect((await office.run(['probar'], { env: withoutToken })).code).toBe(0);
  // What stands in the environment goes first.
  const other = { ...withoutToken, EL_TOKEN: TOKEN.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) };
  expect((await office.run(['probar'], { env: other })).code).toBe(3);
});

test('what is no token is not kept', async () => {
  const env = { ...withoutToken, PUENTE_CLAVE: CLAVE };
  const noToken = await office.run(['token', 'guardar', OTEC], { env, stdin: 'secreto-mal-copiado' });
  expect(noToken.code).toBe(2);
  expect(noToken.stderr + noToken.stdout).not.toContain('secreto-mal-copiado');
});

test('a token in a file of its own', async () => {
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}\notecs:\n  - { rut: ${OTEC}, tokenArchivo: ./token.txt }\n`,
  );
  const missing = await office.run(['probar'], { env: withoutToken });
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('token.txt') });
  writeFileSync(join(office.folder, 'token.txt'), `${TOKEN}\n`);
  expect((await office.run(['probar'], { env: withoutToken })).code).toBe(0);
});

test('what there is of a person is given out, then taken out', async () => {
  office.write('avance.csv', csv([ANA, '10']));
  expect((await office.run(['enviar', ...office.flags, '--archivo', 'avance.csv'])).code).toBe(0);

  expect((await office.run(['persona', 'exportar', ANA])).code).toBe(0);
  const file = join(office.folder, `persona-${ANA}.json`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    rut: ANA,
    envios: [{}, {}],
    aceptados: [{}, {}],
  });
  expect((await office.run(['persona', 'exportar', ANA])).code).toBe(2);

  const unsure = await office.run(['persona', 'borrar', ANA]);
  expect(unsure).toMatchObject({ code: 2, stderr: expect.stringContaining('--si') });
  expect((await office.run(['persona', 'borrar', ANA, '--si', '--aunque-no-liquidado'])).stdout).toContain(
    '2 avances aceptados',
  );
  rmSync(file);
  const nothing = await office.run(['persona', 'exportar', ANA]);
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('no hay nada') });
});
