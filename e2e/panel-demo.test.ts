import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';

const BIN = fileURLToPath(new URL('../packages/cli/bin/puente.js', import.meta.url));

describe.skipIf(CHROMIUM === null)('npm start, as who tries Puente for the first time sees it', () => {
  let child: ChildProcess;
  let folder: string;
  let browser: Browser;
  let desk: Desk;
  let enlace: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'puente-npm-start-'));
    const args = [BIN, 'demo', '--panel', '--puerto', '0', '--json'];
    child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, TMPDIR: folder } });
    const [chunk] = await once(child.stdout ?? child, 'data');
    const said: { panel: string; enlace: string } = JSON.parse(String(chunk));
    enlace = said.enlace;
    browser = await startBrowser();
    desk = new Desk(browser, () => said.panel);
  });

  afterEach(() => desk.clear());

  afterAll(async () => {
    await browser?.close();
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  test('the link opens it without a password; it says that it is a rehearsal, and a corrected sheet is two clicks away', async () => {
    const page = await desk.open(enlace, { anonymous: true });
    await page.getByRole('heading', { name: /^Esto es un ensayo/ }).waitFor();
    expect(await page.getByText('Nada de esto llega a SENCE.').isVisible()).toBe(true);
    expect(page.url()).not.toContain('codigo');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Probar planilla-gestion.csv' }).click();
    await page.getByRole('heading', { name: /^Así entendí su planilla/ }).waitFor();
    await page.getByRole('button', { name: /^Enviar el avance de/ }).click();
    await page
      .getByText(/aceptó|aceptados/)
      .first()
      .waitFor();
  });
});
