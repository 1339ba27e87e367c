import { describe, expect, test } from 'vitest';
import { read, readOne } from './reading.ts';

const ONE = 'PRES028008000001';
const TWO = 'PRES028008000002';
const CODES = 'CAP-26-01-13-0446-1';
const GROUP = { [`grupo ${CODES}`]: CODES };

/** Sheets as coordinators keep them, which nobody made for puente. */
describe('days that are told over the table', () => {
  const sheet = (...above: string[]) =>
    [
      ...above,
      `;;${ONE} Seguridad;;Curso;`,
      'R.U.T.;Nombre;% avance;Tiempo (hh:mm);% avance;Tiempo (hh:mm)',
      '12.345.678-5;Ana Soto;40;1:30:00;45,5;2:00:00',
      'TOTAL;;40;;45,5;',
      '',
    ].join('\n');

  test.each([
    ['labels beside their days', `Fecha inicio:;02-11-2026;;Fecha término:;20-12-2026;`],
    ['labels before their days', `Inicio del curso: 02-11-2026;;;Fecha de término: 20-12-2026;;`],
    ['a period', `Período;del 02/11/2026 al 20/12/2026;;;;`],
    ['a period in words', `Vigencia: desde el 2 de noviembre de 2026 hasta el 20 de diciembre de 2026;;;;;`],
  ])('%s are everybody’s, and it is told', async (_, line) => {
    const course = await readOne(sheet(`CURSO ${CODES};;;;;`, line), 'a.csv', {}, GROUP);
    expect(course.students.map(({ alumno }) => alumno)).toEqual([
      expect.objectContaining({
        ...{ fechaInicio: '2026-11-02', fechaFin: '2026-12-20' },
        listaModulos: [expect.objectContaining({ fechaInicio: '2026-11-02', fechaFin: '2026-12-20' })],
      }),
    ]);
    expect(course.told.join(' ')).toContain('se usaron para todas sus personas las que se dicen sobre ella');
  });

  test('two different days for one thing are none', async () => {
    const { courses, findings } = await read(
      sheet(`CURSO ${CODES};;;;;`, 'Inicio: 02-11-2026;;;;;', 'Inicio: 09-11-2026;Término: 20-12-2026;;;;'),
      'a.csv',
      {},
      GROUP,
    );
    expect(courses).toEqual([]);
    expect(findings.map(({ message }) => message).join(' ')).toContain('«fechaInicio»');
  });

  test('a table’s own days are its own', async () => {
    const text = `Inicio: 02-11-2026;;;;;;;\nCódigo Oferta;Código Grupo;RUT;Fecha inicio;Fecha término;Avance;Tiempo;Nombre\n${CODES};G;12.345.678-5;2026-10-05;2026-12-18;50;7200;Ana\n`;
    const course = await readOne(text);
    expect(course.students[0]?.alumno).toMatchObject({ fechaInicio: '2026-10-05' });
  });
});

describe('columns that say only a unit', () => {
  const sheet = (...times: string[]) =>
    [
      `Código curso;Grupo;RUT;Inicio;Término;Masas (${ONE}) avance;Masas (${ONE}) horas;Avance total;Horas totales;Estado final`,
      ...times.map(
        (time, index) =>
          `${CODES};G;${['12.345.678-5', '11.111.111-1', '9856684-8'][index]};2026-10-05;2026-12-18;40;${time};40;0${index + 3}:00;aprobado`,
      ),
      '',
    ].join('\n');

  test('are times where people differ, hours and minutes, and it is told', async () => {
    const course = await readOne(sheet('02:30', '03:00', '04:10'));
    expect(course.students[0]?.alumno).toMatchObject({
      ...{ tiempoConectividad: 3 * 3600, estado: 2 },
      listaModulos: [{ codigoModulo: ONE, tiempoConectividad: 9000 }],
    });
    expect(course.told.join(' ')).toContain('su nombre solo dice en qué está');
  });

  test('are what the module lasts, perhaps, where everybody has the same', async () => {
    const { courses } = await read(sheet('08:00', '08:00', '08:00'));
    expect(
      courses.flatMap(({ students }) => students.flatMap(({ alumno }) => alumno.listaModulos ?? [])),
    ).toEqual([]);
  });
});

test('three rows of names, short words for connection and for the course', async () => {
  const text = [
    `;;;;;Módulo I;;Módulo II;;;`,
    `;;;;;${ONE};;${TWO};;;`,
    'Cód. curso;Grupo;RUT;F. inicio;F. fin;Avance %;Hrs conexión;Avance %;Hrs conexión;% Avance curso;Hrs conexión curso',
    `${CODES};G;12.345.678-5;2026-10-05;2026-12-18;100;6,5;0;0;50;6,5`,
    '',
  ].join('\n');
  const course = await readOne(text);
  expect(course.codigoOferta).toBe(CODES);
  expect(course.students[0]?.alumno).toMatchObject({
    tiempoConectividad: 23_400,
    listaModulos: [
      { codigoModulo: ONE, tiempoConectividad: 23_400 },
      { codigoModulo: TWO, tiempoConectividad: 0 },
    ],
  });
});
