import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeEnlace } from '@puente-sic/app';
import { type Gestor, startSandbox } from '@puente-sic/gestor';
import { openPanelService } from '../packages/cli/src/service.ts';
import { plainTerminal } from '../packages/cli/src/terminal.ts';

const REGISTRO = fileURLToPath(new URL('../examples/registro-demo.json', import.meta.url));

/** `puente servir` in an empty folder, as it is on the first day, and a sandbox to send to. */
export interface FirstDay {
  /** Where the panel is. */
  url: string;
  /** The link to make the administrator's account with. */
  enlace: string;
  gestor: Gestor;
  folder: string;
  /** Everything that the program has said. */
  said(): string;
  close(): Promise<void>;
}

export async function openFirstDay(now: Date): Promise<FirstDay> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-primer-dia-'));
  const clock = () => now;
  const gestor = await startSandbox({ datos: join(folder, 'gestor'), registro: REGISTRO, clock });
  const stop = new AbortController();
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const context = {
    ...{ terminal: plainTerminal(write, write), env: {}, stdin: process.stdin, json: false, clock },
    ...{ signal: stop.signal, finish: () => {}, sending: () => {} },
    onNotice: (notice: string) => write(`Aviso: ${notice}\n`),
  };
  // Named, since a test cannot change its folder; so it must be there, and says nothing.
  const config = join(folder, 'puente.yaml');
  await writeFile(config, '');
  const service = await openPanelService(context, { config, datos: join(folder, 'estado'), puerto: 0 });
  const ended = service.run();
  const place = { config, datos: join(folder, 'estado'), env: {} };
  const { url: enlace } = await makeEnlace(place, service.panel.url, now);
  return {
    url: service.panel.url,
    enlace,
    gestor,
    folder,
    said: () => text,
    close: async () => {
      stop.abort();
      await ended;
      await gestor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
