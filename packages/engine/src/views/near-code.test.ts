import { expect, test } from 'vitest';
import { nearCode } from './near-code.ts';

test.each([
  ['PRES028011000240', 'PRES028011000204', 'two digits that changed places'],
  ['PRES028011000205', 'PRES028011000204', 'one digit'],
  ['PRES02801100204', 'PRES028011000204', 'a digit that was lost'],
  ['PRES0280110000204', 'PRES028011000204', 'a digit too many'],
  ['pres028011000204', 'PRES028011000204', 'small letters'],
])('%s most likely is %s (%s)', (code, right) => {
  expect(nearCode(code, ['OTRO-1', right, 'PRES028099999999'])).toBe(right);
});

test('what is far from all, or near two, is not guessed', () => {
  expect(nearCode('PRES028011000240', ['PRES028011000999'])).toBeNull();
  expect(nearCode('PRES028011000203', ['PRES028011000204', 'PRES028011000205'])).toBeNull();
  expect(nearCode('PRES028011000204', [])).toBeNull();
});
