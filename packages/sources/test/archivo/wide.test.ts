import { describe, expect, test } from 'vitest';
import { seenColumns } from '../../src/index.ts';
import { FLAT_HEADER, flatRow, read, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const STUDENT = 'Código Oferta;Código Grupo;RUT;Nombre;Avance;Tiempo;Fecha inicio;Fecha término';
const ANA = 'OF-1;GR-1;12.345.678-5;Ana Soto;50;7200;05-10-2026;18-12-2026';
const ONE = 'PRES028008000001';
const TWO = 'PRES028008000002';
const SAID = { M1: `modulo ${ONE}`, M2: `modulo ${TWO}` };

const modulesOf = (course: { students: { alumno: { listaModulos?: unknown } }[] }) =>
  course.students.map(({ alumno }) => alumno.listaModulos);

describe('modules side by side', () => {
  test('codes in the names of columns: each module is read, with the dates of its student, which is told', async () => {
    const course = await readOne(
      `${STUDENT};Avance ${ONE};Tiempo ${ONE};Avance ${TWO};Tiempo ${TWO}\n${ANA};40;3600;60;1800\n`,
    );
    expect(modulesOf(course)).toEqual([
      [
        expect.objectContaining({
          ...{ codigoModulo: ONE, porcentajeAvance: 40, tiempoConectividad: 3600 },
          ...{ fechaInicio: '2026-10-05', fechaFin: '2026-12-18' },
        }),
        expect.objectContaining({ codigoModulo: TWO, porcentajeAvance: 60, tiempoConectividad: 1800 }),
      ],
    ]);
    expect(course.students[0]?.alumno).toMatchObject({ porcentajeAvance: 50, tiempoConectividad: 7200 });
    expect(course.students[0]?.modulePlaces?.[1]).toMatchObject({
      text: 'avance.csv, fila 2',
      columns: { porcentajeAvance: `Avance ${TWO}`, fechaInicio: 'Fecha inicio' },
    });
    expect(course.told.join(' ')).toContain('no hay fechas para cada módulo');
  });

  test('a number is no code: it is asked, module by module, and once said it is read', async () => {
    const text = `${STUDENT};Avance M1;Tiempo M1;Avance Módulo 2;Tiempo Mód. 2\n${ANA};40;3600;60;1800\n`;
    const asked = await readOne(text);
    expect(modulesOf(asked)).toEqual([[]]);
    expect(asked.students[0]?.heldModules?.map(({ message }) => message)).toEqual([
      'No se sabe qué código de SIC tiene el módulo que la planilla llama «M1».',
      'No se sabe qué código de SIC tiene el módulo que la planilla llama «Módulo 2».',
    ]);
    const { courses } = await read(text, 'avance.csv', {}, { M1: `modulo ${ONE}` });
    expect(courses[0] && modulesOf(courses[0])).toEqual([[expect.objectContaining({ codigoModulo: ONE })]]);
    const said = await readOne(text, 'avance.csv', {}, SAID);
    expect(modulesOf(said)).toEqual([
      [
        expect.objectContaining({ codigoModulo: ONE, porcentajeAvance: 40 }),
        expect.objectContaining({ codigoModulo: TWO, porcentajeAvance: 60, tiempoConectividad: 1800 }),
      ],
    ]);
  });

  test('two rows of names, merged or not: what stands over columns is their module', async () => {
    const heads = [
      ['Código Oferta', 'Código Grupo', 'RUT', 'Nombre', 'Fecha inicio', 'Fecha término'],
      ['Módulo 1', null, 'Módulo 2', null, 'Total', null],
      ['Avance', 'Tiempo', 'Avance', 'Tiempo', 'Avance', 'Tiempo'],
    ] as const;
    const [own, groups, leaves] = heads;
    const row = rawRow(4, [
      'OF-1',
      'GR-1',
      '12.345.678-5',
      'Ana Soto',
      '2026-10-05',
      '2026-12-18',
      40,
      3600,
      60,
      1800,
      50,
      7200,
    ]);
    const title = rawRow(1, ['Avance del curso al 23 de noviembre']);
    const merges = 'ABCDEF'
      .split('')
      .map((letter) => `<mergeCell ref="${letter}2:${letter}3"/>`)
      .join('');
    const upper = rawRow(2, [...own, ...groups]);
    const lower = rawRow(3, [...own.map(() => null), ...leaves]);
    for (const extra of [
      '',
      `<mergeCells>${merges}<mergeCell ref="G2:H2"/><mergeCell ref="I2:J2"/><mergeCell ref="K2:L2"/></mergeCells>`,
    ]) {
      const book = rawWorkbook({
        sheets: [{ name: 'Hoja1', xml: `<sheetData>${title}${upper}${lower}${row}</sheetData>${extra}` }],
      });
      const course = await readOne(book, 'avance.xlsx', {}, SAID);
      expect(modulesOf(course)).toEqual([
        [
          expect.objectContaining({ codigoModulo: ONE, porcentajeAvance: 40, tiempoConectividad: 3600 }),
          expect.objectContaining({ codigoModulo: TWO, porcentajeAvance: 60, tiempoConectividad: 1800 }),
        ],
      ]);
      expect(course.students[0]?.alumno).toMatchObject({ porcentajeAvance: 50, tiempoConectividad: 7200 });
      expect(course.students[0]?.modulePlaces?.[0]?.columns).toMatchObject({
        porcentajeAvance: 'Módulo 1 · Avance',
      });
    }
  });

  test('what stands behind the last module and under no other is the student’s', async () => {
    const names = 'Avance;Tiempo';
    const text = `${';'.repeat(8)}${ONE};;${TWO};;;\n${STUDENT};${names};${names};Nota final;Observación\n${ANA};40;3600;60;1800;90;viene los lunes\n`;
    const { students } = await readOne(text);
    expect(students[0]?.alumno).toMatchObject({ evaluacionFinal: 90 });
    expect(modulesOf({ students })).toEqual([
      [40, 60].map((porcentajeAvance) => expect.objectContaining({ porcentajeAvance })),
    ]);
    expect(JSON.stringify(modulesOf({ students }))).not.toContain('notaModulo');
  });

  test('a title over the names, and a course code beside it, make no modules of the columns of the student', async () => {
    const rows = [
      ...['Curso:;OF-1;Módulo 1;', 'Código:;CAP-26-01-13-0446;;'].map((line) => `${line}\n`),
      `${FLAT_HEADER.join(';')}\n${Object.values(flatRow()).join(';')}\n`,
    ];
    for (const title of rows.slice(0, 2)) {
      const course = await readOne(`${title}${rows[2]}`);
      expect(modulesOf(course)).toEqual([
        [expect.objectContaining({ codigoModulo: 'MOD-1', porcentajeAvance: 40 })],
      ]);
    }
  });

  test('a module that is blank for a student is told and not sent; one that misses a figure is held by name', async () => {
    const course = await readOne(
      `${STUDENT};Avance ${ONE};Tiempo ${ONE};Avance ${TWO};Tiempo ${TWO}\n${ANA};40;3600;-;\nOF-1;GR-1;11.111.111-1;Eva Paz;50;7200;05-10-2026;18-12-2026;40;3600;60;1800\nTOTAL;;;;;;;;80;7200;60;1800\n`,
    );
    expect(modulesOf(course).map((modules) => (Array.isArray(modules) ? modules.length : 0))).toEqual([1, 2]);
    expect(course.told.join(' ')).toContain(`las columnas del módulo «${TWO}» vienen en blanco en la fila 2`);
    expect(course.told.filter((text) => text.includes('no es la fila de un alumno'))).toHaveLength(1);
  });

  test('a unit in the names of the times counts; where they differ nothing is read', async () => {
    const sheet = (one: string, two: string) =>
      `${STUDENT};Avance ${ONE};${one};Avance ${TWO};${two}\n${ANA};40;60;60;30\n`;
    const same = await readOne(sheet(`Tiempo ${ONE} (min)`, `Tiempo ${TWO} (min)`));
    expect(modulesOf(same)).toEqual([
      [
        expect.objectContaining({ tiempoConectividad: 3600 }),
        expect.objectContaining({ tiempoConectividad: 1800 }),
      ],
    ]);
    const mixed = await read(sheet(`Tiempo ${ONE} (min)`, `Tiempo ${TWO} (hrs)`));
    expect(mixed.courses).toEqual([]);
    expect(mixed.findings.map(({ message }) => message).join(' ')).toContain('dicen cosas distintas');
  });

  test('what a person says of a column counts: its field, and its module where the name says none', async () => {
    const text = `${STUDENT};Logro M1;Estadía M1;Logro Excel;Estadía Excel\n${ANA};40;3600;60;1800\n`;
    const course = await readOne(
      text,
      'avance.csv',
      {},
      {
        ...SAID,
        'Logro M1': 'moduloPorcentajeAvance',
        'Estadía M1': 'moduloTiempoConectividad',
        'Logro Excel': `moduloPorcentajeAvance ${TWO}`,
        'Estadía Excel': `moduloTiempoConectividad ${TWO}`,
      },
    );
    expect(modulesOf(course)).toEqual([
      [
        expect.objectContaining({ codigoModulo: ONE, porcentajeAvance: 40, tiempoConectividad: 3600 }),
        expect.objectContaining({ codigoModulo: TWO, porcentajeAvance: 60, tiempoConectividad: 1800 }),
      ],
    ]);
  });

  test('columns of one module twice, and modules without their times, are not guessed', async () => {
    const twice = await read(
      `${STUDENT};Avance M1;Progreso M1;Tiempo M1;Avance M2;Tiempo M2\n${ANA};40;41;3600;60;1800\n`,
      'avance.csv',
      {},
      SAID,
    );
    expect(twice.courses).toEqual([]);
    expect(twice.findings.map(({ message }) => message).join(' ')).toContain('«Progreso M1»');
    const untimed = await readOne(`${STUDENT};Avance M1;Avance M2\n${ANA};40;60\n`, 'avance.csv', {}, SAID);
    expect(modulesOf(untimed)).toEqual([[]]);
    expect(untimed.told.join(' ')).toContain('de cada módulo se necesitan el avance y el tiempo');
  });
});

test('the group of a course that its sheets only name is asked, and once said is that of its rows alone', async () => {
  const header =
    'RUT;Nombre;Avance;Tiempo;Fecha inicio;Fecha término;Avance PRES028008000001;Tiempo PRES028008000001';
  const text = `Curso CAP-26-01-13-0446-1\n${header}\n12.345.678-5;Ana Soto;50;7200;05-10-2026;18-12-2026;40;3600\n`;
  expect((await read(text)).courses).toEqual([]);
  const bytes = new TextEncoder().encode(text);
  const { preguntas } = await seenColumns({ bytes, file: 'avance.csv', deciding: { answers: {} } });
  expect(preguntas).toEqual([
    expect.objectContaining({ clave: 'grupo CAP-26-01-13-0446-1', opciones: null }),
  ]);
  expect((await read(text, 'avance.csv', {}, { 'grupo CAP-26-01-13-0447': 'G-9' })).courses).toEqual([]);
  const course = await readOne(text, 'avance.csv', {}, { 'grupo CAP-26-01-13-0446-1': 'G-1' });
  expect(course).toMatchObject({ codigoOferta: 'CAP-26-01-13-0446-1', codigoGrupo: 'G-1' });
  expect(modulesOf(course)).toEqual([[expect.objectContaining({ porcentajeAvance: 40 })]]);
});
