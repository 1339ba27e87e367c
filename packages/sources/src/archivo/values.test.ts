import { describe, expect, it, vi } from 'vitest';
import type { Cell } from './grid.ts';
import { readActividades, readAmount, readDate, readEstado, readPercentage, type Tell } from './values.ts';

function reading(read: (cell: Cell, tell: Tell) => unknown, cell: Cell) {
  const tell = vi.fn<Tell>();
  return { value: read(cell, tell), told: tell.mock.calls.map(([kind]) => kind) };
}

describe('amounts and times in seconds', () => {
  it.each<[Cell, unknown]>([
    ['3600', 3600],
    [' 3600 ', 3600],
    [3600, 3600],
    ['12,5', 12.5],
    ['12.25', 12.25],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['12.345.678,25', 12_345_678.25],
    ['1 234', 1234],
    ['1\u00a0234', 1234],
    ['-5', -5],
    ['1e3', 1000],
    ['01:30:00', 5400],
    ['100:00:01', 360_001],
    [{ kind: 'duration', seconds: 91_800 }, 91_800],
  ])('%j is read', (cell, expected) => {
    expect(reading(readAmount, cell)).toEqual({ value: expected, told: [] });
  });

  it.each([
    ['12.345', 12_345],
    ['12,345', 12_345],
    ['1.234.567', 1_234_567],
  ])('%s is read with separators of thousands, and told', (cell, expected) => {
    expect(reading(readAmount, cell)).toEqual({ value: expected, told: ['thousands'] });
  });

  it.each(['1:30', '2 h', '1h 30m', 'N/A', '1.23.456', '1e400', '--5', '1,2,3', '45%', '0x10', '01:75:00'])(
    '%s stays as it is, to be refused',
    (text) => {
      expect(reading(readAmount, text)).toEqual({ value: text, told: [] });
    },
  );

  it('leaves what is no text and no number', () => {
    expect(reading(readAmount, true).value).toBe(true);
    expect(reading(readAmount, { kind: 'date', text: '2026-08-31' }).value).toBe('2026-08-31');
    expect(reading(readAmount, { kind: 'error', text: '#N/A' })).toEqual({
      value: '#N/A',
      told: ['formulas'],
    });
  });
});

describe('percentages', () => {
  it.each<[Cell, unknown]>([
    ['45,5', 45.5],
    ['45.5', 45.5],
    ['13.500', 13.5],
    ['45,5 %', 45.5],
    ['100%', 100],
    [0.45, 0.45],
    [{ kind: 'percent', value: 45.5 }, 45.5],
    ['cuarenta', 'cuarenta'],
    ['%', '%'],
    ['50 %%', '50 %%'],
  ])('%j', (cell, expected) => {
    expect(reading(readPercentage, cell)).toEqual({ value: expected, told: [] });
  });
});

describe('dates', () => {
  it.each<[Cell, unknown, string[]]>([
    ['2026-08-31', '2026-08-31', []],
    ['2026-08-31 10:00:00', '2026-08-31 10:00:00', []],
    ['2026/8/1', '2026-08-01', []],
    ['2026-08-31T10:00:00', '2026-08-31 10:00:00', []],
    ['31-08-2026', '2026-08-31', ['dates']],
    ['31/08/2026', '2026-08-31', ['dates']],
    ['1.9.2026', '2026-09-01', ['dates']],
    ['31/08/2026 9:30', '2026-08-31 09:30:00', ['dates']],
    ['31/08/2026 00:00:00', '2026-08-31', ['dates']],
    [{ kind: 'date', text: '2026-08-31' }, '2026-08-31', []],
    [46265, '2026-08-31', ['serials']],
  ])('%j', (cell, expected, told) => {
    expect(reading(readDate, cell)).toEqual({ value: expected, told });
  });

  it("turns an instant with a zone into Santiago's", () => {
    expect(reading(readDate, '2026-12-19T02:59:00Z').value).toBe('2026-12-18 23:59:00');
    expect(reading(readDate, '2026-12-18T00:00:00-03:00').value).toBe('2026-12-18');
  });

  it.each(['31-02-2026', '08/31/2026', '31-08-26', '31-08/2026', 'mañana', '46265', '2026-13-01'])(
    '%s is not guessed',
    (text) => {
      expect(reading(readDate, text)).toEqual({ value: text, told: [] });
    },
  );

  it('leaves a number that is no day of this century', () => {
    expect(reading(readDate, 20260831).value).toBe(20260831);
  });
});

describe('other columns', () => {
  it('reads the estado as its number or its word', () => {
    expect(
      ['1', 2, 'Aprobada', 'EN CURSO', 'retirado'].map((cell) => reading(readEstado, cell).value),
    ).toEqual([1, 2, 2, 1, 'retirado']);
  });

  it.each<[Cell, string[]]>([
    ['Foro | Tarea 1|', ['Foro', 'Tarea 1']],
    ['Foro; Tarea 1', ['Foro', 'Tarea 1']],
    ['Lea; responda | Tarea 1', ['Lea; responda', 'Tarea 1']],
    ['Foro\nTarea 1', ['Foro', 'Tarea 1']],
    [{ kind: 'list', items: ['Foro; parte 1', 'Tarea'] }, ['Foro; parte 1', 'Tarea']],
    [12, ['12']],
    ['á'.repeat(70), ['á'.repeat(70)]],
  ])('separates activities: %j', (cell, expected) => {
    expect(readActividades(cell).map(({ codigoActividad }) => codigoActividad)).toEqual(expected);
  });
});
