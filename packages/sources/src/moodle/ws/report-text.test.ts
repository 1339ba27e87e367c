import { describe, expect, it } from 'vitest';
import { readDisplayDate, readDuration } from './report-text.ts';

describe('readDisplayDate', () => {
  it.each([
    ['Thursday, 8 October 2026, 7:31 PM', [2026, 10, 8, 19, 31, 0]],
    ['Wednesday, 30 September 2026, 12:00 AM', [2026, 9, 30, 0, 0, 0]],
    ['Sunday, 1 March 2026, 12:05 PM', [2026, 3, 1, 12, 5, 0]],
    ['jueves, 8 de octubre de 2026, 19:31', [2026, 10, 8, 19, 31, 0]],
    ['22 de septiembre de 2026, 07:05:09', [2026, 9, 22, 7, 5, 9]],
    ['8 oct. 2026, 7:31 p. m.', [2026, 10, 8, 19, 31, 0]],
  ])('%s', (text, [year, month, day, hour, minute, second]) =>
    expect(readDisplayDate(text)).toEqual({ year, month, day, hour, minute, second }),
  );

  it.each(['', 'Never', 'Nunca', '8 brumario 2026, 10:00'])('null for %j', (text) =>
    expect(readDisplayDate(text)).toBeNull(),
  );
});

describe('readDuration', () => {
  it.each<[string, number | null]>([
    ['33 hours 31 mins', 120_660],
    ['1 hour 26 mins', 5_160],
    ['44 mins', 2_640],
    ['2 horas 5 minutos', 7_500],
    ['1 día 2 horas', 93_600],
    ['1 hora y 5 segundos', 3_605],
    ['01:30:05', 5_405],
    ['-', 0],
    ['', 0],
    ['Ninguno', 0],
    ['12 Stunden', null],
    ['mucho', null],
    ['5', null],
    ['3 hours <b>', null],
  ])('%j', (text, seconds) => expect(readDuration(text)).toBe(seconds));
});
