import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, csv, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

const BIN = fileURLToPath(new URL('../bin/puente.js', import.meta.url));

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.write('avance.csv', csv([ANA, '10'], [BENITO, '20']));
});
afterEach(() => office.close());

const send = () => office.run(['enviar', ...office.flags, '--archivo', 'avance.csv']);
const state = () => join(office.folder, '.puente');
const ledger = () => join(state(), 'puente.sqlite');

/** Told to a person: the file, what to do, and nothing of our own innards. */
function toldInWords(said: string): void {
  expect(said).toContain(ledger());
  expect(said).toMatch(/✖ .+\n {2}→ .+/);
  expect(said).not.toMatch(/\n\s+at |defecto|SQLITE|Error:/);
}

test('a damaged ledger is told with the backup that mends it, and that one mends it', async () => {
  expect((await send()).code).toBe(0);
  await office.run(['respaldar', join(state(), 'respaldos', 'martes')]);
  const damaged = Buffer.from(readFileSync(ledger()));
  damaged.fill(0x7f, 0, 4096);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(ledger() + suffix)) writeFileSync(ledger() + suffix, '');
  }
  writeFileSync(ledger(), damaged);
  for (const args of [
    ['errores'],
    ['enviar', ...office.flags, '--archivo', 'avance.csv'],
    ['persona', 'exportar', ANA],
  ]) {
    const run = await office.run(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    toldInWords(run.stderr);
    expect(run.stderr).toContain(`puente restaurar ${join(state(), 'respaldos', 'martes')}`);
  }
  const restored = await office.run(['restaurar', join(state(), 'respaldos', 'martes')]);
  expect(restored.code).toBe(0);
  expect((await office.run(['errores'])).code).toBe(0);
  const [aside = ''] = readdirSync(state()).filter((name) => name.startsWith('antes-de-restaurar-'));
  expect(readFileSync(join(state(), aside, 'puente.sqlite'))).toEqual(damaged);
});

test('restaurar: what is not there is said so; what cannot be opened at all is put aside', async () => {
  expect((await send()).code).toBe(0);
  const copy = join(office.folder, 'lunes.respaldo');
  await office.run(['respaldar', copy]);
  const nothing = await office.run(['restaurar', 'nada']);
  expect(nothing).toMatchObject({ code: 2, stdout: '' });
  expect(nothing.stderr).toContain(`No existe ${join(office.folder, 'nada')}`);

  for (const suffix of ['', '-wal', '-shm']) rmSync(ledger() + suffix, { force: true });
  mkdirSync(ledger());
  const unopened = await office.run(['errores']);
  expect(unopened.code).toBe(2);
  toldInWords(unopened.stderr);
  expect(await office.run(['restaurar', copy])).toMatchObject({ code: 0, stderr: '' });
  const data = await office.run(['persona', 'exportar', ANA]);
  expect(data.code).toBe(0);
  const [aside = ''] = readdirSync(state()).filter((name) => name.startsWith('antes-de-restaurar-'));
  expect(statSync(join(state(), aside, 'puente.sqlite')).isDirectory()).toBe(true);
});

test('what is not a folder, and what a newer version wrote', async () => {
  office.write('archivo', '');
  const run = await office.run(['errores', '--datos', join('archivo', 'estado')]);
  expect(run).toMatchObject({ code: 0 });
  const sent = await office.run([
    'enviar',
    ...office.flags,
    '--archivo',
    'avance.csv',
    '--datos',
    join('archivo', 'estado'),
  ]);
  expect(sent.code).toBe(2);
  expect(sent.stderr).toContain(join('archivo', 'estado'));
  expect(sent.stderr).not.toContain('defecto');
});

// What stands for a full disk: no file of this process may grow beyond it.
test.skipIf(process.platform === 'win32')(
  'a disk that is full is told, and what was written before is all there',
  async () => {
    expect((await send()).code).toBe(0);
    const before = JSON.parse((await office.run(['persona', 'exportar', ANA, '--json'])).stdout);
    const args = ['enviar', ...office.flags, '--archivo', 'avance.csv'];
    const script = `ulimit -f 40; exec "$0" "$@"`;
    office.write('avance.csv', csv([ANA, '30'], [BENITO, '40']));
    const full = await promisify(execFile)('bash', ['-c', script, process.execPath, BIN, ...args], {
      cwd: office.folder,
      env: { PATH: process.env.PATH, SENCE_TOKEN: TOKEN },
    }).then(
      () => null,
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
    );
    if (full === null) throw new Error('the disk was not full');
    toldInWords(full.stderr);
    expect(full.stderr).toContain('disco');
    expect(full.code).toBe(4);
    const now = JSON.parse((await office.run(['persona', 'exportar', ANA, 'ahora.json', '--json'])).stdout);
    expect(now.registros).toBeGreaterThanOrEqual(before.registros);
    expect(before.registros).toBe(2);
  },
);

test.skipIf(process.platform === 'win32')('a folder that others could read is told and mended', async () => {
  expect((await send()).code).toBe(0);
  chmodSync(state(), 0o755);
  const run = await office.run(['errores', '--json']);
  expect(run.stderr).toContain('solo el que ejecuta puente');
  expect(JSON.parse(run.stdout)).toBeTypeOf('object');
  expect(statSync(state()).mode & 0o077).toBe(0);
  expect((await office.run(['errores'])).stderr).toBe('');
});

test('persona: the copies that still hold the person, and what cannot be looked through, are named', async () => {
  await send();
  const copy = join(state(), 'respaldos', 'martes');
  await office.run(['respaldar', copy]);
  writeFileSync(join(state(), 'moodle-aula-0a1b2c3d.sqlite'), 'no database');
  office.write('puente.yaml', 'fuentes:\n  - { nombre: planillas, tipo: archivo, ruta: avance.csv }\n');
  const exported = await office.run(['persona', 'exportar', ANA]);
  expect(exported.stdout).toContain(join(office.folder, 'avance.csv'));
  const erased = await office.run(['persona', 'borrar', ANA, '--si', '--aunque-no-liquidado']);
  for (const named of [copy, 'moodle-aula-0a1b2c3d.sqlite', join(office.folder, 'avance.csv')]) {
    expect(erased.stdout).toContain(named);
  }
});
