import { expect, test } from 'vitest';
import { qualifiedHeader } from './qualified.ts';

test('a header says what it says besides its name; what is longer than any name of a column is not looked into', () => {
  expect(qualifiedHeader('RUT sin puntos y con guión')).toEqual({
    bare: 'RUT ',
    said: 'sin puntos y con guión',
  });
  expect(qualifiedHeader(`Avance ${'muy '.repeat(5)}total`)?.said).toBe('total');
  // Its patterns take the square of the length, on the loop that sends.
  expect(qualifiedHeader(`Avance ${'muy '.repeat(2000)}total`)).toBe(null);
});
