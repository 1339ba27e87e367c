import { describe, expect, it } from 'vitest';
import type { Cell } from '../grid.ts';
import type { ColumnAnswers } from './answers.ts';
import { askedMarks, gradeReader } from './grades.ts';
import { readWritten } from './written.ts';

function column(cells: Cell[], answers: ColumnAnswers = {}, approved: boolean[] = [], exigencia?: number) {
  const { read, ...grades } = gradeReader(cells.map(readWritten), approved, answers, exigencia);
  return {
    values: cells.map((cell) => read(cell, () => {}).value),
    questions: grades.asked.length === 0 ? [] : askedMarks([{ ...grades, header: 'nota' }]),
  };
}

describe('marks', () => {
  it.each<[Cell[], unknown[]]>([
    [
      ['85', '6,5', 100],
      [85, 6.5, 100],
    ],
    [
      ['0', 0],
      [0, 0],
    ],
    [
      ['6,5%', { kind: 'percent', value: 5 }],
      [6.5, 5],
    ],
  ])('%j are percentages', (cells, values) => expect(column(cells)).toEqual({ values, questions: [] }));

  it('that never pass 7 are left out and asked about', () => {
    const { values, questions } = column(['6,5', '5.2', 7, '']);
    expect(values).toEqual([undefined, undefined, undefined, '']);
    expect(questions).toEqual([
      {
        message: expect.stringContaining(
          'la columna «nota» trae notas de 5,2 a 7: parecen de la escala de 1,0 a 7,0',
        ),
        fix: expect.stringContaining('«columnas: { escalaNotas: 1-7 }»'),
      },
    ]);
  });

  it('below 10 of who is approved are left out and told', () => {
    const { values, questions } = column(['6,5', '85', '5'], {}, [true, true, false]);
    expect(values).toEqual([undefined, 85, 5]);
    expect(questions[0]?.message).toContain('alumnos aprobados con una nota bajo 10 de 100 («6,5»)');
  });

  it.each<[Cell[], unknown[], ColumnAnswers, number?]>([
    [['4,0', '7', '1', '55', '6,5'], [50, 100, 0, undefined, 92], { escalaNotas: '1-7' }],
    [['4,0', '7', '2,5'], [60, 100, 30], { escalaNotas: '1-7' }, 60],
    [['6,5'], [6.5], { escalaNotas: '0-100' }],
    [['0,85'], [85], { escalaNotas: '0-1' }],
  ])('%j are as answered', (cells, values, answers, exigencia) => {
    expect(column(cells, answers, [], exigencia)).toEqual({ values, questions: [] });
  });
});
