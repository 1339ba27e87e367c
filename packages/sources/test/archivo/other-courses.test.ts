import { describe, expect, it } from 'vitest';
import type { CourseSelection } from '../../src/index.ts';
import { csv, FLAT_HEADER, flatRow, read } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const ONE = 'CAP-26-07-13-0101-1';
const TWO = 'CAP-26-07-13-0102-1';
const HEADER = FLAT_HEADER.filter((name) => !name.startsWith('codigoO') && !name.startsWith('codigoG'));
const ANA = flatRow({ rutAlumno: '11111111-1' });
const LUIS = flatRow({ rutAlumno: '12345678-5' });
const cells = (row: Record<string, string>): string[] => HEADER.map((name) => row[name] ?? '');
const table = (from: number, row: Record<string, string>): string =>
  rawRow(from, HEADER) + rawRow(from + 1, cells(row));
const sheet = (name: string, rows: string) => ({ name, xml: `<sheetData>${rows}</sheetData>` });

const SHEETS = rawWorkbook({ sheets: [sheet(ONE, table(1, ANA)), sheet(TWO, table(1, LUIS))] });
const BLOCKS = rawWorkbook({
  sheets: [
    sheet(
      'Hoja1',
      rawRow(1, [`Curso: ${ONE}`]) + table(2, ANA) + rawRow(5, [`Curso: ${TWO}`]) + table(6, LUIS),
    ),
  ],
});
const OTHER_NAMES = rawWorkbook({
  sheets: [
    sheet(
      'Hoja1',
      rawRow(1, [ONE]) + table(2, ANA) + rawRow(5, [TWO]) + table(6, LUIS).replace('rutAlumno', 'RUT'),
    ),
  ],
});
const SEPARATORS = rawWorkbook({
  sheets: [
    sheet(
      'Hoja1',
      rawRow(1, HEADER) +
        rawRow(2, [`CURSO ${ONE}`]) +
        rawRow(3, cells(ANA)) +
        rawRow(4, [`CURSO ${TWO}`]) +
        rawRow(5, cells(LUIS)),
    ),
  ],
});

const totals = (one: (string | number)[], two: (string | number)[]) =>
  rawWorkbook({
    sheets: [
      sheet(
        'Hoja1',
        rawRow(1, HEADER) + rawRow(2, cells(ANA)) + rawRow(3, one) + rawRow(4, cells(LUIS)) + rawRow(5, two),
      ),
    ],
  });

/** Who goes to which course, and what is told in the way. */
async function given(book: Uint8Array, courses: CourseSelection[]) {
  const reading = await read(book, 'mes.xlsx', { courses });
  const told = [...reading.findings, ...reading.notGiven.flatMap(({ issues }) => issues)];
  return {
    people: Object.fromEntries(
      reading.courses.map(({ codigoOferta, students }) => [
        codigoOferta,
        students.map(({ alumno, held }) => `${alumno.rutAlumno}${held.length > 0 ? ' held' : ''}`),
      ]),
    ),
    errors: told.filter(({ severity }) => severity === 'error'),
  };
}

describe.each([
  ['the name of a sheet', SHEETS],
  ['the title of a block', BLOCKS],
  ['the title of a block with names of its own', OTHER_NAMES],
  ['a row between people', SEPARATORS],
  ['the total of a block', totals([`Total ${ONE}`], [`Total ${TWO}`])],
  [
    'a total with its figures',
    totals([`Subtotal curso ${ONE}`, 7200, 50], [`Subtotal curso ${TWO}`, 7200, 50]),
  ],
  ['the end of a block', totals([`Fin del curso ${ONE}`], [`Fin del curso ${TWO}`])],
])('%s that names another course', (_, book) => {
  it('holds its people where the file is asked for with one code', async () => {
    const { people, errors } = await given(book, [{ curso: 'mes', codigoOferta: ONE, codigoGrupo: ONE }]);
    expect(people).toEqual({ [ONE]: ['11111111'] });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(new RegExp(`«.*${TWO}.*».*12345678-5`));
    expect(errors[0]?.fix).toContain('las columnas codigoOferta y codigoGrupo');
  });

  it('gives its code to them where that is asked for', async () => {
    const { people, errors } = await given(book, [
      { curso: ONE, codigoGrupo: 'S-1' },
      { curso: TWO, codigoGrupo: 'S-2' },
    ]);
    expect(people).toEqual({ [ONE]: ['11111111'], [TWO]: ['12345678'] });
    expect(errors).toEqual([]);
  });
});

it('a code of a module, of a section or of an invoice names no course', async () => {
  for (const title of ['Módulo PRES028008000001', 'Sección CAP-26-07-13-0102-1', 'OC: CAP-26-07-13-0102-1']) {
    const book = rawWorkbook({ sheets: [sheet('Hoja1', rawRow(1, [title]) + table(2, ANA))] });
    const { people, errors } = await given(book, [{ curso: 'mes', codigoOferta: ONE, codigoGrupo: ONE }]);
    expect([people, errors]).toEqual([{ [ONE]: ['11111111'] }, []]);
  }
});

it('two codes above one table are of nobody knows whom', async () => {
  const book = rawWorkbook({ sheets: [sheet('Hoja1', rawRow(1, [`${ONE} y ${TWO}`]) + table(2, ANA))] });
  const { people, errors } = await given(book, [{ curso: 'mes', codigoOferta: ONE, codigoGrupo: ONE }]);
  expect(people).toEqual({});
  expect(errors[0]?.message).toContain('11111111-1');
});

describe('rows with the code of a course that nobody asked for', () => {
  const text = csv([
    flatRow({ codigoOferta: '', codigoGrupo: '' }),
    flatRow({ ...LUIS, codigoOferta: 'OF-2' }),
  ]);
  const asked = { curso: 'avance', codigoOferta: 'OF-1', codigoGrupo: 'GR-1' };

  it('are told, with how many they are of, and never sent as the one asked for', async () => {
    for (const curso of ['avance', 'avance.csv']) {
      const { courses, findings } = await read(text, 'avance.csv', { courses: [{ ...asked, curso }] });
      expect(courses.map(({ students }) => students.length)).toEqual([1]);
      expect(findings.map(({ message }) => message).join()).toContain('«OF-2» (1 persona)');
    }
  });

  it('are not where it is asked for too', async () => {
    const { courses, findings } = await read(text, 'avance.csv', { courses: [asked, { curso: 'OF-2' }] });
    expect(courses).toHaveLength(2);
    expect(findings).toEqual([]);
  });
});
