import { MAX_CODIGO_ENVIO } from '@puente-sic/protocol';
import { expect, test } from 'vitest';
import { newCodigoEnvio } from './codigo-envio.ts';

test('readable, short, ASCII and never the same', () => {
  const codes = Array.from({ length: 2000 }, () => newCodigoEnvio('2026-11-22'));
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(code).toMatch(/^P-20261122-[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(code.length).toBeLessThanOrEqual(MAX_CODIGO_ENVIO);
  }
});
