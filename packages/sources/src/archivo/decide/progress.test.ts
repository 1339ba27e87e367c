import { describe, expect, it } from 'vitest';
import type { Cell } from '../grid.ts';
import type { ColumnAnswers } from './answers.ts';
import { progressReader } from './progress.ts';
import { readWritten } from './written.ts';

const percent = (value: number): Cell => ({ kind: 'percent', value });

function column(cells: Cell[], answers: ColumnAnswers = {}) {
  const read = progressReader('avance', cells.map(readWritten), answers);
  return cells.map((cell) => read(cell, () => {}));
}
const values = (cells: Cell[], answers?: ColumnAnswers) =>
  column(cells, answers).map(({ value, doubt }) => (doubt ? null : value));

describe('progress', () => {
  it.each<[Cell[], unknown[], ColumnAnswers?]>([
    [
      ['45,5', '45.5', 13.5],
      [45.5, 45.5, 13.5],
    ],
    [
      ['13.500', '1', '60'],
      [13.5, 1, 60],
    ],
    [
      ['45,5 %', percent(45.5), '60'],
      [45.5, 45.5, 60],
    ],
    [
      ['0', 0],
      [0, 0],
    ],
    [
      ['0,5', '33,3', '60'],
      [0.5, 33.3, 60],
    ],
    [[1, 0.45], [100, 45], { escalaAvance: '0-1' }],
    [[1, 0.57], [1, 0.57], { escalaAvance: '0-100' }],
    [[1, 0.45, percent(60)], [100, 45, 60], { avance: '0-1' }],
    [['0,85', 1, 85], [0.85, 1, 85], { Avance: '0-100' }],
    [[60, 67, 100], [60, 67, 100], { escalaAvance: '0-1' }],
    [[60, 67, 1], [60, 67, 1], { escalaAvance: '0-1' }],
    [['0,95', '1,05'], [0.95, 1.05], { avance: '0-100' }],
    [
      ['0,5', '1,5', '2,5'],
      [0.5, 1.5, 2.5],
    ],
    [
      ['harto', '60'],
      ['harto', 60],
    ],
  ])('%j is read', (cells, expected, answers) => expect(values(cells, answers)).toEqual(expected));

  it.each<[string, Cell[], unknown[]]>([
    ['fractions', ['1', '0,5', '0'], [null, null, 0]],
    ['ones and zeros', [1, 0, 1], [null, 0, null]],
    ['a 1 beside cells in %', [percent(60), 1, 0, 45], [60, null, 0, 45]],
    ['a fraction beside cells in %', ['60%', '0,5'], [60, null]],
    ['a fraction beside whole numbers', ['60', '0,5', '100'], [60, null, 100]],
    ['a 1 beside fractions and whole numbers', ['0,85', '1', 1, '85'], [null, null, null, 85]],
    ['fractions of which one passes the whole', ['0,95', '1,05', '1'], [null, null, null]],
    ['a fraction of three digits that passes the whole', ['0,95', '1,005'], [null, null]],
    ['one that passes the whole beside cells in %', [percent(60), '1,05'], [60, null]],
    ['one that passes the whole beside whole numbers', ['60', '1,2', '2'], [60, null, 2]],
    ['what lost its digits', ['6.0E+01', '70'], [null, 70]],
  ])('%s are held back', (_, cells, expected) => expect(values(cells)).toEqual(expected));

  it.each<[string, Cell[], unknown[], ColumnAnswers]>([
    [
      'of columns in doubt, where the column has more than fractions',
      ['0,85', 1, 85],
      [null, null, 85],
      { escalaAvance: '0-1' },
    ],
    ['of this column, where it has more than fractions', [1, 60, 100], [null, 60, 100], { avance: '0-1' }],
    [
      'of columns in doubt, and these have lost their %',
      [percent(60), 0.45],
      [60, null],
      { escalaAvance: '0-100' },
    ],
    [
      'of this column, where one passes the whole',
      ['0,95', '1,05', '1'],
      [null, null, null],
      { avance: '0-1' },
    ],
    [
      'of columns in doubt, where one passes the whole',
      ['0,95', '1,05'],
      [null, null],
      { escalaAvance: '0-1' },
    ],
    ['of another column', ['0,5', 1], [null, null], { avanceModulo: '0-1' }],
  ])('an answer does not settle it: %s', (_, cells, expected, answers) =>
    expect(values(cells, answers)).toEqual(expected),
  );

  it('of fractions, says what to correct where one passes the whole', () => {
    const fix = column(['0,95', '1,05'], { avance: '0-1' })[0]?.doubt?.fix;
    expect(fix).toMatch(/^Si 1 es 100 %, como está anotado, corrija los que pasan de 1, como «1,05»\./);
    expect(column(['0,95', '1,05'])[0]?.doubt?.fix).not.toContain('anotado, corrija');
  });

  it('says both readings and how to answer', () => {
    expect(column(['0,45'])[0]?.doubt).toEqual({
      message: '«0,45» puede ser 0,45 % o 45 %: la columna «avance» solo trae valores de 0 a 1.',
      fix: expect.stringContaining('«columnas: { avance: 0-1 }»'),
      asks: [{ clave: 'avance', opciones: ['0-1', '0-100'] }],
    });
    expect(column(['0,95', '1,05'])[1]?.doubt?.message).toBe(
      '«1,05» puede ser 1,05 % o 105 %: la columna «avance» trae también valores como 0,95.',
    );
    expect(column(['1,05'])[0]?.doubt?.message).toContain('la columna «avance» no dice cuál de los dos es');
    expect(column(['45%', 1])[1]?.doubt?.message).toContain('«1» puede ser 1 % o 100 %');
  });
});
