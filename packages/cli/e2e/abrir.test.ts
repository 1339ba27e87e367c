import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
let child: ChildProcess | undefined;
beforeEach(async () => {
  office = await openOffice();
  // A browser that writes down what it was to open.
  mkdirSync(join(office.folder, 'bin'));
  office.write('bin/xdg-open', `#!/bin/sh\necho "$1" >> "${join(office.folder, 'abierto')}"\n`);
  chmodSync(join(office.folder, 'bin/xdg-open'), 0o755);
});
afterEach(async () => {
  if (child !== undefined && child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await office.close();
});

const env = () => ({ PATH: `${join(office.folder, 'bin')}:${process.env.PATH}` });

test.skipIf(process.platform !== 'linux')(
  'servir --abrir: opens the panel without its link; the second time it opens the one that runs, and ends',
  async () => {
    child = start(['servir', '--puerto', '0', '--abrir'], { cwd: office.folder, env: env() });
    const opened = join(office.folder, 'abierto');
    const [url = ''] = await lines(opened, 1);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

    const again = await office.run(['servir', '--puerto', new URL(url).port, '--abrir'], { env: env() });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`Puente ya está funcionando en este computador: ${url}`);
    expect(await lines(opened, 2)).toEqual([url, url]);
  },
);

/** The file's lines, once it has so many. */
async function lines(file: string, count: number): Promise<string[]> {
  for (;;) {
    const found = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    if (found.length >= count) return found;
    await wait(100);
  }
}
