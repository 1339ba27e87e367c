import { describe, expect, it, test } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const held = async (text: string, columnas = {}) => {
  const { students } = await readOne(text, 'avance.csv', {}, columnas);
  return students
    .flatMap((student) => [...student.held, ...(student.heldModules ?? [])])
    .map(({ message }) => message);
};

describe('a column beside the one that is used', () => {
  const header = [...FLAT_HEADER, 'Avance', 'RUT'];
  it('is told where it says something else, and only there', async () => {
    const { told } = await readOne(csv([{ ...flatRow(), Avance: '90', RUT: '11.111.111-1' }], header));
    expect(told).toEqual([
      expect.stringMatching(/«RUT», porque se usó «rutAlumno».*«Avance», porque se usó «porcentajeAvance»/),
    ]);
    const same = await readOne(csv([{ ...flatRow(), Avance: '50,0', RUT: '12345678-5' }], header));
    expect(same.told).toEqual([]);
  });

  it('is named where the template’s own is empty', async () => {
    const { told } = await readOne(csv([{ ...flatRow({ porcentajeAvance: '' }), Avance: '90' }], header));
    expect(told.join()).toContain('no se usó «Avance»');
  });
});

test('a mark in a table of students is the final one; what is of modules is told, and so is the contrary', async () => {
  const students = 'codigoOferta;codigoGrupo;RUT;Tiempo;Avance;Inicio;Fin;Nota;Nota módulo;Actividades';
  const modules = 'RUT;Código módulo;Tiempo;Avance;Inicio;Fin;Nota;Nota final;Actividades';
  const { told, students: all } = await readOne(
    [
      students,
      'OF-1;GR-1;12345678-5;7200;50;2026-10-05;2026-12-18;85;70;Foro',
      '',
      modules,
      '12345678-5;MOD-1;3600;50;2026-10-05;2026-11-05;90;80;Foro',
    ].join('\n'),
  );
  expect(all[0]?.alumno).toMatchObject({ evaluacionFinal: 85, listaModulos: [{ notaModulo: 90 }] });
  expect(told).toEqual([
    expect.stringMatching(/no se usó «Nota módulo» y «Actividades»: es de los módulos/),
    expect.stringMatching(/no se usó «Nota final»: es del alumno/),
  ]);
});

describe('a column without a name', () => {
  const row = FLAT_HEADER.map((name) => flatRow()[name]);
  const book = (header: (string | null)[], cells: (string | null)[]) =>
    rawWorkbook({
      sheets: [{ name: 'H', xml: `<sheetData>${rawRow(1, header)}${rawRow(2, cells)}</sheetData>` }],
    });

  it('is told with its letter and its first value, but for numbers of rows', async () => {
    const { told } = await readOne(book([...FLAT_HEADER], [...row, '85']), 'a.xlsx');
    expect(told).toEqual([expect.stringContaining('sin nombre, que no se usó: N («85»)')]);
    const counted = await readOne(book([null, ...FLAT_HEADER], ['1', ...row]), 'a.xlsx');
    expect(counted.told).toEqual([]);
  });

  it('is called a check digit where it stands beside numbers that lack one', async () => {
    const [oferta, grupo, , ...rest] = row;
    const [a, b, c, ...names] = FLAT_HEADER;
    const { findings } = await read(
      book([a, b, c, null, ...names], [oferta ?? '', grupo ?? '', '12345678', '5', ...rest]),
      'a.xlsx',
    );
    expect(findings.map(({ fix }) => fix).join()).toContain('llámela «dvAlumno»');
  });
});

describe('times that cannot be', () => {
  const whole = { tiempoConectividad: '45000', porcentajeAvance: '100', moduloPorcentajeAvance: '100' };
  const short = csv([
    flatRow({ ...whole, moduloTiempoConectividad: '400' }),
    flatRow({ ...whole, moduloTiempoConectividad: '350', codigoModulo: 'MOD-2' }),
  ]);
  it('modules of next to none of the time of their course are asked about, and the answer settles it', async () => {
    expect(await held(short)).toEqual(
      Array(2).fill(expect.stringContaining('como si estos estuvieran en minutos')),
    );
    expect(await held(short, { moduloTiempoConectividad: 'segundos' })).toEqual([]);
    const { students } = await readOne(short, 'a.csv', {}, { moduloTiempoConectividad: 'minutos' });
    expect(students[0]?.alumno.listaModulos).toMatchObject([
      { tiempoConectividad: 24_000 },
      { tiempoConectividad: 21_000 },
    ]);
  });

  it('are not those of who has hardly begun the modules', async () => {
    const begun = flatRow({ ...whole, moduloTiempoConectividad: '400', moduloPorcentajeAvance: '5' });
    expect(await held(csv([begun]))).toEqual([]);
  });

  it('no time in a course beside time in its modules holds the person', async () => {
    expect(await held(csv([flatRow({ tiempoConectividad: '0' })]))).toEqual([
      expect.stringContaining('El tiempo del curso es 0, y en sus módulos hay 3600 segundos'),
    ]);
    expect(await held(csv([flatRow({ tiempoConectividad: '0', moduloTiempoConectividad: '0' })]))).toEqual(
      [],
    );
  });

  it('more time than has passed since the first day holds the person', async () => {
    const since = (fechaInicio: string) =>
      csv([flatRow({ fechaInicio, tiempoConectividad: '90:30:00', moduloFechaInicio: fechaInicio })]);
    // Read on 23 November at 22:30.
    expect(await held(since('2026-11-22'))).toEqual([
      expect.stringContaining('más de lo que ha pasado desde su inicio'),
    ]);
    expect(await held(since('2026-11-18'))).toEqual([]);
  });
});

test('1.000 among integers may be all of it', async () => {
  const rows = (one: string) =>
    csv([flatRow({ porcentajeAvance: one }), flatRow({ rutAlumno: '11111111-1', porcentajeAvance: '85' })]);
  expect(await held(rows('1.000'))).toEqual([expect.stringContaining('«1.000» puede ser 1 % o 100 %')]);
  expect(await held(rows('13.500'))).toEqual([]);
});

test('of two almost equal codes with as many rows each, both are held', async () => {
  const rows = ['GR-2026-0101-1', 'GR-2026-0101-01'].map((codigoGrupo, index) =>
    flatRow({ codigoGrupo, rutAlumno: ['12345678-5', '11111111-1'][index] ?? '' }),
  );
  const { courses } = await read(csv(rows));
  expect(
    courses.flatMap(({ codigoGrupo, students }) => students.map(({ held }) => [codigoGrupo, held.length])),
  ).toEqual([
    ['GR-2026-0101-1', 1],
    ['GR-2026-0101-01', 1],
  ]);
});

test('a decimal comma without quotes, before a last column that is blank in other rows, holds its row', async () => {
  const header = [
    ...FLAT_HEADER.filter((name) => name !== 'actividades' && name !== 'moduloPorcentajeAvance'),
    'moduloPorcentajeAvance',
    'notaModulo',
  ];
  const lines = (end: string) => {
    const cells = (row: Record<string, string>): string[] =>
      header.slice(0, -2).map((name) => row[name] ?? '');
    return [header, [...cells(flatRow()), end], [...cells(flatRow({ rutAlumno: '11111111-1' })), '40,']]
      .map((row) => row.join(','))
      .join('\n');
  };
  expect(await held(lines('45,5'))).toEqual([expect.stringContaining('«45,5»')]);
  expect(await held(lines('45,'))).toEqual([]);
});
