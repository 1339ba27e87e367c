import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readToken } from './token.ts';

it('reads a token in upper case and tells when that changed it', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const token = uuid.toUpperCase();
      expect(readToken(token)).toEqual({ token, changed: false });
      expect(readToken(` ${uuid}\n`)).toEqual({ token, changed: true });
    }),
  );
});

it.each([
  '',
  'token',
  '7D1F0C52-93AE-4B60-8C1D-2F5A9E6B3C0',
  '7D1F0C52-93AE-4B60-8C1D-2F5A9E6B3C01X',
  '7D1F0C5293AE4B608C1D2F5A9E6B3C01',
  '7D1F0C52-93AE-4B60-8C1D-2F5A9E6B3CÑ1',
])('does not read «%s»', (text) => expect(readToken(text)).toBeNull());
