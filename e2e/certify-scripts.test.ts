import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Kit, startKit } from '@puente-sic/gestor';
import type { Curso } from '@puente-sic/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Hoja, nameProgram, openScenarios, PROFILES, type Profile, sheetOf } from './kit-sheet.ts';

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

/** Programs that hold the lock of a file until their input ends. */
const HOLDERS: Record<string, readonly string[]> = {
  php: ['php', '-r', '$f = fopen($argv[1], "c"); flock($f, LOCK_EX); echo "held"; fgets(STDIN);'],
  python3: [
    'python3',
    '-c',
    'import fcntl, sys; f = open(sys.argv[1], "a"); fcntl.flock(f, fcntl.LOCK_EX); print("held", flush=True); sys.stdin.read()',
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
  readonly #profile: Profile;

  constructor(hoja: Hoja, { runtime, file }: { runtime: string; file: string }, profile: Profile) {
    this.#hoja = hoja;
    this.#runtime = runtime;
    this.#file = fileURLToPath(new URL(`../${file}`, import.meta.url));
    this.#profile = profile;
  }

  async everything(): Promise<void> {
    expect(await this.#run(['probar'], this.#hoja.tokenMalo)).toBe(3);
    expect(await this.#run(['probar'])).toBe(0);
    for (const { id, estados } of this.#hoja.escenarios) await this.#work(id, estados);
  }

  async #work(id: string, [first, ...later]: Curso[]): Promise<void> {
    if (!first || id === this.#profile.left) return;
    const night = NIGHTS[id];
    if (night) {
      for (const instant of night) {
        kit.reloj.set(new Date(instant));
        await this.send(id, first, '--noche');
      }
      kit.reloj.advance(8 * 3600);
      return kit.reloj.reset();
    }
    const code = await this.send(id, first);
    if (code === 4) {
      kit.reloj.advance(21 * 60);
      await this.send(id, first);
    }
    for (const state of later) {
      kit.reloj.advance(86_400);
      await this.send(id, state);
    }
    if (['parcial', 'html-delante', 'desconocido'].includes(id))
      await this.send(id, first, '--solo-rechazados');
  }

  /** Runs `enviar` on a course; its exit code. */
  async send(id: string, curso: Curso, ...flags: string[]): Promise<number> {
    const file = join(folder, 'curso.json');
    await writeFile(file, JSON.stringify(curso));
    const version = this.#profile.only ?? (id === 'version-1' ? 1 : 2);
    const ahora = kit.reloj.now().toISOString();
    return this.#run(['enviar', file, '--version', String(version), '--ahora', ahora, ...flags]);
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
  test.skipIf(!script.isHere)(`waits for another run of it (needs ${script.runtime})`, async () => {
    const hoja = await sheetOf(kit);
    const [noche] = hoja.escenarios.find(({ id }) => id === 'noche')?.estados ?? [];
    if (!noche) throw new Error('The sheet has no night');
    kit.reloj.set(new Date('2026-11-10T22:10:00-03:00'));
    const posts = () => kit.resultados().find(({ escenario }) => escenario.id === 'noche')?.llamadas.length;

    const [hold, ...args] = HOLDERS[script.runtime] ?? [];
    const other = spawn(String(hold), [...args, join(folder, 'envios.json.lock')]);
    await once(other.stdout, 'data');
    const program = new Script(hoja, script, PROFILES[0]);
    const runs = [program.send('noche', noche, '--noche'), program.send('noche', noche, '--noche')];
    // As long as a run without a lock takes, many times over.
    await wait(1500);
    expect(posts()).toBe(0);
    other.stdin.end();
    expect(await Promise.all(runs)).toEqual([0, 0]);
    expect(posts()).toBe(1);
  });

  test.skipIf(!script.isHere).each(PROFILES)(
    `is certified, profile $perfil (needs ${script.runtime})`,
    async (profile) => {
      await nameProgram(kit, { programa: script.file, perfil: profile.perfil });
      await new Script(await sheetOf(kit), script, profile).everything();
      expect(openScenarios(kit)).toEqual([]);
    },
  );
});
