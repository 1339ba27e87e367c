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
    told: findings.map(({ message }) => message).join('\n'),
  };
}

test('a unit that the sheet states below its names or above them is the unit of its times, and told', async () => {
  const below = await read([NAMES, ';;;(minutos);(%);;;;(en minutos);(%);;', ROW]);
  expect(below.times).toEqual([36_000, 23_400]);
  expect(below.told).toContain('dice «minutos» de «tiempoConectividad» y «moduloTiempoConectividad»');
  const above = await read(['Tiempos en minutos', NAMES, ROW]);
  expect(above.times).toEqual([36_000, 23_400]);
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
  expect(minutes.told).toMatch(/«min» de «Tiempo \(min\)».*\n.*«horas» de «Tiempo módulo en horas»/);
  const seconds = called({
    rutAlumno: 'RUT (con DV)',
    tiempoConectividad: 'Minutos de conexión',
    moduloTiempoConectividad: 'Tiempo módulo (seg)',
    moduloPorcentajeAvance: 'Avance módulo (%)',
    fechaInicio: 'Fecha inicio (AAAA-MM-DD)',
  });
  const mixed = await read([seconds, ROW.replace('390', '20000')]);
  expect(mixed.times).toEqual([36_000, 20_000]);
  expect(mixed.told).not.toContain('«seg»');
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
  expect(told).toContain('«1,0 a 7,0» de «Nota módulo (1,0 a 7,0)»');
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
