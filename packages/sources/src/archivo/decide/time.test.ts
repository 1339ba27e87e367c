import { describe, expect, it, vi } from 'vitest';
import type { Cell } from '../grid.ts';
import type { ColumnAnswers } from './answers.ts';
import type { Tell } from './reader.ts';
import { timeReader } from './time.ts';
import { readWrittenTime, type Sign } from './written.ts';

interface Situation {
  /** Of everybody. */
  progress?: number;
  answers?: ColumnAnswers;
  table?: Sign;
  trusted?: boolean;
}

/** What a column makes of its cells: values, `null` where held back. */
function column(cells: Cell[], { progress = 60, answers = {}, table, trusted = false }: Situation = {}) {
  const tell = vi.fn<Tell>();
  const all = cells.map((cell) => ({ written: readWrittenTime(cell), progress }));
  const known = { answers, name: 'tiempo', table: table ?? null, trusted, asked: new Set<string>() };
  const read = timeReader('tiempo', all, known);
  const reads = cells.map((cell) => read(cell, tell));
  return {
    values: reads.map(({ value, doubt }) => (doubt ? null : value)),
    told: tell.mock.calls.map(([kind]) => kind),
    doubts: reads.flatMap(({ doubt }) => doubt ?? []),
  };
}

describe('a sign before three digits', () => {
  it.each<[string, Cell[], unknown[], Situation?]>([
    ['one value proves that it is decimal', ['12600.000', '360.000', '45.000'], [12_600, 360, 45]],
    ['one value proves that it groups', ['1.234.567', '3.600'], [1_234_567, 3600]],
    ['the other sign is decimal', ['3.600', '312,5', '900'], [3600, 312.5, 900]],
    ['a short number stands beside it', ['12.600', '360', '0'], [12_600, 360, 0]],
    ['the other column of times proves it', ['900.000', '450.000'], [900, 450], { table: '.' }],
    [
      'few seconds are told with decimals, by who has just begun',
      ['12600.5', '9.517'],
      [12_600.5, 9.517],
      { progress: 2 },
    ],
    [
      'minutes were answered, which bring somebody far',
      ['312.5', '9.517'],
      [18_750, 571],
      { answers: { tiempo: 'minutos' } },
    ],
    [
      'decimals were answered, as another value proves',
      ['12600.5', '9.517'],
      [12_600.5, 9.517],
      { answers: { separadorDecimal: 'punto' } },
    ],
    [
      'it was answered',
      ['3.600', '12.600'],
      [3.6, 12.6],
      { answers: { separadorDecimal: 'punto', unidadTiempo: 'segundos' } },
    ],
    [
      'it proves another than was answered',
      ['1.234.567', '3.600'],
      [1_234_567, 3600],
      { answers: { separadorDecimal: 'punto' } },
    ],
  ])('is read where %s', (_, cells, values, situation) => {
    expect(column(cells, situation).values).toEqual(values);
  });

  it.each<[string, Cell[], unknown[], Situation?]>([
    ['both are possible', ['900.000', '450.000'], [null, null]],
    ['nobody has begun', ['3.600'], [null], { progress: 0 }],
    [
      'values contradict each other',
      ['312.5', '312,5', '900.000'],
      [312.5, 312.5, null],
      { progress: 10, trusted: true },
    ],
    [
      'the table proves decimals, and thousands were answered',
      ['900.000', '450.000'],
      [null, null],
      { table: '.', answers: { separadorDecimal: 'coma' } },
    ],
    [
      'another value proves decimals, and thousands were answered',
      ['12600.5', '9.517'],
      [12_600.5, null],
      { progress: 0, answers: { separadorDecimal: 'coma' } },
    ],
    ['nobody comes so far in so little', ['12600.5', '9.517', '10.034'], [12_600.5, null, null]],
    ['both signs stand before three digits', ['3.600', '3,600'], [null, null]],
  ])('is held back where %s', (_, cells, values, situation) => {
    expect(column(cells, situation).values).toEqual(values);
  });

  it('is told with its reading, and held back with both', () => {
    expect(column(['12600.000', '360.000']).told).toEqual(['decimals']);
    expect(column(['12.340', '0']).told).toEqual(['thousands']);
    expect(column(['900.000'], { progress: 0 }).doubts[0]).toMatchObject({
      message: expect.stringContaining('«900.000» puede ser 900000 o 900 segundos'),
      fix: expect.stringContaining('separadorDecimal: punto'),
    });
    expect(column(['1,500', '2,250'], { answers: { tiempo: 'horas' } }).doubts[0]).toMatchObject({
      message: expect.stringContaining('«1,500» puede ser 1500 o 1,5 horas'),
      fix: expect.stringContaining('Escriba los tiempos como HH:MM:SS.'),
    });
    expect(column(['1,500'], { answers: { unidadTiempo: 'minutos' } }).doubts[0]?.message).toContain(
      '«1,500» puede ser 1500 o 1,5: nada',
    );
    const answers = { separadorDecimal: 'coma' } as const;
    expect(column(['12600.5', '9.517'], { answers }).doubts[0]).toMatchObject({
      message: expect.stringContaining('anotado «separadorDecimal: coma»'),
      fix: expect.stringContaining('Si lo anotado no vale, corríjalo'),
    });
  });
});

describe('plain numbers', () => {
  it.each<[string, Cell[], unknown[], Situation?]>([
    ['with a long one among them', [45, 3600, '312,5'], [45, 3600, 312.5], { progress: 100 }],
    ['of people who have just begun', [45, 120, 0], [45, 120, 0], { progress: 20 }],
    ['that agree with the seconds of the course', [45, 120], [45, 120], { progress: 100, trusted: true }],
    ['that are zero', [0, 0], [0, 0], { progress: 100 }],
    ['in minutes, as answered', [150, '12,5'], [9000, 750], { answers: { unidadTiempo: 'minutos' } }],
    [
      'in days, as answered',
      [1.5, 0.10416666666666667],
      [129_600, 9000],
      { answers: { unidadTiempo: 'dias' } },
    ],
    ['beside clocks, as answered', ['01:00:00', 90], [3600, 5400], { answers: { unidadTiempo: 'minutos' } }],
  ])('%s are seconds or as answered', (_, cells, values, situation) => {
    expect(column(cells, situation).values).toEqual(values);
  });

  it.each<[string, Cell[], unknown[], Situation?]>([
    ['minutes of who has completed', [150, 0, 90], [null, 0, null], { progress: 100 }],
    ['hours of who is half way', [3, 0], [null, 0], { progress: 50 }],
    ['milliseconds', [9_000_000, 0], [null, 0]],
    ['fractions of a day', [1.5, 0.10416666666666667], [null, null]],
    ['hours with decimals', ['3,5', '12,25'], [null, null]],
    ['whole hours with decimals', ['1.00', '0.00'], [null, 0], { progress: 20 }],
    ['a cell that lost its format', [12_600, 9000, 0.104], [12_600, 9000, null]],
    ['fractions beside clocks', ['36:30:00', 0.104], [131_400, null]],
  ])('that look like %s are held back', (_, cells, values, situation) => {
    expect(column(cells, situation).values).toEqual(values);
  });

  it.each<[string, Cell[], unknown[], ColumnAnswers, Situation?]>([
    ['of the column', [150, 310], [9000, 18_600], { Tiempo: 'minutos' }],
    ['of the column, in milliseconds', [9_000_000, 0], [9000, 0], { tiempo: 'milisegundos' }],
    ['of columns in doubt', [150, 90], [9000, 5400], { unidadTiempo: 'minutos' }],
    ['of columns in doubt, and of this one', [150], [150], { unidadTiempo: 'minutos', tiempo: 'segundos' }],
    ['of columns in doubt, where this is none', [12_600, 9000], [12_600, 9000], { unidadTiempo: 'minutos' }],
    ['of another column', [12_600, 400], [12_600, 400], { tiempoModulo: 'minutos' }],
    ['beside clocks', ['02:45:00', 12_600], [9900, 12_600], { unidadTiempo: 'minutos' }],
  ])('are read by what was answered %s', (_, cells, values, answers, situation) => {
    expect(column(cells, { ...situation, answers }).values).toEqual(values);
  });

  it.each<[string, Cell[], unknown[], ColumnAnswers]>([
    ['minutes for a column that is not: 150 hours', [9000, 0, 60], [null, 0, null], { tiempo: 'minutos' }],
    ['milliseconds for a column that is not', [12_600], [null], { tiempo: 'milisegundos' }],
    [
      'minutes of columns in doubt, and these may be both',
      [600, 45],
      [null, null],
      { unidadTiempo: 'minutos' },
    ],
    ['minutes of columns in doubt, and these are days', [0.104], [null], { unidadTiempo: 'minutos' }],
    [
      'hours, and these are days beside clocks',
      ['14:15:00', 0.185],
      [51_300, null],
      { unidadTiempo: 'horas' },
    ],
    ['seconds, and a cell has lost its format', [12_600, 0.104], [12_600, null], { tiempo: 'segundos' }],
    ['minutes, and a cell has lost its format', [210, 0.104], [12_600, null], { tiempo: 'minutos' }],
  ])('are held back where the answer is %s', (_, cells, values, answers) => {
    expect(column(cells, { answers }).values).toEqual(values);
  });

  it.each(['1.26E+04', '1,26E+04'])('that lost their digits are held back: %s', (text) => {
    const { values, doubts } = column([text, 9000]);
    expect(values).toEqual([null, 9000]);
    expect(doubts[0]?.message).toContain(`«${text}» está en notación científica`);
  });

  it('that their sheet shows in another unit are in that unit, unless it may be two', () => {
    const shown = (value: number, text: string): Cell => ({ kind: 'shown', value, text });
    const { values, doubts } = column([
      shown(390, '390 min'),
      shown(3.5, '3.5 h'),
      shown(210, '210 m'),
      9000,
    ]);
    expect(values).toEqual([23_400, 12_600, null, 9000]);
    expect(doubts.map(({ message }) => message).join(' ')).toMatch(/210 m/);
    expect(column([shown(390, '390 seg'), shown(400, '0400')]).values).toEqual([390, 400]);
  });

  it('name their column and the way out', () => {
    expect(column([150], { progress: 100 }).doubts[0]).toMatchObject({
      message:
        'No se sabe si «150» son segundos: la columna «tiempo» no pasa de 150, y hay avances que son o pueden ser de 100 %.',
      fix: expect.stringContaining('columnas: { tiempo: minutos }'),
    });
  });
});

describe('a time whose figures have their units', () => {
  it.each([
    ['3h 30m', 12_600],
    ['12600 s', 12_600],
    ['3h45s', 10_845],
    ['210 min', 12_600],
    ['3h30', 12_600],
    ['3,5 h', 12_600],
    ['3 horas, 20 minutos y 5 segundos', 12_005],
    ['1d 3h', 97_200],
    ['1 day, 3:30:00', 99_000],
    ['1:02:10:05', 94_205],
    ['PT3H30M', 12_600],
  ])('%s is %i seconds', (text, seconds) => {
    expect(column([text, 9000])).toMatchObject({ values: [seconds, 9000], doubts: [] });
  });

  it.each(['210 m', '3h 90m', '1d 25h', '12.600 s', '1,250 h', '-3 h'])('%s is none', (text) => {
    expect(column([text, 9000]).values).not.toContainEqual(expect.closeTo(12_600));
    expect(column([text, 9000]).values[1]).toBe(9000);
  });
});

describe('clocks that nobody can come so far in', () => {
  const clocks = ['00:03:30', '00:02:10'];

  it('may be days, hours and minutes', () => {
    const { values, doubts } = column(clocks, { progress: 100 });
    expect(values).toEqual([null, null]);
    expect(doubts[0]).toMatchObject({
      message: expect.stringMatching(/«00:03:30» puede ser horas.*días, horas y minutos.*100 %/),
      fix: expect.stringContaining('«tiempo (DD:HH:MM)»'),
    });
  });

  it('are what they say where one is longer, nobody has come far, or somebody says so', () => {
    expect(column([...clocks, '01:00:00'], { progress: 100 }).values).toEqual([210, 130, 3600]);
    expect(column(clocks, { progress: 20 }).values).toEqual([210, 130]);
    expect(column(clocks, { progress: 100, answers: { tiempo: 'segundos' } }).values).toEqual([210, 130]);
  });
});
