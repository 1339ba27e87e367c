import { expect, test } from 'vitest';
import { archivoSource } from '../archivo.ts';
import type { ColumnAnswers } from './answers.ts';

const NAMES =
  'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin';
const ROW = 'C-1;C-1;11111111-1;600;60;2026-10-05;2026-12-18;M-1;390;100;2026-10-05;2026-12-18';

async function read(lines: string[], columnas: ColumnAnswers = {}) {
  const contenido = new TextEncoder().encode(lines.join('\n'));
  const source = archivoSource({ name: 'aula', ruta: 'avance.csv', contenido, columnas });
  const { courses, findings } = await source.read({ at: new Date('2026-11-20T22:00:00-03:00') });
  const [student] = courses.flatMap(({ students }) => students);
  const [modulo] = student?.alumno.listaModulos ?? [];
  return {
    times: [student?.alumno.tiempoConectividad, modulo?.tiempoConectividad],
    marks: [student?.alumno.evaluacionFinal, modulo?.notaModulo],
    held: student?.held[0] ?? { message: '', fix: '' },
    told: findings.map(({ message }) => message).join('\n'),
  };
}

test('a unit that the sheet states below its names or above them is the unit of its times, and told', async () => {
  const below = await read([NAMES, ';;;(minutos);(%);;;;(en minutos);(%);;', ROW]);
  expect(below.times).toEqual([36_000, 23_400]);
  expect(below.told).toContain(
    'en la fila 2 dice «(minutos)», y así se leen los números de «tiempoConectividad»',
  );
  const above = await read(['Tiempos en minutos', NAMES, ROW]);
  expect(above.times).toEqual([36_000, 23_400]);
});

test.each([
  'Los tiempos NO están en minutos, están en segundos',
  'Tiempo de conexión mínimo exigido en minutos: 120',
  'El tiempo se informa en minutos solo si SENCE lo pide',
  'Nota: tiempos en minutos en la hoja Resumen',
  'Tiempo en minutos / segundos',
])('a line that says more than a unit is asked about, with its row: %s', async (line) => {
  const { times, held } = await read([line, NAMES, ROW]);
  expect(times).toEqual([600, undefined]);
  expect(held.message).toBe(`No se sabe si «600» son segundos: en la fila 1 dice «${line}».`);
  const columnas = JSON.parse(
    (/«columnas: (\{[^}]*\})»/.exec(held.fix)?.[1] ?? '').replace(/(\w+): (\w+)/g, '"$1": "$2"'),
  );
  expect((await read([line, NAMES, ROW], columnas)).times).toEqual([36_000, 23_400]);
  const seconds = await read([line, NAMES, ROW], { ...columnas, unidadTiempo: 'segundos' });
  expect(seconds.times).toEqual([36_000, 23_400]);
  expect((await read([line, NAMES, ROW], { unidadTiempo: 'segundos' })).times).toEqual([600, 390]);
});

test('a line about a unit that these times cannot be in is about another time', async () => {
  const { times, held } = await read(['Tiempo total del curso en horas: 40', NAMES, ROW]);
  expect(times).toEqual([600, 390]);
  expect(held.message).toBe('');
  // A bare one is not: one of the two is wrong.
  const bare = await read(['Tiempos en horas', NAMES, ROW]);
  expect(bare.held.message).toContain('en la fila 1 dice «Tiempos en horas», pero la columna');
});

test('other lines state nothing', async () => {
  const { times, told } = await read(['Avance al 20 de noviembre: 90 minutos de clase', NAMES, ROW]);
  expect(times).toEqual([600, 390]);
  expect(told).not.toContain('así se leen');
});

/** The names with others in their place. */
const called = (names: Record<string, string>): string =>
  NAMES.split(';')
    .map((name) => names[name] ?? name)
    .join(';');

test('a unit in the name of a column is its unit, and told where it is not seconds', async () => {
  const brackets = called({
    tiempoConectividad: 'Tiempo (min)',
    moduloTiempoConectividad: 'Tiempo módulo en horas',
  });
  const minutes = await read([brackets, ROW.replace('390', '6,5')]);
  expect(minutes.times).toEqual([36_000, 23_400]);
  expect(minutes.told).toMatch(
    /se llama «Tiempo \(min\)», y así.*\n.*se llama «Tiempo módulo en horas», y así/,
  );
  const seconds = called({
    rutAlumno: 'RUT (con DV)',
    tiempoConectividad: 'Minutos de conexión',
    moduloTiempoConectividad: 'Tiempo módulo (seg)',
    moduloPorcentajeAvance: 'Avance módulo (%)',
    fechaInicio: 'Fecha inicio (AAAA-MM-DD)',
  });
  const mixed = await read([seconds, ROW.replace('390', '20000')]);
  expect(mixed.times).toEqual([36_000, 20_000]);
  expect(mixed.told).not.toContain('(seg)');
});

test('so it is in a table of modules alone, where the names have no mark', async () => {
  const alumnos = [
    'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin',
    'C-1;C-1;11111111-1;36000;60;2026-10-05;2026-12-18',
  ];
  const modulos =
    'codigoOferta;codigoGrupo;rutAlumno;codigoModulo;TIEMPO;porcentajeAvance;fechaInicio;fechaFin';
  const row = 'C-1;C-1;11111111-1;M-1;390;100;2026-10-05;2026-12-18';
  for (const rows of [
    [modulos.replace('TIEMPO', 'Tiempo (min)'), row],
    [modulos.replace('TIEMPO', 'Tiempo'), ';;;;(minutos);;;', row],
  ]) {
    const { times } = await read([...alumnos, '', ...rows]);
    expect(times).toEqual([36_000, 23_400]);
  }
});

test('a scale in the name of a column of marks is its scale, and told', async () => {
  const names = `${called({})};Nota final (escala 1-7);Nota módulo (1,0 a 7,0)`;
  const { marks, told } = await read(
    [names, `${ROW};4,0;7,0`].map((line) => line.replace(';600;', ';7200;')),
  );
  expect(marks).toEqual([50, 100]);
  expect(told).toContain('se llama «Nota módulo (1,0 a 7,0)», y así');
});

test('what a person answered about the column wins over its name', async () => {
  const names = called({ tiempoConectividad: 'Tiempo (min)' });
  const { times, told } = await read([names, ROW], { tiempoConectividad: 'segundos' });
  expect(times).toEqual([600, 390]);
  expect(told).not.toContain('así se leen');
});

test('other words beside a name make another column of it, which is named where that one is missing', async () => {
  const { told } = await read([
    called({ porcentajeAvance: 'Avance (esperado)', tiempoConectividad: 'Minutos' }),
    ROW,
  ]);
  expect(told).toMatch(/Faltan las columnas .*«tiempoConectividad».*«Minutos» y «Avance \(esperado\)»/);
});

test('a column without such words wins over one with them, which is told', async () => {
  const { times, told } = await read([`${NAMES};Tiempo (hrs)`, `${ROW};90`]);
  expect(times).toEqual([600, 390]);
  expect(told).toContain('no se usó «Tiempo (hrs)», porque se usó «tiempoConectividad»');
  // Unless it is the template's own.
  const marks = await read([`${NAMES};Nota;Nota módulo (1 a 7)`, `${ROW.replace(';600;', ';7200;')};;7,0`]);
  expect(marks.marks).toEqual([undefined, 100]);
});
