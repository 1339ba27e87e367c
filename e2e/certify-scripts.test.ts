import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kit, startKit } from '@puente-sic/gestor';
import type { Curso } from '@puente-sic/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Hoja, sheetOf } from './kit-sheet.ts';

const SCRIPTS = [
  { language: 'PHP', runtime: 'php', file: 'examples/php/enviar.php' },
  { language: 'Python', runtime: 'python3', file: 'examples/python/enviar.py' },
].map((script) => ({ ...script, isHere: spawnSync(script.runtime, ['--version']).status === 0 }));

const NIGHTS: Record<string, readonly string[]> = {
  noche: ['2026-11-10T21:50:00-03:00', '2026-11-10T22:10:00-03:00', '2026-11-10T22:20:00-03:00'],
  'cambio-abril': ['2026-04-04T21:50:00-03:00', '2026-04-04T23:10:00-03:00', '2026-04-04T23:10:00-04:00'],
  'cambio-septiembre': [
    '2026-09-05T21:50:00-04:00',
    '2026-09-05T23:55:00-04:00',
    '2026-09-06T01:05:00-03:00',
  ],
};

let folder: string;
let kit: Kit;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-scripts-'));
  kit = await startKit({ datos: join(folder, 'kit'), segundosLenta: 0.3 });
});
afterEach(async () => {
  await kit.close();
  await rm(folder, { recursive: true });
});

/** Runs one script through the sheet, as its users would: a file per course, the clock of the kit. */
class Script {
  readonly #hoja: Hoja;
  readonly #runtime: string;
  readonly #file: string;
  readonly #version: '1' | null;

  constructor(hoja: Hoja, { runtime, file }: { runtime: string; file: string }, version: '1' | null) {
    this.#hoja = hoja;
    this.#runtime = runtime;
    this.#file = fileURLToPath(new URL(`../${file}`, import.meta.url));
    this.#version = version;
  }

  async everything(): Promise<void> {
    expect(await this.#run(['probar'], this.#hoja.tokenMalo)).toBe(3);
    expect(await this.#run(['probar'])).toBe(0);
    for (const { id, estados } of this.#hoja.escenarios) await this.#work(id, estados);
  }

  async #work(id: string, [first, ...later]: Curso[]): Promise<void> {
    if (!first || (this.#version && id === 'version-2')) return;
    const night = NIGHTS[id];
    if (night) {
      for (const instant of night) {
        kit.reloj.set(new Date(instant));
        await this.#send(id, first, '--noche');
      }
      kit.reloj.advance(8 * 3600);
      return kit.reloj.reset();
    }
    const code = await this.#send(id, first);
    if (code === 4) {
      kit.reloj.advance(21 * 60);
      await this.#send(id, first);
    }
    for (const state of later) {
      kit.reloj.advance(86_400);
      await this.#send(id, state);
    }
    if (['parcial', 'html-delante', 'desconocido'].includes(id))
      await this.#send(id, first, '--solo-rechazados');
  }

  async #send(id: string, curso: Curso, ...flags: string[]): Promise<number> {
    const file = join(folder, 'curso.json');
    await writeFile(file, JSON.stringify(curso));
    const version = this.#version ?? (id === 'version-1' ? '1' : '2');
    const ahora = kit.reloj.now().toISOString();
    return this.#run(['enviar', file, '--version', version, '--ahora', ahora, ...flags]);
  }

  #run(args: string[], token = this.#hoja.token): Promise<number> {
    const env = {
      PATH: process.env.PATH,
      GESTOR_URL: kit.url,
      RUT_OTEC: this.#hoja.rutOtec,
      SENCE_TOKEN: token,
      ESTADO: join(folder, 'envios.json'),
    };
    return new Promise((resolve, reject) => {
      execFile(this.#runtime, [this.#file, ...args], { env }, (error, stdout, stderr) => {
        expect(`${stdout}${stderr}`.toUpperCase()).not.toContain(token.toUpperCase());
        if (error && typeof error.code !== 'number') reject(error);
        else resolve(Number(error?.code ?? 0));
      });
    });
  }
}

describe.each(SCRIPTS)('the sender in $language', (script) => {
  test.skipIf(!script.isHere).each([
    ['completo', null],
    ['version-1', '1'],
  ] as const)(`is certified, profile %s (needs ${script.runtime})`, async (perfil, version) => {
    await fetch(new URL('/certificacion/programa', kit.url), {
      method: 'POST',
      body: JSON.stringify({ programa: script.file, perfil }),
    });
    const hoja = await sheetOf(kit);
    await new Script(hoja, script, version).everything();
    const open = kit.resultados().filter(({ estado }) => estado !== 'cumplido' && estado !== 'no-aplica');
    expect(open.map(({ escenario, visto }) => `${escenario.id}: ${visto}`)).toEqual([]);
  });
});
