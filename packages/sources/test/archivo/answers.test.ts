import { describe, expect, it } from 'vitest';
import type { ColumnAnswers } from '../../src/archivo/decide/answers.ts';
import { archivoSource } from '../../src/index.ts';
import { table } from './case-reading.ts';
import { flatRow, read } from './reading.ts';

type Row = Record<string, string>;

/** What a table makes of itself with what was answered: figures of its records, what is held and what is told. */
async function answered(rows: Row[], columnas: ColumnAnswers = {}) {
  const source = archivoSource({
    name: 'p',
    ruta: 'avance.csv',
    contenido: new TextEncoder().encode(table(...rows)),
    columnas,
  });
  const { courses, findings } = await source.read({ at: new Date(0) });
  const students = courses.flatMap((course) => course.students);
  return {
    records: students.flatMap(({ alumno, held }) =>
      held.length > 0 ? [] : (alumno.listaModulos ?? []).map((modulo) => ({ alumno, modulo })),
    ),
    problems: students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules]),
    told: findings.map(({ message }) => message),
    fixes: [...findings, ...students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules])].map(
      ({ fix }) => fix,
    ),
  };
}

/** The answer that a message shows, as it would stand in puente.yaml. */
function shownIn(fix: string | undefined): ColumnAnswers {
  const shown = /«columnas: \{ (.*?) \}»/.exec(fix ?? '')?.[1] ?? '';
  return Object.fromEntries(shown.split(', ').map((each) => each.split(': ')));
}

const MINUTES: Row = {
  tiempoConectividad: '12600',
  moduloTiempoConectividad: '150',
  moduloPorcentajeAvance: '100',
};
const FRACTIONS: Row = { porcentajeAvance: '60', moduloPorcentajeAvance: '0,85' };
const MARKS: Row = { evaluacionFinal: '85', notaModulo: '6,5' };
const other: Row = { rutAlumno: '9876543-3' };

describe('an answer settles the column that was asked about, and no other', () => {
  it.each<[string, ColumnAnswers | null]>([
    ['as the message shows it', null],
    ['of all columns in doubt', { unidadTiempo: 'minutos' }],
  ])('minutes %s', async (_, given) => {
    const rows = [MINUTES, { ...MINUTES, ...other }];
    const columnas = given ?? shownIn((await answered(rows)).fixes[0]);
    const { records, problems, told } = await answered(rows, columnas);
    expect([problems, told]).toEqual([[], []]);
    expect(
      records.map(({ alumno, modulo }) => [alumno.tiempoConectividad, modulo.tiempoConectividad]),
    ).toEqual([
      [12_600, 9000],
      [12_600, 9000],
    ]);
  });

  it.each<[string, ColumnAnswers | null]>([
    ['as the message shows it', null],
    ['of all columns in doubt', { escalaAvance: '0-1' }],
  ])('fractions %s', async (_, given) => {
    const rows = [FRACTIONS, { ...FRACTIONS, ...other, moduloPorcentajeAvance: '1' }];
    const columnas = given ?? shownIn((await answered(rows)).fixes[0]);
    const { records, problems } = await answered(rows, columnas);
    expect(problems).toEqual([]);
    expect(records.map(({ alumno, modulo }) => [alumno.porcentajeAvance, modulo.porcentajeAvance])).toEqual([
      [60, 85],
      [60, 100],
    ]);
  });

  it.each<[string, ColumnAnswers | null]>([
    ['as the message shows it', null],
    ['of all columns in doubt', { escalaNotas: '1-7' }],
  ])('marks %s', async (_, given) => {
    const rows = [MARKS, { ...MARKS, ...other, evaluacionFinal: '70' }];
    const columnas = given ?? shownIn((await answered(rows)).fixes[0]);
    const { records, told } = await answered(rows, columnas);
    expect(told).toEqual([]);
    expect(records.map(({ alumno, modulo }) => [alumno.evaluacionFinal, modulo.notaModulo])).toEqual([
      [85, 92],
      [70, 92],
    ]);
  });

  it('of a table of modules alone, whose column is called as that of the students', async () => {
    const of = (changes: Row, ...names: string[]) =>
      Object.fromEntries(
        Object.entries({ ...flatRow(), ...changes }).filter(([name]) => names.includes(name)),
      );
    const student = of(
      { tiempoConectividad: '3000' },
      'codigoOferta',
      'codigoGrupo',
      'rutAlumno',
      'tiempoConectividad',
      'porcentajeAvance',
      'fechaInicio',
      'fechaFin',
    );
    const modulo = of(
      { tiempoConectividad: '40', porcentajeAvance: '100' },
      'rutAlumno',
      'codigoModulo',
      'tiempoConectividad',
      'porcentajeAvance',
      'fechaInicio',
      'fechaFin',
      'actividades',
    );
    const content = JSON.stringify({ alumnos: [student], modulos: [modulo] });
    const [held] = (await read(content, 'a.json')).courses.flatMap(({ students }) =>
      students.flatMap(({ heldModules = [] }) => heldModules),
    );
    const columnas = shownIn(held?.fix);
    expect(columnas).toEqual({ moduloTiempoConectividad: 'minutos' });
    const { courses } = await read(content, 'a.json', {}, columnas);
    const [alumno] = courses.flatMap(({ students }) => students.map((each) => each.alumno));
    expect([alumno?.tiempoConectividad, alumno?.listaModulos?.[0]?.tiempoConectividad]).toEqual([3000, 2400]);
  });

  it('and one line settles both columns where both are in doubt', async () => {
    const rows = [
      { ...MINUTES, tiempoConectividad: '210', porcentajeAvance: '0,6', moduloPorcentajeAvance: '1' },
    ];
    const { fixes } = await answered(rows);
    expect(shownIn(fixes[0])).toEqual({ porcentajeAvance: '0-1', moduloPorcentajeAvance: '0-1' });
    expect(shownIn(fixes[1])).toEqual({ tiempoConectividad: 'minutos', moduloTiempoConectividad: 'minutos' });
    const columnas = { ...shownIn(fixes[0]), ...shownIn(fixes[1]) };
    const { records, problems } = await answered(rows, columnas);
    expect(problems).toEqual([]);
    expect(records).toMatchObject([
      {
        alumno: { tiempoConectividad: 12_600, porcentajeAvance: 60 },
        modulo: { tiempoConectividad: 9000, porcentajeAvance: 100 },
      },
    ]);
  });

  it('a decimal sign that the column proves is read as it is, and told', async () => {
    const rows = [{ tiempoConectividad: '1.234.567', moduloTiempoConectividad: '3.600' }];
    const { records, told } = await answered(rows, { separadorDecimal: 'punto' });
    expect(records[0]?.modulo.tiempoConectividad).toBe(3600);
    expect(told).toEqual([expect.stringContaining('«3.600» es 3600 (fila 2, columna moduloTiempo')]);
  });
});

describe('an answer is not obeyed where another table of the source contradicts it', () => {
  it.each<[string, Row, ColumnAnswers]>([
    [
      'the module is 150 hours',
      { ...MINUTES, moduloTiempoConectividad: '9000' },
      { moduloTiempoConectividad: 'minutos' },
    ],
    [
      'the modules come to many times the course',
      { ...MINUTES, tiempoConectividad: '3000', moduloTiempoConectividad: '2500' },
      { moduloTiempoConectividad: 'minutos' },
    ],
    [
      'the other column is in minutes too, and nobody said so',
      { ...MINUTES, tiempoConectividad: '600', moduloTiempoConectividad: '310' },
      { moduloTiempoConectividad: 'minutos' },
    ],
    ['progress passes 1', { ...other, moduloPorcentajeAvance: '1' }, { moduloPorcentajeAvance: '0-1' }],
  ])('%s', async (_, row, columnas) => {
    const last = { ...row, rutAlumno: '5141213-3', moduloPorcentajeAvance: '60' };
    const { problems } = await answered([row, last], columnas);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.message).toMatch(/anotad|puede ser/);
  });

  it('and what is both right and answered grows without a question', async () => {
    const rows = [
      { ...MINUTES, moduloTiempoConectividad: '150' },
      { ...MINUTES, ...other, moduloTiempoConectividad: '310', tiempoConectividad: '21000' },
    ];
    const { problems, told } = await answered(rows, { moduloTiempoConectividad: 'minutos' });
    expect([problems, told]).toEqual([[], []]);
  });
});
