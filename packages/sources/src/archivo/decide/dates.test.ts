import { describe, expect, it, vi } from 'vitest';
import type { Cell } from '../grid.ts';
import type { ColumnAnswers } from './answers.ts';
import { dateEvidence, readDate } from './date-evidence.ts';
import { dateReader } from './dates.ts';
import type { Tell } from './reader.ts';

/** What a table makes of its columns of dates: values, `null` where held back. */
function table(columns: Cell[][], date1904 = false, answers: ColumnAnswers = {}) {
  const tell = vi.fn<Tell>();
  const evidence = dateEvidence(
    columns.map((cells) => cells.flatMap((cell) => readDate(cell, date1904) ?? [])),
  );
  const reads = columns.map((cells, index) =>
    cells.map((cell) => {
      const proven = evidence[index];
      if (proven === undefined) throw new Error('A column without evidence');
      return dateReader('fecha', proven, date1904, answers)(cell, tell);
    }),
  );
  return {
    values: reads.map((column) => column.map(({ value, doubt }) => (doubt ? null : value))),
    messages: reads.flat().flatMap(({ doubt }) => doubt?.message ?? []),
    told: tell.mock.calls.map(([kind]) => kind),
  };
}

const one = (cell: Cell, date1904?: boolean) => {
  const { values, told } = table([[cell]], date1904);
  return { value: values[0]?.[0], told };
};
const sheet = (text: string): Cell => ({ kind: 'date', text });

describe('dates', () => {
  it.each<[Cell, unknown, string[]]>([
    ['2026-08-31', '2026-08-31', []],
    ['2026-08-31 10:00:00', '2026-08-31 10:00:00', []],
    ['2026/8/1', '2026-08-01', []],
    ['2026-08-31T10:00:00', '2026-08-31 10:00:00', []],
    ['2026-08-31 00:00:00.000', '2026-08-31', []],
    ['31-08-2026', '2026-08-31', []],
    ['31/08/2026', '2026-08-31', []],
    ['\u200e31/08/2026', '2026-08-31', []],
    ['10/10/2026', '2026-10-10', []],
    ['05/10/2026', '2026-10-05', ['dates']],
    ['1.9.2026', '2026-09-01', ['dates']],
    ['31/08/2026 9:30', '2026-08-31 09:30:00', []],
    ['31/08/2026 00:00:00', '2026-08-31', []],
    [sheet('2026-08-31'), '2026-08-31', []],
    [46265, '2026-08-31', ['serials']],
  ])('%j', (cell, value, told) => expect(one(cell)).toEqual({ value, told }));

  it('of a workbook that counts from 1904', () => {
    expect(one(44838, true)).toEqual({ value: '2026-10-05', told: ['serials'] });
  });

  it.each(['2026-12-19T02:59:00Z', '2026-12-19 02:59:00+00:00'])("turns %s into Santiago's", (text) => {
    expect(one(text)).toEqual({ value: '2026-12-18 23:59:00', told: ['zones'] });
  });

  it.each([
    ['05-oct-2026', '2026-10-05'],
    ['5 de octubre de 2026', '2026-10-05'],
    ['lunes, 5 de octubre de 2026', '2026-10-05'],
    ['18-DIC-2026', '2026-12-18'],
    ['18 dic. 2026', '2026-12-18'],
    ['2 set 2026', '2026-09-02'],
    ['Oct 5, 2026', '2026-10-05'],
    ['18/dic/2026 23:59', '2026-12-18 23:59:00'],
  ])('reads the month in words: %s', (text, value) => {
    expect(one(text)).toEqual({ value, told: [] });
  });

  it.each([
    '2026-10-05T00:00:00Z',
    '2026-10-05T00:00:00.000Z',
    '2026-10-05 00:00+00:00',
    '2026-10-05T00:00:00+01:00',
  ])('reads %s as the day that it names, and tells it', (text) => {
    expect(one(text)).toEqual({ value: '2026-10-05', told: ['midnights'] });
  });

  it.each(['31/12/1969', '1970-01-01 00:00:00', '1970-01-01T00:00:00Z', sheet('1900-01-01')])(
    'holds %j, a date that is none',
    (cell) => {
      const { values, messages } = table([[cell, '2026-10-05']]);
      expect(values).toEqual([[null, '2026-10-05']]);
      expect(messages).toEqual([expect.stringContaining('es lo que un programa escribe donde no hay fecha')]);
    },
  );

  it("tells nothing of Santiago's own midnight", () => {
    expect(one('2026-10-05T00:00:00-03:00')).toEqual({ value: '2026-10-05', told: [] });
    expect(one('2026-10-05T03:00:00Z')).toEqual({ value: '2026-10-05', told: [] });
  });

  it.each([
    '05-oct-26',
    '31-feb-2026',
    '5 octavo 2026',
    'cierre 5 oct 2026',
    '31-02-2026',
    '31-08-26',
    '31-08/2026',
    'mañana',
    '46265',
    '2026-13-01',
    20260831,
  ])('%s is not guessed', (cell) => expect(one(cell)).toEqual({ value: cell, told: [] }));
});

describe('day and month', () => {
  it('are proven by their own column, and nothing is told', () => {
    expect(table([['05/10/2026', '25/09/2026']])).toMatchObject({
      values: [['2026-10-05', '2026-09-25']],
      told: [],
    });
  });

  it('of another column prove it for hyphens, which nobody writes with the month first', () => {
    expect(table([['05-10-2026'], ['18-12-2026']]).told).toEqual([]);
    expect(table([['05/10/2026'], ['18/12/2026']]).told).toEqual(['dates']);
  });

  it('where some date has its month first only that which can be both is in doubt, and each says what it is', () => {
    const { values, messages } = table([
      ['10/25/2026', '05/10/2026'],
      ['18/12/2026', '2026-10-05'],
    ]);
    expect(values).toEqual([
      [null, null],
      ['2026-12-18', '2026-10-05'],
    ]);
    expect(messages).toEqual([
      '«10/25/2026» lleva el mes delante del día.',
      expect.stringContaining('«05/10/2026» puede ser día-mes-año o mes-día-año'),
    ]);
  });

  it('are answered once, and nothing is told or asked again', () => {
    const dayMonth = table([['05/10/2026', '06-11-2026']], false, { ordenFechas: 'dia-mes' });
    expect(dayMonth).toMatchObject({ values: [['2026-10-05', '2026-11-06']], told: [], messages: [] });
    const monthDay = table([['10/25/2026', '05/10/2026']], false, { ordenFechas: 'mes-dia' });
    expect(monthDay).toMatchObject({ values: [['2026-10-25', '2026-05-10']], told: [], messages: [] });
  });

  it('answered against what the column proves are as it proves', () => {
    const answered = (cells: Cell[], ordenFechas: 'dia-mes' | 'mes-dia') =>
      table([cells], false, { ordenFechas });
    expect(answered(['25/09/2026', '05/10/2026'], 'mes-dia').values).toEqual([['2026-09-25', '2026-10-05']]);
    expect(answered(['10/25/2026', '05/10/2026'], 'dia-mes').values).toEqual([[null, null]]);
  });

  it('say how to answer, beside what was answered before', () => {
    const [evidence] = dateEvidence([[readDate('10/25/2026', false) ?? []].flat()]);
    const { doubt } = evidence
      ? dateReader('fecha', evidence, false, { escalaNotas: '1-7' })('10/25/2026', () => {})
      : {};
    expect(doubt?.fix).toContain('«columnas: { escalaNotas: 1-7, ordenFechas: mes-dia }»');
  });

  it.each<[string, Cell[][], unknown[][]]>([
    [
      'text beside dates of the sheet that could all be turned',
      [[sheet('2026-05-10'), '25/09/2026', sheet('2026-10-10')]],
      [[null, '2026-09-25', '2026-10-10']],
    ],
    ['month-first text beside them', [[sheet('2026-05-10'), '09/25/2026']], [[null, null]]],
    ['numbers that lost their format', [[46_152, '25/09/2026']], [[null, '2026-09-25']]],
    ['text that could be both', [[sheet('2026-10-05'), '10/05/2026']], [[null, null]]],
    ['what a program made of them', [['2026-05-10 00:00:00', '25/09/2026']], [[null, '2026-09-25']]],
    [
      'a column of each: all that starts on 5 October was turned, all that ends on the 18th was not',
      [[sheet('2026-05-10')], ['18/12/2026']],
      [[null], ['2026-12-18']],
    ],
  ])('perhaps turned by a spreadsheet are held back: %s', (_, columns, values) => {
    const read = table(columns);
    expect(read.values).toEqual(values);
    expect(read.messages[0]).toMatch(/puede ser|lleva el mes/);
  });

  it.each<[string, Cell[][]]>([
    ['a later day in their column', [[sheet('2026-10-05'), sheet('2026-10-20'), '25/09/2026']]],
    ['a later day of the sheet in another', [[sheet('2026-10-05')], [sheet('2026-12-18')], ['25/09/2026']]],
    ['no text in the table', [[sheet('2026-10-05')], [sheet('2026-10-06')]]],
    ['the same day whichever way', [[sheet('2026-10-10'), '25/09/2026']]],
    ['ISO text beside them', [['2026-10-05', '25/09/2026']]],
    ['ISO text in another column', [['2026-10-05'], ['25/09/2026']]],
  ])('are not in doubt with %s', (_, columns) => {
    expect(table(columns)).toMatchObject({ messages: [], told: [] });
  });

  it('held back say both days, what shows it and a way out that works', () => {
    const { messages } = table([[sheet('2026-05-10'), '25/09/2026']]);
    expect(messages[0]).toMatch(/«2026-05-10» puede ser 2026-05-10 o 2026-10-05: .*«25\/09\/2026»/);
    expect(table([[sheet('2026-10-05'), sheet('2026-09-25')]]).messages).toEqual([]);
  });
});
