import { describe, expect, it, vi } from 'vitest';
import type { Cell } from '../grid.ts';
import { dateReader, isMonthFirst } from './dates.ts';
import type { Tell } from './reader.ts';

function reading(cell: Cell, monthFirst: string | null = null, date1904 = false) {
  const tell = vi.fn<Tell>();
  const { value, doubt } = dateReader('fecha', monthFirst, date1904)(cell, tell);
  return { value: doubt ? null : value, told: tell.mock.calls.map(([kind]) => kind) };
}

describe('dates', () => {
  it.each<[Cell, unknown, string[]]>([
    ['2026-08-31', '2026-08-31', []],
    ['2026-08-31 10:00:00', '2026-08-31 10:00:00', []],
    ['2026/8/1', '2026-08-01', []],
    ['2026-08-31T10:00:00', '2026-08-31 10:00:00', []],
    ['2026-08-31 00:00:00.000', '2026-08-31', []],
    ['31-08-2026', '2026-08-31', ['dates']],
    ['31/08/2026', '2026-08-31', ['dates']],
    ['\u200e31/08/2026', '2026-08-31', ['dates']],
    ['1.9.2026', '2026-09-01', ['dates']],
    ['31/08/2026 9:30', '2026-08-31 09:30:00', ['dates']],
    ['31/08/2026 00:00:00', '2026-08-31', ['dates']],
    [{ kind: 'date', text: '2026-08-31' }, '2026-08-31', []],
    [46265, '2026-08-31', ['serials']],
  ])('%j', (cell, value, told) => expect(reading(cell)).toEqual({ value, told }));

  it('of a workbook that counts from 1904', () => {
    expect(reading(44838, null, true)).toEqual({ value: '2026-10-05', told: ['serials'] });
  });

  it.each(['2026-12-19T02:59:00Z', '2026-12-19 02:59:00+00:00'])("turns %s into Santiago's", (text) => {
    expect(reading(text).value).toBe('2026-12-18 23:59:00');
  });

  it.each(['31-02-2026', '08/31/2026', '31-08-26', '31-08/2026', 'mañana', '46265', '2026-13-01', 20260831])(
    '%s is not guessed',
    (cell) => expect(reading(cell)).toEqual({ value: cell, told: [] }),
  );

  it('in a table that writes the month first are held back', () => {
    expect(['10/25/2026', '25/10/2026', '05/10/2026', 'x', null].map(isMonthFirst)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(reading('05/10/2026', '10/25/2026').value).toBeNull();
    expect(reading('2026-10-05', '10/25/2026').value).toBe('2026-10-05');
  });
});
