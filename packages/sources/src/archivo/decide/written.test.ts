import { describe, expect, it } from 'vitest';
import type { Cell } from '../grid.ts';
import { decimalSign, readWritten } from './written.ts';

describe('a figure as it is written', () => {
  it.each<[Cell, number]>([
    ['3600', 3600],
    [' 3600 ', 3600],
    [3600, 3600],
    [{ kind: 'shown', value: 446, text: '0446' }, 446],
    ['12,5', 12.5],
    ['12.25', 12.25],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['12.345.678,25', 12_345_678.25],
    ['1.234.567', 1_234_567],
    ['12600.000', 12_600],
    ['0.450', 0.45],
    ['1 234', 1234],
    ['1\u00a0234', 1234],
    ['1\u202f234\u202f567', 1_234_567],
    ["12'600", 12_600],
    ['\u200e45', 45],
    ['-5', -5],
  ])('%j is a number', (cell, value) => expect(readWritten(cell)).toMatchObject({ kind: 'number', value }));

  it.each<[Cell, number]>([
    ['45,5 %', 45.5],
    ['100%', 100],
    ['13.500%', 13.5],
    [{ kind: 'percent', value: 45.5 }, 45.5],
  ])('%j is a percentage', (cell, value) =>
    expect(readWritten(cell)).toMatchObject({ kind: 'percent', value }),
  );

  it.each<[Cell, number]>([
    ['01:30:00', 5400],
    ['100:00:01', 360_001],
    ['01:30:00.0000000', 5400],
    [{ kind: 'duration', seconds: 91_800 }, 91_800],
  ])('%j is a length of time', (cell, seconds) =>
    expect(readWritten(cell)).toEqual({ kind: 'time', seconds }),
  );

  it.each([
    ['3.600', { sign: '.', grouped: 3600, decimal: 3.6 }],
    ['-3,600', { sign: ',', grouped: -3600, decimal: -3.6 }],
  ])('%s may be two numbers', (text, read) =>
    expect(readWritten(text)).toMatchObject({ kind: 'threes', ...read }),
  );

  it.each(['1.26E+04', '1,26E+04', '1e3', '6.0E-2'])('%s has lost its last digits', (text) =>
    expect(readWritten(text)).toEqual({ kind: 'rounded', text }),
  );

  it.each<Cell>([
    '1:30',
    '2 h',
    '1h 30m',
    '1.23.456',
    '1e4000',
    '--5',
    '1,2,3',
    '0x10',
    '01:75:00',
    '%',
    '50 %%',
    true,
  ])('%s is no figure', (cell) => expect(readWritten(cell)).toEqual({ kind: 'other', value: cell }));

  it('what is no text goes as a person would read it', () => {
    expect(readWritten({ kind: 'date', text: '2026-08-31' })).toEqual({ kind: 'other', value: '2026-08-31' });
    expect(readWritten({ kind: 'error', text: '#N/A' })).toEqual({ kind: 'other', value: '#N/A' });
  });
});

it.each([
  [['3.600', '12'], null],
  [['12,5', '3.600'], ','],
  [['12600.000', '45'], '.'],
  [['1.234.567'], ','],
  [['45,5%'], ','],
  [['12,5', '12.5'], null],
])('%j prove the decimal sign %s', (texts, sign) => expect(decimalSign(texts.map(readWritten))).toBe(sign));
