import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('one holder per provider; free again when released', () => {
  const lease = takeLease(ledger, RUT);
  expect(lease).not.toBeNull();
  expect(takeLease(ledger, RUT)).toBeNull();
  const other = takeLease(ledger, '76333444-2');
  expect(other).not.toBeNull();
  lease?.release();
  const again = takeLease(ledger, RUT);
  expect(again).not.toBeNull();
  again?.release();
  other?.release();
});
