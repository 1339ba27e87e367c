import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from './habits/judge.ts';
import { sheetOf } from './habits/sheet.ts';
import { read } from './reading.ts';

it('what people write is read as they mean it, or told; never another value in silence', async () => {
  let values = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), async (seed) => {
      const { bytes, file, meant, columnas, known } = sheetOf(seed);
      const verdict = judge(await read(bytes, file, {}, columnas), meant, known);
      values += verdict.read;
      expect(verdict.wrong).toEqual([]);
    }),
    { numRuns: 300 },
  );
  // A reader that holds everything back would be right as well.
  expect(values).toBeGreaterThan(1000);
});
