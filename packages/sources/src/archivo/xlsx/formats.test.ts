import { expect, test } from 'vitest';
import { meaningOfCode, typedNumber } from './formats.ts';

const shown = (code: string, value: number) => typedNumber(value, meaningOfCode(code), false);

test('a number in whose place a word stands is that word', () => {
  const code = '[=2]"Aprobado";[=3]"Reprobado";General';
  expect(shown(code, 3)).toEqual({ kind: 'shown', value: 3, text: 'Reprobado' });
  expect(shown(code, 1)).toBe(1);
  expect(shown('[Red][<60]"Reprobado";0', 45)).toEqual({ kind: 'shown', value: 45, text: 'Reprobado' });
});

test('colours, conditions with figures and signs for nothing leave the number', () => {
  expect(shown('[Red][<60]0;0', 45)).toBe(45);
  expect(shown('[=0]"-";0', 0)).toBe(0);
});

test('the first days of 1900 are those that Excel shows', () => {
  expect(shown('dd/mm/yyyy hh:mm', 1.0625)).toEqual({ kind: 'date', text: '1900-01-01 01:30:00' });
  expect(shown('dd/mm/yyyy', 59)).toEqual({ kind: 'date', text: '1900-02-28' });
  expect(shown('dd/mm/yyyy', 61)).toEqual({ kind: 'date', text: '1900-03-01' });
});
