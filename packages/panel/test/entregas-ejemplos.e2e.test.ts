import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { entregasIn, settingsSchema } from '@puente-sic/app';
import { withInbox } from '@puente-sic/sources';
import { OTEC } from '@puente-sic/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';

const run = promisify(execFile);
const DOC = readFileSync(fileURLToPath(new URL('../../../docs/entregas.md', import.meta.url)), 'utf8');

/** As docs/entregas.md has them. */
function example(language: string, file: string): string {
  const found = [...DOC.matchAll(/```(\w+)\n([\s\S]*?)```/g)].find(
    ([, own, code]) => own === language && code?.includes(file),
  );
  return found?.[2] ?? expect.fail(`docs/entregas.md has no ${file}`);
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let office: Office;
let folder = '';
let clave = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-ejemplos-'));
  const settings = settingsSchema.parse({
    otecs: [{ rut: OTEC.rut }],
    fuentes: [{ nombre: 'plataforma', tipo: 'push' }],
  });
  const now = new Date();
  clave = await withInbox({ name: 'plataforma', stateDir: folder }, (inbox) =>
    inbox.createKey('lms', OTEC.rut, now),
  );
  office = await openOffice({
    entregas: entregasIn({
      datos: folder,
      clock: () => now,
      settings: () => settings,
      ledger: () => office.world.ledger,
    }),
  });
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['js', 'entregar.mjs', process.execPath],
  ['php', 'entregar.php', 'php'],
  ['python', 'entregar.py', 'python3'],
  ['csharp', 'Entregar.cs', 'mono'],
])('the example in %s', (language, file, program) => {
  test.skipIf(!isThere(program) || (language === 'csharp' && !isThere('mcs')))(
    `delivers as it stands (${program})`,
    async () => {
      const path = join(folder, file);
      writeFileSync(path, example(language, file));
      const env = { ...process.env, PUENTE: office.panel.url, PUENTE_CLAVE_ENTREGA: clave };
      if (language === 'csharp') await run('mcs', ['-r:System.Net.Http.dll', path]);
      const { stdout } = await run(program, [path.replace(/\.cs$/, '.exe')], { env });
      const said = stdout.replaceAll(/\s/g, '');
      expect(said).toMatch(/estado"?:"?'?recibido/);
      expect(said).toMatch(/(nuevos|repetidos)"?:1/);
      expect(said).toMatch(/estado"?:"?'?sin-leer/);
    },
  );
});
