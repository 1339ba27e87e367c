import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLease } from '../src/lease.ts';
import { type Ledger, openLedger } from '../src/ledger/ledger.ts';

const RUT = '76111222-8';
let datos: string;
let ledger: Ledger;
beforeEach(async () => {
  datos = mkdtempSync(join(tmpdir(), 'puente-lease-'));
  ledger = await openLedger(datos);
});
afterEach(async () => {
  await ledger.close();
  rmSync(datos, { recursive: true });
});

test('another process is kept out, and its death by kill -9 frees the lease at once', async () => {
  const engine = fileURLToPath(new URL('../dist/', import.meta.url));
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { openLedger } from ${JSON.stringify(`${engine}ledger/ledger.js`)};
       import { takeLease } from ${JSON.stringify(`${engine}lease.js`)};
       const lease = takeLease(await openLedger(${JSON.stringify(datos)}), ${JSON.stringify(RUT)});
       console.log(lease ? 'held' : 'busy');
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said] = await once(holder.stdout, 'data');
  expect(String(said).trim()).toBe('held');
  expect(takeLease(ledger, RUT)).toBeNull();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lease = takeLease(ledger, RUT);
  expect(lease).not.toBeNull();
  lease?.release();
});
