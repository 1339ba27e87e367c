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

test('a time whose format begins anew keeps all of it, and what the sheet shows', () => {
  expect(shown('h:mm:ss', 27.5 / 24)).toEqual({ kind: 'duration', seconds: 99_000, shows: '03:30:00' });
  expect(shown('mm:ss', 3.5 / 24)).toEqual({ kind: 'duration', seconds: 12_600, shows: '00:30:00' });
  expect(shown('[h]:mm:ss', 27.5 / 24)).toEqual({ kind: 'duration', seconds: 99_000 });
  expect(shown('h:mm', 3.5 / 24)).toEqual({ kind: 'duration', seconds: 12_600 });
});

test('a date of which no day is shown says so', () => {
  expect(shown('mmm-yy', 46_296)).toEqual({ kind: 'date', text: '2026-10-01', dayless: true });
  expect(shown('dd-mmm-yy', 46_296)).toEqual({ kind: 'date', text: '2026-10-01' });
});
