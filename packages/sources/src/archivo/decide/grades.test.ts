import { describe, expect, it } from 'vitest';
import type { Cell } from '../grid.ts';
import type { ColumnAnswers } from './answers.ts';
import { gradeReader } from './grades.ts';
import { markQuestions } from './mark-questions.ts';
import { readWritten } from './written.ts';

interface Situation {
  answers?: ColumnAnswers;
  /** 2 approved, 3 failed. */
  estados?: unknown[];
  elsewhere?: number;
  exigencia?: number;
}

/** What a column makes of its marks; `undefined` where they are left out. */
function column(cells: Cell[], { answers = {}, estados = [], elsewhere = 0, exigencia }: Situation = {}) {
  const marks = cells.map((cell, index) => ({ written: readWritten(cell), estado: estados[index] }));
  const known = { answers, elsewhere, name: 'nota', ...(exigencia !== undefined && { exigencia }) };
  const { read, ...asked } = gradeReader('nota', marks, known);
  return {
    values: cells.map((cell) => read(cell, () => {}).value),
    questions: markQuestions([asked], answers),
  };
}

const left = (count: number): undefined[] => new Array<undefined>(count).fill(undefined);
const percent = (value: number): Cell => ({ kind: 'percent', value });

describe('marks', () => {
  it.each<[Cell[], unknown[], Situation?]>([
    [
      ['85', '6', 100],
      [85, 6, 100],
    ],
    [
      ['85,00', '6,50', '100,00'],
      [85, 6.5, 100],
    ],
    [
      ['0', 0],
      [0, 0],
    ],
    [
      ['6,5%', percent(5)],
      [6.5, 5],
    ],
    [['65', '70', '62'], [65, 70, 62], { estados: [2, 2, 1], elsewhere: 85 }],
    [['55', '45'], [55, 45], { estados: [1, 1] }],
    [['65', '55'], [65, 55], { estados: [2, 3] }],
    [['45', '82'], [45, 82], { estados: [2, 2] }],
    [['65,5', '45'], [65.5, 45], { estados: [2, 2] }],
    [['65'], [65], { estados: [2], elsewhere: 71 }],
    [['65', '30 %'], [65, 30], { estados: [2, 1] }],
    [['65', '9'], [65, 9], { estados: [2, 1] }],
  ])('%j are percentages', (cells, values, situation) =>
    expect(column(cells, situation)).toEqual({ values, questions: [] }),
  );

  it('that never pass 7 are left out and asked about', () => {
    const { values, questions } = column(['6,5', '5.2', 7, 0, '']);
    expect(values).toEqual(left(5));
    expect(questions).toEqual([
      {
        headers: ['nota'],
        message: expect.stringContaining(
          'la columna «nota» trae notas de 5,2 a 7: parecen de la escala de 1,0 a 7,0',
        ),
        fix: expect.stringContaining('«columnas: { nota: 1-7 }» si es así, «columnas: { nota: 0-100 }»'),
        asks: [{ clave: 'nota', opciones: ['1-7', '0-100'] }],
      },
    ]);
  });

  it.each<[string, Cell[], Situation, string]>([
    ['from 1 to 10', ['9,5', '8', '10', '7,2'], {}, 'de una escala de 0 a 10'],
    ['from 0 to 1', ['0,95', '1'], {}, 'fracciones de 1'],
    [
      'of 1–7 without their sign',
      ['55', '67', '45', '39'],
      { estados: [2, 2, 2, 3] },
      'sin la coma, de 10 a 70',
    ],
    ['that all could be so', ['65', '61'], { estados: [2, 1] }, 'sin la coma, de 10 a 70'],
    ['of 20', ['14', '18'], { estados: [2, 1] }, 'de otra escala'],
  ])('%s are left out and asked about', (_, cells, situation, looks) => {
    const { values, questions } = column(cells, situation);
    expect(values).toEqual(left(cells.length));
    expect(questions).toMatchObject([{ message: expect.stringContaining(looks) }]);
  });

  it.each<[string, Cell[], Situation]>([
    ['one of who is approved is below 10', ['6,5', '3,2', '85', '4'], { estados: [2, 3, 1, 1] }],
    ['one has decimals as a mark, and the percentages none', ['85', '6,5', '100', '4'], {}],
  ])('of two scales are left out as a whole, but for those in %%: %s', (_, cells, situation) => {
    const { values, questions } = column([...cells, '90 %'], situation);
    expect(values).toEqual([...left(4), 90]);
    expect(questions).toMatchObject([{ message: expect.stringContaining('notas como «6,5»') }]);
    const answers = { nota: '0-100' };
    expect(column(cells, { ...situation, answers }).values).not.toContain(undefined);
  });

  it.each<[Cell, string]>([
    ['0', '0'],
    [0, '0'],
    ['5 %', '5 %'],
    [percent(6.5), '6,5 %'],
  ])('a %j of who is approved is left out and told', (cell, shown) => {
    const { values, questions } = column([cell, '85'], { estados: [2, 2] });
    expect(values).toEqual([undefined, 85]);
    expect(questions).toMatchObject([
      { message: expect.stringContaining(`aprobados con una nota bajo 10 de 100 («${shown}»)`) },
    ]);
    expect(column([cell], { estados: [2], answers: { nota: '0-100' } }).questions).toEqual([]);
  });

  it.each<Cell>(['6.5/7', 'A+', '85 pts', '650', '650 %', '-1', '-0,5', '1:30:00'])(
    'that are no percentage are left out: %j',
    (cell) => expect(column([cell, '90']).values).toEqual([undefined, 90]),
  );

  it('in scientific notation are left out', () => {
    expect(column(['8.5E+01', '90']).values).toEqual([undefined, 90]);
  });
});

describe('marks whose scale was answered', () => {
  it.each<[Cell[], unknown[], Situation]>([
    [['4,0', '7', '1', '0', '6,5'], [50, 100, 0, undefined, 92], { answers: { nota: '1-7' } }],
    [['4,0', '7', '2,5'], [60, 100, 30], { answers: { 'Nota Módulo': '1-7' }, exigencia: 60 }],
    [['4,0', '7'], [50, 100], { answers: { escalaNotas: '1-7' } }],
    [['40', '70', '39'], [50, 100, 48], { answers: { nota: '10-70' } }],
    [['9,5', '10'], [95, 100], { answers: { escalaNotas: '0-10' } }],
    [['6,5'], [6.5], { answers: { escalaNotas: '0-100' } }],
    [['0,85'], [85], { answers: { escalaNotas: '0-1' } }],
  ])('%j are as answered', (cells, values, situation) => {
    expect(column(cells, situation)).toEqual({ values, questions: [] });
  });

  it('fractions beside cells in % are not settled by what was answered of others', () => {
    const { values, questions } = column(['0,85', percent(80)], { answers: { escalaNotas: '0-100' } });
    expect(values).toEqual([undefined, 80]);
    expect(questions).toHaveLength(1);
  });

  it.each(['1-7', '10-70', '0-10', '0-1'] as const)(
    'plain percentages are not touched by %s, answered of columns in doubt',
    (escalaNotas) => {
      expect(column(['85', '71'], { answers: { escalaNotas } })).toEqual({ values: [85, 71], questions: [] });
    },
  );

  it.each<[string, Cell[], ColumnAnswers, string]>([
    ['another than was answered of the column', ['4,0', '65', '6,5'], { nota: '1-7' }, '«65»'],
    ['percentages, or not', ['45', '62'], { escalaNotas: '10-70' }, 'pueden ser porcentajes'],
    ['percentages with one that may be a mark', ['85', '6'], { escalaNotas: '1-7' }, 'notas como «6»'],
    ['another than columns in doubt are in', ['9,5', '4'], { escalaNotas: '1-7' }, 'de 0 a 10'],
  ])('%s are left out as a whole and asked about', (_, cells, answers, message) => {
    const { values, questions } = column(cells, { answers });
    expect(values).toEqual(left(cells.length));
    expect(questions).toMatchObject([{ message: expect.stringContaining(message) }]);
  });
});
