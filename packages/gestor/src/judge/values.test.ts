import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fechaText, figureText, percentageText, readCode, readEstado, sentText, storable } from './values.ts';

test('figures, percentages and dates become the history’s text', () => {
  expect([figureText(200), figureText(' 1e3 '), figureText('abc'), figureText(undefined)]).toEqual([
    '200',
    '1000',
    'abc',
    null,
  ]);
  expect([percentageText(10), percentageText('13.5'), percentageText(null)]).toEqual([
    '10.00000',
    '13.50000',
    null,
  ]);
  expect([fechaText('2021-04-01'), fechaText('2021-04-01 23:59:00'), fechaText('01-04-2021')]).toEqual([
    '2021-04-01 00:00:00',
    '2021-04-01 23:59:00',
    '01-04-2021',
  ]);
});

test('a code is text or a number, exactly as it is', () => {
  expect(['A ', 501, '', null, true, Number.NaN].map(readCode)).toEqual([
    'A ',
    '501',
    null,
    null,
    null,
    null,
  ]);
});

test('an estado that is none of the three counts as 1', () => {
  expect([1, 2, 3, '2', 0, 4, 2.5, null, undefined].map(readEstado)).toEqual([1, 2, 3, 2, 1, 1, 1, 1, 1]);
});

test('whatever was sent becomes text that both databases hold, of at most 255 characters', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.jsonValue()), (value) => {
      const text = sentText(value);
      if (text === null) return;
      expect(Array.from(text).length).toBeLessThanOrEqual(255);
      expect(text.includes('\0')).toBe(false);
      expect(Buffer.from(text).toString()).toBe(text);
    }),
  );
});

test('text that is sound is left as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      (text) => {
        expect(storable(text)).toBe(text);
      },
    ),
  );
});
