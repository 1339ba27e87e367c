import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';

const HEADER = [...FLAT_HEADER, 'nombre'];
const ANA = { ...flatRow(), nombre: 'Ana Soto' };
const LUIS = { ...flatRow({ rutAlumno: '11111111-1' }), nombre: 'Luis Rojas' };
const CODES = { codigoOferta: 'OF-1', codigoGrupo: 'GR-1', codigoModulo: 'MOD-1' };
const DAYS = { fechaInicio: '2026-10-05', fechaFin: '2026-12-18' };
const every = (text: string) => Object.fromEntries(HEADER.map((name) => [name, text]));

/** Two people, and a notice of the rows that are about nobody: no course and no student is made of them. */
async function told(rows: Record<string, string>[]): Promise<string[]> {
  const course = await readOne(csv(rows, HEADER));
  expect(course.students.map(({ name, held }) => [name, held])).toEqual([
    ['Ana Soto', []],
    ['Luis Rojas', []],
  ]);
  return course.told;
}

describe('under the names of the columns', () => {
  it.each([
    ['what they need', every('Obligatorio')],
    [
      'how they are written',
      { rutAlumno: '(con DV)', tiempoConectividad: '(segundos)', fechaInicio: 'AAAA-MM-DD' },
    ],
    ['their ranges', { codigoOferta: 'Código de SIC', rutAlumno: '(con DV)', porcentajeAvance: '0 a 100' }],
    ['their numbers', Object.fromEntries(HEADER.map((name, index) => [name, String(index + 1)]))],
    ['an example', { ...ANA, ...every('Ejemplo'), rutAlumno: '22222222-2', fechaInicio: '2026-01-05' }],
  ])('a row of %s is of nobody, and told once', async (_, row) => {
    expect(await told([row, ANA, LUIS])).toEqual([expect.stringContaining('no se leyó (fila 2)')]);
  });

  it('rows of one name without a RUT are one person, told once with all of their places', async () => {
    const beto = { ...ANA, rutAlumno: '' };
    const rows = [
      { ...beto, nombre: 'Beto Rojas' },
      { ...beto, nombre: 'Beto Rojas', codigoModulo: 'MOD-2' },
      { ...beto, nombre: ' ROJAS  béto', codigoModulo: 'MOD-3' },
      { ...beto, nombre: 'Caro Díaz' },
      { ...beto, nombre: '' },
      { ...beto, nombre: '' },
    ];
    const { students } = await readOne(csv([...rows, LUIS], HEADER));
    expect(students.map(({ name, modulePlaces }) => [name, modulePlaces.length])).toEqual([
      ['Beto Rojas', 3],
      ['Caro Díaz', 1],
      [undefined, 1],
      [undefined, 1],
      ['Luis Rojas', 1],
    ]);
    const [{ held } = { held: [] }] = students;
    expect(held.filter(({ code }) => code === '012').map(({ place }) => place)).toEqual([
      expect.stringMatching(/fila 2.* y .*fila 3/),
      expect.stringContaining('fila 4'),
    ]);
  });

  it('a person without a RUT is held, with a day or with any progress', async () => {
    for (const left of [
      { porcentajeAvance: '0' },
      { fechaInicio: '', fechaFin: '', moduloFechaInicio: '' },
    ]) {
      const { students } = await readOne(csv([{ ...ANA, ...left, rutAlumno: 'P1234567' }, LUIS], HEADER));
      expect(students.map(({ held }) => held.length > 0)).toEqual([true, false]);
    }
  });
});

describe('below the last person', () => {
  it.each([
    ['who signs, in the column of the RUT', [{ rutAlumno: 'María Pérez' }, { rutAlumno: 'Coordinadora' }]],
    [
      'who made it, and when',
      [
        {
          codigoOferta: 'Elaborado por:',
          codigoGrupo: 'María Pérez',
          nombre: 'Fecha:',
          tiempoConectividad: '23-11-2026',
        },
      ],
    ],
    ['codes for people to come', [CODES, CODES]],
    [
      'codes and days',
      [
        { ...CODES, ...DAYS },
        { ...CODES, ...DAYS },
      ],
    ],
    [
      'what formulas make of nobody',
      [{ ...CODES, rutAlumno: '0', nombre: '-', tiempoConectividad: '0', porcentajeAvance: '0,0' }],
    ],
  ])('%s is told once, and makes no course and no student', async (_, rows) => {
    const [notice, ...others] = await told([ANA, LUIS, ...rows]);
    expect(notice).toContain(`no se leyó (${rows.length === 1 ? 'fila 4' : 'filas 4 y 5'})`);
    expect(others).toEqual([]);
  });

  it('what is alike is shown once', async () => {
    const [notice = ''] = await told([ANA, LUIS, CODES, CODES]);
    expect(notice.match(/«OF-1, GR-1 y MOD-1»/g)).toHaveLength(1);
  });

  const lost = { ...ANA, rutAlumno: '', nombre: '' };
  it.each<[string, Record<string, string>]>([
    ['progress', { ...CODES, porcentajeAvance: '10' }],
    ['time', { ...CODES, tiempoConectividad: '00:10:00' }],
    ['progress of a module', { ...CODES, moduloPorcentajeAvance: '5 %' }],
    ['a mark', { ...CODES, notaModulo: '60' }],
    ['progress in words', { ...CODES, porcentajeAvance: '50 por ciento' }],
    ['a name and a course', { ...CODES, nombre: 'Eva Díaz' }],
    ['all but the RUT', lost],
  ])('somebody with %s is held or told as an error', async (_, row) => {
    const { courses, notGiven } = await read(csv([ANA, LUIS, row], [...HEADER, 'notaModulo']));
    const held = courses.flatMap(({ students }) => students.flatMap((student) => student.held));
    expect([...held, ...notGiven.flatMap(({ issues }) => issues)]).not.toEqual([]);
  });

  it('and between people such rows are held: another block may have lost its names', async () => {
    const { students } = await readOne(csv([ANA, CODES, LUIS], HEADER));
    expect(students.map(({ held }) => held.length)).toEqual([0, 1, 0]);
  });
});

describe('the day of the report in a column', () => {
  it.each(['02/11/2026', '2026-11-02', '10/25/2026', 'hoy', '46328'])('%s asks nothing', async (day) => {
    const rows = [ANA, { ...LUIS, fechaInicio: '05-10-2026', fechaFin: '18-12-2026' }].map((row, index) => ({
      ...row,
      fechaEjecucion: index === 0 ? day : '03/11/2026',
      'Fecha reporte': day,
    }));
    const { students, told } = await readOne(csv(rows, [...HEADER, 'fechaEjecucion', 'Fecha reporte']));
    expect([students.flatMap(({ held }) => held), told]).toEqual([[], []]);
  });
});

it('a table without activities is told by what is sent, not a second time', async () => {
  const { told } = await readOne(
    csv(
      [ANA],
      HEADER.filter((name) => name !== 'actividades'),
    ),
  );
  expect(told).toEqual([]);
});
