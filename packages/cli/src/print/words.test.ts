import { expect, test } from 'vitest';
import { count, dottedRut, duration, whole } from './words.ts';

test('figures as Chileans write them', () => {
  expect(whole(1234567)).toBe('1.234.567');
  expect(count(1, 'registro', 'registros')).toBe('1 registro');
  expect(count(0, 'registro', 'registros')).toBe('0 registros');
  expect(count(1200, 'registro', 'registros')).toBe('1.200 registros');
  expect(duration(1240)).toBe('1,2 s');
  expect(duration(125_000)).toBe('2 min 5 s');
});

test.each([
  ['16000004-K', '16.000.004-K'],
  ['5126663-3', '5.126.663-3'],
  ['1-9', '1-9'],
  ['no es un RUT', 'no es un RUT'],
])('%s reads as %s', (rut, dotted) => {
  expect(dottedRut(rut)).toBe(dotted);
});
