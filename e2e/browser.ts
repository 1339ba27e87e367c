import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The system's Chromium, found by itself or named by PUENTE_CHROMIUM; null where none is installed. */
export const CHROMIUM =
  [
    process.env.PUENTE_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ].find(isExecutable) ?? null;

if (CHROMIUM === null) {
  console.log('Browser tests are skipped: no Chromium here (install it, or name it in PUENTE_CHROMIUM).');
}

/** Starts it with nothing that would reach for the network by itself. */
export function startBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('There is no Chromium here.');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function isExecutable(file: string | undefined): file is string {
  if (!file) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
