import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Utf8Scan } from './utf8-scan.ts';

const bytes = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => new Uint8Array(Buffer.from(text))),
  fc.uint8Array({ max: 255 }),
  // Halves of characters: what random bytes hardly ever come near to.
  fc
    .array(fc.constantFrom(0x41, 0xc3, 0xb1, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80))
    .map((list) => Uint8Array.from(list)),
);

test('bytes are UTF-8 piece by piece if they are as a whole, wherever the pieces are cut', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 7 }), (sent, piece) => {
      const scan = new Utf8Scan();
      for (let at = 0; at < sent.length; at += piece) scan.push(sent.subarray(at, at + piece));
      expect(scan.finish()).toBe(isUtf8(sent));
    }),
    { numRuns: 2_000 },
  );
});
