import { expect, test } from 'vitest';
import { alumnoOf } from './body.ts';

const sent = (porcentajeAvance: unknown) =>
  alumnoOf({ porcentajeAvance }, { version: 2, noche: '2026-11-22' }).porcentajeAvance;

test.each([
  [13.5, 14],
  ['13.49', 13],
  [99.5, 100],
  [0, 0],
])('a percentage of %s goes as %i', (given, whole) => {
  expect(sent(given)).toBe(whole);
});

test.each([-0.3, 100.4, 'mucho', null])('%s is no percentage: it stays, for preflight to name', (given) => {
  expect(sent(given)).toBe(given);
});
