import { describe, expect, it, vi } from 'vitest';
import type { Cell } from '../grid.ts';
import { codeReader } from './codes.ts';
import type { Tell } from './reader.ts';

function reading(cell: Cell, others: Cell[] = []) {
  const tell = vi.fn<Tell>();
  const { value, doubt } = codeReader('codigoModulo', [cell, ...others])(cell, tell);
  return { value: doubt ? null : value, told: tell.mock.calls.map(([kind]) => kind) };
}

describe('a code', () => {
  it.each<[Cell, string, string[]]>([
    ['PRES028008000001', 'PRES028008000001', []],
    [' pres-1 ', 'pres-1', []],
    ['0446', '0446', []],
    ['01-13', '01-13', []],
    ['MAR-01', 'MAR-01', []],
    ['M1-oct', 'M1-oct', []],
    ['1e5', '1e5', []],
    [446, '446', []],
    [{ kind: 'shown', value: 446, text: '0446' }, '0446', []],
    [202_601_123_456_789, '202601123456789', []],
    ['PRES1\u200b', 'PRES1', ['invisible']],
    ['CAP–26—01', 'CAP-26-01', ['signs']],
    ['CAP\u00a026', 'CAP 26', ['signs']],
    ["'0446", '0446', ['codes']],
    ['PR\u0415S028008000001', 'PRES028008000001', ['codes']],
    ['\uFF30\uFF32\uFF25\uFF33\uFF11', 'PRES1', ['codes']],
    ['PRES 028008000001', 'PRES028008000001', ['codes']],
    ['PRES\u00a0028008000001', 'PRES028008000001', ['signs', 'codes']],
    ['CAP-26-01-13- 0446-1', 'CAP-26-01-13-0446-1', ['codes']],
    ['6,044,612,345,678', '6044612345678', ['codes']],
    ['6.044.612', '6044612', ['codes']],
    ['6 044 612', '6044612', ['codes']],
    ['Sección 1', 'Sección 1', []],
    ['M1.2', 'M1.2', []],
  ])('%j is %s', (cell, value, told) => expect(reading(cell)).toEqual({ value, told }));

  it.each<[Cell, Cell, string]>([
    ['PRES1.0', 'PRES1', 'PRES1'],
    ['PRES 1', 'PRES1', 'PRES1'],
    ['6.044', '6044', '6044'],
  ])('%j beside %j is %s, and told', (cell, other, value) =>
    expect(reading(cell, [other])).toEqual({ value, told: ['codes'] }),
  );

  it.each<[Cell, Cell[]]>([
    ['PRES1.0', ['PRES2']],
    ['6.044', []],
    ['6,044,612', ['06044612']],
    ['PRES\u0416', []],
  ])('%j beside %j can mean two things and is held back', (cell, others) =>
    expect(reading(cell, others).value).toBeNull(),
  );

  it.each<Cell>([
    '2,02601E+14',
    '2E+14',
    2_026_011_234_567_890,
    '20260112345678900000',
    'CAP\uFFFD1',
    true,
    'VERDADERO',
  ])('%j was changed on its way and is held back', (cell) => expect(reading(cell).value).toBeNull());
});
