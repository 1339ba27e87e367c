import { describe, expect, it, vi } from 'vitest';
import type { Cell } from '../grid.ts';
import { readCodeCell } from './codes.ts';
import type { Tell } from './reader.ts';

function reading(cell: Cell) {
  const tell = vi.fn<Tell>();
  const { value, doubt } = readCodeCell(cell, 'codigoModulo', tell);
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
    ["'0446", '0446', ['signs']],
  ])('%j is %s', (cell, value, told) => expect(reading(cell)).toEqual({ value, told }));

  it.each<Cell>(['2,02601E+14', '2E+14', 2_026_011_234_567_890, '20260112345678900000', 'CAP\uFFFD1'])(
    '%j was changed on its way and is held back',
    (cell) => expect(reading(cell).value).toBeNull(),
  );
});
