import { expect, it, test } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const GOOD = [FLAT_HEADER.slice(), FLAT_HEADER.map((name) => flatRow()[name])];
const sheet = (name: string, rows: (string | number | null)[][]) => ({
  name,
  xml: `<sheetData>${rows.map((cells, index) => rawRow(index + 1, cells)).join('')}</sheetData>`,
});

/** A workbook with a good table for 12.345.678-5 and what is below it or in another sheet. */
async function told(other: (string | number | null)[][], below: (string | number | null)[][] = []) {
  const sheets = [sheet('Avance', [...GOOD, ...below]), ...(other.length > 0 ? [sheet('Otra', other)] : [])];
  const reading = await read(rawWorkbook({ sheets }), 'mes.xlsx');
  expect(reading.courses.map(({ students }) => students.length)).toEqual([1]);
  return reading.findings.map(({ severity, message }) => ({ severity, message }));
}

test.each<[string, (string | number | null)[][], string]>([
  [
    'without names of columns',
    [['OF-1', 'GR-1', '11111111-1', 'Ana Soto Lagos', 3600, 40]],
    'Ana Soto Lagos (11111111-1)',
  ],
  [
    'with names that nobody knows',
    [
      ['Identificación', 'Quién', 'Progresión'],
      ['11111111-1', 'Ana Soto Lagos', 40],
    ],
    'Ana Soto Lagos (11111111-1)',
  ],
  [
    'with a RUT and another name',
    [
      ['RUT', 'Promedio de progresión'],
      ['11111111-1', 40],
    ],
    '11111111-1',
  ],
  [
    'without any RUT',
    [
      ['Nombre', 'Avance'],
      ['Ana Soto Lagos', 40],
      ['Promedio general', 40],
    ],
    ': Ana Soto Lagos.',
  ],
])('a sheet %s names its people, who are in no table', async (_, other, who) => {
  const [only, ...others] = await told(other);
  expect(others).toEqual([]);
  expect(only).toEqual({ severity: 'error', message: expect.stringContaining(who) });
});

it('of people who are in a table nothing is said, nor of a list without figures more than its names', async () => {
  expect(
    await told([
      ['Identificación', 'Progresión'],
      ['12345678-5', 40],
    ]),
  ).toEqual([]);
  const signed = await told([['Firma la directora', '11111111-1']]);
  expect(signed).toEqual([{ severity: 'warning', message: expect.stringContaining('11111111-1') }]);
});

it('a summary or an attendance list of people who are in the table is no error; with one more it is', async () => {
  const header = ['RUT', 'Avance', 'Asistencia'];
  const summary = [header, ['12345678-5', 40, 0.9]];
  expect(await told(summary)).toEqual([
    { severity: 'warning', message: expect.stringContaining('todas sus personas están en otra tabla') },
  ]);
  const [error] = await told([...summary, ['11111111-1', 40, 0.9]]);
  expect(error).toMatchObject({ severity: 'error', message: expect.stringContaining('11111111-1') });
});

it('a block below the table with other columns is no course and no RUT: its people are named', async () => {
  for (const names of [[['Grupo B'], ['Identificación', 'Quién', 'Progresión']], []]) {
    const [first, ...rest] = await told([], [...names, ['11111111-1', 'Ana Soto Lagos', 65, 1200]]);
    expect([first, ...rest].filter((each) => each?.severity === 'error')).toEqual([
      { severity: 'error', message: expect.stringContaining('Ana Soto Lagos (11111111-1)') },
    ]);
  }
});

it('of several rows below a table three are shown, and each that holds a RUT', async () => {
  const notes = ['____', 'Uno', 'Dos', 'Tres', 'Pendiente: 11.111.111-1 Ana 45 %', 'Visto: 10.254.789-K'];
  const rows = notes.map((note) => ({
    ...flatRow(),
    ...Object.fromEntries(FLAT_HEADER.map((name) => [name, ''])),
    codigoOferta: note,
  }));
  const { findings } = await read(csv([flatRow(), ...rows]));
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/«Pendiente: 11\.111\.111-1 Ana 45 %», «Visto: 10\.254\.789-K», «Uno» y 3 más/),
  ]);
});
