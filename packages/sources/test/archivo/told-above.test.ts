import { describe, expect, test } from 'vitest';
import { read, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const OFERTA = 'CAP-26-01-05-0787-2';
const GRUPO = 'CAP-26-01-05-0787-2-B';
const ONE = 'PRES028008000001';
const NAMES = `RUT;Nombre;Avance;Tiempo;Fecha inicio;Fecha término;Avance ${ONE};Tiempo ${ONE}`;
const ANA = '12.345.678-5;Ana Soto;50;7200;05-10-2026;18-12-2026;40;3600';

const told = ({ findings, notGiven }: Awaited<ReturnType<typeof read>>) =>
  [...findings, ...notGiven.flatMap(({ issues }) => issues)].map(({ message }) => message).join(' ');
const under = (...lines: string[]) => [...lines, '', NAMES, ANA, ''].join('\n');

describe('a group that is said over the table', () => {
  test.each([
    `Grupo:;${GRUPO}`,
    `Grupo: ${GRUPO}`,
    `Sección ${GRUPO};Desde 05-10-2026`,
    `SECCIÓN N° ${GRUPO.toLowerCase()}`,
  ])('«%s» is that of its people, and is told', async (line) => {
    const { courses, findings } = await read(under(`Código SENCE:;${OFERTA}`, line));
    expect(courses.map((one) => [one.codigoOferta, one.codigoGrupo, one.students.length])).toEqual([
      [OFERTA, GRUPO, 1],
    ]);
    expect(JSON.stringify({ courses, findings })).toContain(
      'la tabla no trae el grupo, y se usó para todas sus personas el que se dice sobre ella',
    );
  });

  test('two that differ, a total and no code at all are none: it goes on being asked', async () => {
    for (const lines of [
      [`Grupo ${GRUPO}`, `Grupo ${OFERTA}-C`],
      [`Total grupo ${GRUPO}`],
      ['Grupo: lunes y miércoles'],
    ]) {
      const reading = await read(under(`Código SENCE:;${OFERTA}`, ...lines));
      expect(reading.courses).toEqual([]);
      expect(told(reading)).toContain('falta codigoGrupo');
    }
  });

  test('a column of groups, and what a person said of the course, come first', async () => {
    const column = await readOne(
      `Grupo: ${GRUPO}\n\n${NAMES};Código oferta;Código grupo\n${ANA};${OFERTA};${OFERTA}\n`,
    );
    expect(column.codigoGrupo).toBe(OFERTA);
    const said = { [`grupo ${OFERTA}`]: `${OFERTA}-D` };
    const { courses } = await read(under(`${OFERTA}`, `Grupo: ${GRUPO}`), 'avance.csv', {}, said);
    expect(courses.map(({ codigoGrupo }) => codigoGrupo)).toEqual([`${OFERTA}-D`]);
  });
});

test('rows that nobody knows the course of are counted as the sheet has them, and not by modules', async () => {
  const two = `${NAMES};Avance PRES028008000002;Tiempo PRES028008000002`;
  const reading = await read(`${OFERTA}\n\n${two}\n${ANA};10;60\n`);
  expect(told(reading)).toContain('No se sabe de qué curso es una fila de');
});

test('the second of two courses in a sheet, one below the other, has its modules over its own names', async () => {
  const block = (oferta: string, modulo: string, rut: string) => [
    [`CURSO ${oferta}`],
    [`Sección ${oferta}`, null, 'Desde 05-10-2026 hasta 18-12-2026'],
    ['RUT', 'Nombre', 'Fecha inicio', 'Fecha término', modulo, modulo, 'Total', 'Total'],
    ['RUT', 'Nombre', 'Fecha inicio', 'Fecha término', 'Avance', 'Tiempo', 'Avance', 'Tiempo'],
    [rut, 'Ana Soto', '05-10-2026', '18-12-2026', '40', '01:00:00', '50', '02:00:00'],
    ['Subtotal', '1 participante'],
    [],
  ];
  const rows = [
    ...block(OFERTA, ONE, '12.345.678-5'),
    ...block('CAP-26-01-13-0446-1', 'PRES028008000009', '11.111.111-1'),
  ];
  const { courses } = await read(
    rawWorkbook({
      sheets: [
        {
          name: 'Cursos',
          xml: `<sheetData>${rows.map((cells, at) => rawRow(at + 1, cells)).join('')}</sheetData>`,
        },
      ],
    }),
    'avance.xlsx',
  );
  expect(
    courses.map((one) => [
      one.codigoGrupo,
      one.students.map(({ alumno }) => alumno.listaModulos?.map((m) => m.codigoModulo)),
    ]),
  ).toEqual([
    [OFERTA, [[ONE]]],
    ['CAP-26-01-13-0446-1', [['PRES028008000009']]],
  ]);
});

test('«Progreso curso (%)» is the progress of the course', async () => {
  const course = await readOne(
    `Oferta;Grupo;${NAMES.replace('Avance;', 'Progreso curso (%);')}\nOF-1;GR-1;${ANA}\n`,
  );
  expect(course.students[0]?.alumno.porcentajeAvance).toBe(50);
});
