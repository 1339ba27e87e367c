import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import { OTEC, REGISTRO, TOKEN } from './data.ts';
import { puente, type Run, type RunOptions } from './puente.ts';

/** A provider's working folder and a real Gestor to talk to. */
export interface Office {
  folder: string;
  gestor: Gestor;
  /** The flags that reach the Gestor. */
  flags: string[];
  /** Writes a file into the folder and gives its name. */
  write(name: string, content: string | Uint8Array): string;
  /** Runs `puente` in the folder with the provider's token in the environment. */
  run(args: readonly string[], options?: Partial<RunOptions>): Promise<Run>;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-cli-'));
  const gestor = await startGestor({ datos: join(folder, 'gestor'), registro: REGISTRO });
  return {
    folder,
    gestor,
    flags: ['--gestor', gestor.url, '--rut-otec', OTEC],
    write: (name, content) => {
      writeFileSync(join(folder, name), content);
      return name;
    },
    run: (args, options = {}) =>
      puente(args, { cwd: folder, ...options, env: { SENCE_TOKEN: TOKEN, ...options.env } }),
    close: async () => {
      await gestor.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
