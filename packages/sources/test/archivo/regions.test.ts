import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';

const other = flatRow({ rutAlumno: '11.111.111-1' });
const turned = [...FLAT_HEADER].reverse();
const people = ({ students }: Awaited<ReturnType<typeof readOne>>) =>
  students.map(({ alumno, held }) => [alumno.rutAlumno, alumno.porcentajeAvance, held.length]);

/** Lines side by side, with blank columns between. */
const beside = (one: string, two: string, between: string) => {
  const right = two.split('\r\n');
  return one
    .split('\r\n')
    .map((line, index) => line + between + (right[index] ?? ''))
    .join('\r\n');
};

describe('two tables in one sheet are read each by its own names', () => {
  it.each([
    ['one below the other', `${csv([flatRow()])}\r\n\r\n${csv([other], turned)}`],
    ['one below the other, titles between', `${csv([flatRow()])}\r\n;;\r\n${csv([other], turned)}\r\n`],
    ['side by side', beside(csv([flatRow()]), csv([other]), ';;')],
    ['side by side, in another order', beside(csv([flatRow()]), csv([other], turned), ';;')],
    ['side by side, without a gap', beside(csv([flatRow()]), csv([other]), ';')],
  ])('%s', async (_, text) => {
    const course = await readOne(text);
    expect(people(course)).toEqual([
      [12345678, 50, 0],
      [11111111, 50, 0],
    ]);
    expect(course.told).toEqual([]);
  });

  it('students above and their modules below', async () => {
    const students =
      'rutAlumno;codigoOferta;codigoGrupo;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin';
    const modules =
      'rutAlumno;codigoModulo;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;actividades';
    const { students: read, told } = await readOne(
      [
        students,
        '12345678-5;OF-1;GR-1;7200;50;2026-10-05;2026-12-18',
        '',
        modules,
        '12345678-5;MOD-1;3600;40;2026-10-05;2026-11-06;Foro',
      ].join('\n'),
    );
    expect(read[0]?.alumno.listaModulos).toMatchObject([{ codigoModulo: 'MOD-1', porcentajeAvance: 40 }]);
    expect(told).toEqual([]);
  });

  it('one that cannot be used is told with its rows and its people', async () => {
    const few = ['nombre', 'rutAlumno', 'codigoModulo', 'moduloPorcentajeAvance'];
    const lost = {
      nombre: 'Ana Soto',
      rutAlumno: '11.111.111-1',
      codigoModulo: 'M1',
      moduloPorcentajeAvance: '9',
    };
    const { courses, findings } = await read(`${csv([flatRow()])}\r\n${csv([lost], few)}`);
    expect(courses[0]?.students).toHaveLength(1);
    expect(findings).toEqual([
      expect.objectContaining({
        severity: 'error',
        place: 'avance.csv, filas 3 a 4',
        message: expect.stringMatching(/^Faltan las columnas .* En ella están: Ana Soto \(11111111-1\)\.$/),
      }),
    ]);
  });
});

describe('a sheet of one table stays one', () => {
  it('with names of groups of columns above its header', async () => {
    const groups = FLAT_HEADER.map((name) => (/^modulo|^codigoM/.test(name) ? 'Módulo' : 'Alumno')).join(';');
    const course = await readOne(`${groups}\r\nCurso;Módulo;RUT\r\n${csv([flatRow(), other])}`);
    expect(people(course)).toHaveLength(2);
    expect(course.told).toEqual([]);
  });

  it('with its header carried down by sorting', async () => {
    const modules = Array.from({ length: 40 }, (_, index) => flatRow({ codigoModulo: `M${index + 1}` }));
    const [header = '', ...rows] = csv([...modules, other]).split('\r\n');
    const course = await readOne(
      ['Avance al 23-11-2026', ...rows.slice(0, 35), header, ...rows.slice(35)].join('\r\n'),
    );
    expect(people(course)).toHaveLength(2);
    expect(course.students[0]?.alumno.listaModulos).toHaveLength(40);
  });

  it('with the RUT of the provider above the column of RUTs', async () => {
    const { courses, notGiven } = await read(`RUT OTEC;;76.543.210-3\r\n${csv([flatRow()])}`);
    expect(courses.map(({ students }) => students.length)).toEqual([1]);
    expect(notGiven).toEqual([]);
  });

  it('a column for each module is no module: what to do is said', async () => {
    const row = { ...flatRow(), 'Avance Módulo 2': '20' };
    const header = [...FLAT_HEADER.filter((name) => name !== 'codigoModulo'), 'Avance Módulo 2'];
    const { findings } = await read(csv([row], header));
    expect(findings).toEqual([
      expect.objectContaining({ fix: expect.stringContaining('no una columna por módulo') }),
    ]);
  });
});
