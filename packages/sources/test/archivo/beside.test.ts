import { describe, expect, it } from 'vitest';
import { csv, flatRow, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const STUDENTS = ['codigoOferta', 'codigoGrupo', 'rutAlumno', 'tiempoConectividad', 'porcentajeAvance'];
const MODULES = ['rutAlumno', 'codigoModulo', 'tiempoConectividad', 'porcentajeAvance'];
const DATES = ['fechaInicio', 'fechaFin'];
const RUTS = ['12345678-5', '11111111-1'];

interface Sheets {
  students?: { times?: string[]; progress?: string; dates?: string[] };
  modules?: { times?: string[]; progress?: string; dates?: string[] };
}

/** A workbook with its students in one sheet and their modules in another. */
function book({ students = {}, modules = {} }: Sheets): Uint8Array {
  const iso = ['2026-10-05', '2026-12-18'];
  const rows = (header: string[], of: NonNullable<Sheets['students']>, first: (rut: string) => string[]) =>
    rawRow(1, [...header, ...DATES]) +
    RUTS.map((rut, index) =>
      rawRow(index + 2, [
        ...first(rut),
        of.times?.[index] ?? '13600',
        of.progress ?? '50',
        ...(of.dates ?? iso),
      ]),
    ).join('');
  return rawWorkbook({
    sheets: [
      {
        name: 'Alumnos',
        xml: `<sheetData>${rows(STUDENTS, students, (rut) => ['OF-1', 'GR-1', rut])}</sheetData>`,
      },
      {
        name: 'Módulos',
        xml: `<sheetData>${rows(MODULES, modules, (rut) => [rut, 'MOD-1'])}</sheetData>`,
      },
    ],
  });
}

const ofStudents = async (sheets: Sheets) => {
  const { students, told } = await readOne(book(sheets), 'libro.xlsx');
  const held = students.flatMap((student) => student.held.map(({ message }) => message));
  return { students: students.map(({ alumno }) => alumno), held, told };
};

describe('what another sheet of the file proves', () => {
  const inDoubt = { times: ['12.600', '13.100'] };

  it.each<[string, Sheets]>([
    ['decimals with a comma', { modules: { progress: '45,5' } }],
    ['thousands beside short times', { modules: { times: ['3.600', '720'] } }],
    ['millions', { modules: { times: ['1.003.600', '720'] } }],
  ])('%s say that the point groups thousands, which is told', async (_, sheets) => {
    const { students, held, told } = await ofStudents({ students: inDoubt, ...sheets });
    expect(held).toEqual([]);
    expect(students.map(({ tiempoConectividad }) => tiempoConectividad)).toEqual([12_600, 13_100]);
    expect(told.join()).toContain('«12.600» es 12600');
  });

  it.each<[string, Sheets]>([
    ['nothing', {}],
    ['both signs', { modules: { progress: '45,5', times: ['720.5', '810'] } }],
  ])('%s leaves a time in doubt', async (_, sheets) => {
    const { held } = await ofStudents({ students: inDoubt, ...sheets });
    expect(held).toEqual([
      expect.stringContaining('«12.600» puede ser'),
      expect.stringContaining('«13.100» puede ser'),
    ]);
  });

  it('a date with its month first holds those that can be both, and says which one it is', async () => {
    const { held } = await ofStudents({
      students: { dates: ['10/05/2026', '12/11/2026'] },
      modules: { dates: ['10/05/2026', '11/25/2026'] },
    });
    expect(held).toHaveLength(4);
    expect(held[0]).toContain('«11/25/2026»');
  });

  it('but not those with other signs', async () => {
    const { students, held } = await ofStudents({
      students: { dates: ['05-10-2026', '18-12-2026'] },
      modules: { dates: ['10/05/2026', '11/25/2026'] },
    });
    expect([held, students[0]?.fechaInicio]).toEqual([[], '2026-10-05']);
  });

  it('a day first with hyphens is told of nobody', async () => {
    const { told } = await ofStudents({
      students: { dates: ['05-10-2026', '11-12-2026'] },
      modules: { dates: ['05-10-2026', '25-11-2026'] },
    });
    expect(told.filter((message) => message.includes('día-mes-año'))).toEqual([]);
  });
});

it('short times of one column tell what a point in the other one is', async () => {
  const rows = csv([
    flatRow({ tiempoConectividad: '12.600', moduloTiempoConectividad: '3.600' }),
    flatRow({ rutAlumno: '11111111-1', tiempoConectividad: '13.100', moduloTiempoConectividad: '720' }),
  ]);
  const { students } = await readOne(rows);
  expect(students.map(({ alumno, held }) => [alumno.tiempoConectividad, held])).toEqual([
    [12_600, []],
    [13_100, []],
  ]);
});
