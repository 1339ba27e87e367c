import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeWindows1252 } from '../../src/archivo/decode.ts';
import { archivoSource } from '../../src/index.ts';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const ALUMNO = {
  rutAlumno: 12345678,
  dvAlumno: '5',
  tiempoConectividad: 7200,
  porcentajeAvance: 50,
  fechaInicio: '2026-10-05',
  fechaFin: '2026-12-18',
};
const MODULO = {
  codigoModulo: 'MOD-1',
  tiempoConectividad: 3600,
  porcentajeAvance: 40,
  fechaInicio: '2026-10-05',
  fechaFin: '2026-11-06',
  listaActividades: [{ codigoActividad: 'Foro de bienvenida' }, { codigoActividad: 'Tarea 1' }],
};

describe('one row per student and module', () => {
  it('becomes a course, its student and the modules, with the place of each', async () => {
    const course = await readOne(csv([flatRow(), flatRow({ codigoModulo: 'MOD-2' })]));
    expect(course).toMatchObject({
      id: 'OF-1',
      codigoOferta: 'OF-1',
      codigoGrupo: 'GR-1',
      fechaInicio: '2026-10-05',
      fechaFin: '2026-12-18',
      told: [],
    });
    expect(course.students).toHaveLength(1);
    expect(course.students[0]).toEqual({
      alumno: { ...ALUMNO, listaModulos: [MODULO, { ...MODULO, codigoModulo: 'MOD-2' }] },
      place: { text: 'avance.csv, fila 2', columns: expect.objectContaining({ rutAlumno: 'rutAlumno' }) },
      modulePlaces: [
        {
          text: 'avance.csv, fila 2',
          columns: expect.objectContaining({ porcentajeAvance: 'moduloPorcentajeAvance' }),
        },
        { text: 'avance.csv, fila 3', columns: expect.anything() },
      ],
      held: [],
      findings: [],
    });
  });

  it('keeps a bad cell as it is, and the other rows', async () => {
    const { students, told } = await readOne(
      csv([
        flatRow({ moduloPorcentajeAvance: 'harto' }),
        flatRow({ rutAlumno: '11.111.111-1', fechaFin: '31-02-2026' }),
      ]),
    );
    expect(
      students.map(({ alumno }) => [alumno.fechaFin, alumno.listaModulos?.[0]?.porcentajeAvance]),
    ).toEqual([
      ['2026-12-18', 'harto'],
      ['31-02-2026', 40],
    ]);
    expect(told).toEqual([]);
  });

  it('leaves progress as it is: rounding is decided in one place, for every source', async () => {
    const values = ['13,5', '13.49', '99,5', '100,4', '-0,3'];
    const { students } = await readOne(
      csv(
        values.map((moduloPorcentajeAvance, index) =>
          flatRow({ moduloPorcentajeAvance, codigoModulo: `M${index}` }),
        ),
      ),
    );
    expect(students[0]?.alumno.listaModulos?.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([
      13.5, 13.49, 99.5, 100.4, -0.3,
    ]);
  });

  it('leaves blank cells out, and a blank student field to the rows that have it', async () => {
    const { students } = await readOne(
      csv([flatRow({ porcentajeAvance: '', moduloFechaFin: '' }), flatRow({ codigoModulo: 'M2' })]),
    );
    expect(students[0]?.alumno.porcentajeAvance).toBe(50);
    expect(students[0]?.alumno.listaModulos?.[0]).not.toHaveProperty('fechaFin');
    expect(students[0]?.held).toEqual([]);
  });

  it('tells once per file that dates were turned round', async () => {
    const { told } = await readOne(
      csv([
        flatRow({ fechaInicio: '05-10-2026' }),
        flatRow({ codigoModulo: 'M2', fechaInicio: '05-10-2026' }),
      ]),
    );
    expect(told).toEqual([
      'En avance.csv, 2 fechas se leyeron como día-mes-año: «05-10-2026» es 2026-10-05 (fila 2, columna fechaInicio) y 1 más.',
    ]);
  });
});

describe('the columns may be called', () => {
  const history = {
    oferta_cod: 'OF-1',
    seccion_cod: 'GR-1',
    rut_alumno: '12345678',
    dv_alumno: '5',
    tiempo_conectividad: '7200',
    porcentaje_avance: '50',
    fecha_inicio: '2026-10-05',
    fecha_fin: '2026-12-18',
    mod_cod: 'MOD-1',
    mod_tiempo_conectividad: '3600',
    mod_porcentaje_avance: '40',
    mod_fecha_inicio: '2026-10-05',
    mod_fecha_fin: '2026-11-06',
    act_cod: 'Foro de bienvenida|Tarea 1',
  };
  const people = {
    'Código Oferta': 'OF-1',
    GRUPO: 'GR-1',
    RUT: '12.345.678',
    DV: '5',
    'Tiempo Conectividad': '02:00:00',
    '%': '50%',
    'Fecha de Inicio': '2026-10-05',
    'Fecha Término': '2026-12-18',
    'Código Módulo': 'MOD-1',
    'Tiempo conectividad módulo': '01:00:00',
    'Avance módulo': '40 %',
    'Fecha inicio módulo': '2026-10-05',
    'Fecha término módulo': '2026-11-06',
    Actividades: 'Foro de bienvenida|Tarea 1',
    Correo: 'a@b.cl',
  };
  const dotted = Object.fromEntries(
    Object.entries(flatRow()).map(([name, value]) => [
      name.replace(/^modulo([A-Z])/, (_, letter: string) => `modulo.${letter.toLowerCase()}`),
      value,
    ]),
  );
  it.each([
    ['as in the history', history],
    ['as people write', people],
    ['with a dot', dotted],
  ])('%s', async (_, row) => {
    const { students, told } = await readOne(csv([row], Object.keys(row)));
    expect(students[0]?.alumno).toEqual({ ...ALUMNO, listaModulos: [MODULO] });
    expect(told).toEqual([]);
  });

  it("a spelling of our own wins over a loose one: the module's name is not its code", async () => {
    const row = { ...flatRow(), modulo: 'Inglés técnico' };
    const { students } = await readOne(csv([row], ['modulo', ...FLAT_HEADER]));
    expect(students[0]?.alumno.listaModulos?.[0]?.codigoModulo).toBe('MOD-1');
  });

  it('tells columns that it does not know', async () => {
    const { told } = await readOne(csv([{ ...flatRow(), notaModul: '60' }], [...FLAT_HEADER, 'notaModul']));
    expect(told).toEqual(['En avance.csv no se usó la columna «notaModul»: no se conoce ese nombre.']);
  });
});

describe('a table that cannot be used', () => {
  it.each([
    ['nothing', '', 'avance.csv está vacío.'],
    ['blank lines', '\r\n;;;\r\n', 'avance.csv está vacío.'],
    ['only a header', csv([]), 'tiene los nombres de las columnas, pero ninguna fila con datos'],
    ['no header', '1;2;3\r\n4;5;6', 'no se encontró la fila con los nombres de las columnas'],
    [
      'a column missing',
      csv(
        [flatRow()],
        FLAT_HEADER.filter((name) => name !== 'fechaFin'),
      ),
      'Falta la columna «fechaFin»',
    ],
    [
      'the modules unmarked',
      csv(
        [flatRow()],
        ['codigoOferta', 'rutAlumno', 'codigoModulo', 'tiempoConectividad', 'porcentajeAvance'],
      ),
      'Se leyó como tabla de módulos',
    ],
    [
      'a column twice',
      csv([flatRow()], [...FLAT_HEADER, 'porcentaje_avance']),
      'más de una columna que dice ser «porcentajeAvance» («porcentajeAvance» y «porcentaje_avance»)',
    ],
  ])('%s', async (_, text, expected) => {
    const { courses, findings } = await read(text);
    expect(courses).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'error', message: expect.stringContaining(expected) });
  });

  it('does not stop the other sheets', async () => {
    const sheet = (name: string, header: readonly string[], row: string[]) => ({
      name,
      xml: `<sheetData>${rawRow(1, [...header])}${rawRow(2, row)}</sheetData>`,
    });
    const good = Object.values(flatRow());
    const { told, students } = await readOne(
      rawWorkbook({
        sheets: [
          sheet('Octubre', FLAT_HEADER, good),
          sheet('Noviembre', FLAT_HEADER.slice(0, -2), good.slice(0, -2)),
          sheet('Resumen', ['Curso', 'Avance'], ['OF-1', '50']),
        ],
      }),
      'avance.xlsx',
    );
    expect(students).toHaveLength(1);
    expect(told).toEqual([
      expect.stringContaining('Falta la columna «moduloFechaFin» en avance.xlsx, hoja Noviembre'),
    ]);
  });
});

describe('rows that are not data', () => {
  it('a loose quote inside a cell is part of it', async () => {
    const { students } = await readOne(csv([flatRow({ actividades: 'Pantalla de 15" | Tarea' })]));
    expect(students[0]?.alumno.listaModulos?.[0]?.listaActividades?.[0]?.codigoActividad).toBe(
      'Pantalla de 15"',
    );
  });

  it('titles above, blank rows, repeated headers and totals below are passed over', async () => {
    const text = [
      'Reporte de avance;;',
      '',
      csv([flatRow()]),
      ';;',
      FLAT_HEADER.join(';'),
      Object.values(flatRow({ codigoModulo: 'M2' })).join(';'),
      ';;Total;;50',
    ].join('\r\n');
    const { students, told } = await readOne(text.replace('Total', ''));
    expect(students[0]?.modulePlaces.map((place) => place?.text)).toEqual([
      'avance.csv, fila 4',
      'avance.csv, fila 7',
    ]);
    expect(told).toEqual([expect.stringContaining('(fila 8)')]);
  });

  it("Excel's own line that names the separator is no row", async () => {
    const { students } = await readOne(`sep=;\r\n${csv([flatRow()])}`);
    expect(students[0]?.place?.text).toBe('avance.csv, fila 2');
  });

  it('a row that moved to the right is held back, and the others go', async () => {
    const commas = csv([
      flatRow({ porcentajeAvance: '45,5' }),
      flatRow({ rutAlumno: '11.111.111-1' }),
    ]).replaceAll(';', ',');
    const { students } = await readOne(commas);
    expect(students.map(({ held }) => held.length)).toEqual([1, 0]);
    expect(students[0]?.held[0]).toMatchObject({ rut: '12345678-5', place: 'avance.csv, fila 2' });
  });
});

describe('the same student and module twice', () => {
  it('holds that module back and names both rows', async () => {
    const { students } = await readOne(
      csv([flatRow(), flatRow({ codigoModulo: 'M2' }), flatRow({ moduloPorcentajeAvance: '90' })]),
    );
    expect(students[0]?.held).toEqual([]);
    expect(students[0]?.alumno.listaModulos?.map(({ codigoModulo }) => codigoModulo)).toEqual(['M2']);
    expect(students[0]?.heldModules).toEqual([
      expect.objectContaining({
        scope: 'modulo',
        rut: '12345678-5',
        codigoModulo: 'MOD-1',
        message:
          'El módulo MOD-1 del alumno 12345678-5 está dos veces (avance.csv, fila 2 y avance.csv, fila 4) y no se sabe cuál vale.',
      }),
    ]);
  });

  it('holds the student back when the rows contradict each other, and names both values', async () => {
    const { students } = await readOne(
      csv([flatRow(), flatRow({ codigoModulo: 'M2', porcentajeAvance: '60' })]),
    );
    expect(students[0]?.held.map(({ message }) => message)).toEqual([
      'Hay filas que dicen cosas distintas de este alumno: porcentajeAvance es 50 (avance.csv, fila 2) y 60 (avance.csv, fila 3).',
    ]);
  });

  it('holds back who has a RUT that could be two people', async () => {
    const { students } = await readOne(csv([flatRow({ rutAlumno: '12345678' })]));
    expect(students[0]?.held[0]?.message).toContain(
      'No se sabe si «12345678» es un RUT con su dígito verificador o sin él',
    );
  });
});

describe('students and modules in tables of their own', () => {
  const alumnos =
    'codigoOferta;codigoGrupo;rutAlumno;nombre;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin';
  const modulos =
    'rutAlumno;codigoModulo;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;actividades';
  const book = (students: string[], modules: string[]) => {
    const sheet = (name: string, lines: string[]) => ({
      name,
      xml: `<sheetData>${lines.map((line, index) => rawRow(index + 1, line.split(';'))).join('')}</sheetData>`,
    });
    return rawWorkbook({
      sheets: [sheet('Alumnos', [alumnos, ...students]), sheet('Módulos', [modulos, ...modules])],
    });
  };
  const student = (curso: string, rut: string) =>
    `${curso};G1;${rut};Sayén Huenchullán;7200;50;2026-10-05;2026-12-18`;
  const modulo = (rut: string, code = 'MOD-1') =>
    `${rut};${code};3600;40;2026-10-05;2026-11-06;Foro de bienvenida|Tarea 1`;

  it('are joined by RUT, however it is written', async () => {
    const { students, told } = await readOne(
      book([student('OF-1', '12.345.678-5')], [modulo('12345678-5'), modulo('12.345.678-5', 'M2')]),
      'avance.xlsx',
    );
    expect(told).toEqual([]);
    expect(students[0]).toMatchObject({
      alumno: { ...ALUMNO, listaModulos: [MODULO, { ...MODULO, codigoModulo: 'M2' }] },
      name: 'Sayén Huenchullán',
      place: { text: 'avance.xlsx, hoja Alumnos, fila 2' },
      modulePlaces: [
        { text: 'avance.xlsx, hoja Módulos, fila 2' },
        { text: 'avance.xlsx, hoja Módulos, fila 3' },
      ],
    });
  });

  it('go to the student of their own file when another file has the same one in another course', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'puente-hojas-'));
    await writeFile(join(dir, 'a.xlsx'), book([student('OF-1', '12345678-5')], [modulo('12345678-5', 'M1')]));
    await writeFile(join(dir, 'b.xlsx'), book([student('OF-2', '12345678-5')], [modulo('12345678-5', 'M2')]));
    const { courses, findings } = await archivoSource({ name: 'x', ruta: dir }).read({ at: new Date(0) });
    await rm(dir, { recursive: true });
    expect(findings).toEqual([]);
    expect(
      courses.map(({ id, students }) => [
        id,
        students[0]?.alumno.listaModulos?.map(({ codigoModulo }) => codigoModulo),
      ]),
    ).toEqual([
      ['OF-1', ['M1']],
      ['OF-2', ['M2']],
    ]);
  });

  it('tell of modules whose student is nowhere, or in two courses', async () => {
    const { courses, findings } = await read(
      book(
        [student('OF-1', '12.345.678-5'), student('OF-2', '12.345.678-5')],
        [modulo('12345678-5'), modulo('11111111-1')],
      ),
      'avance.xlsx',
    );
    expect(courses.map(({ students }) => students[0]?.alumno.listaModulos)).toEqual([[], []]);
    expect(findings.map(({ message, place }) => [message, place])).toEqual([
      [
        'No se sabe de qué curso es esta fila: 12345678-5 está en varios.',
        'avance.xlsx, hoja Módulos, fila 2',
      ],
      [
        'No se sabe de qué curso es esta fila: 11111111-1 no está en ninguna tabla de alumnos.',
        'avance.xlsx, hoja Módulos, fila 3',
      ],
    ]);
  });

  it('hold back who is only in the modules of a course', async () => {
    const flat = csv(
      [
        {
          codigoOferta: 'OF-1',
          codigoGrupo: 'G1',
          rutAlumno: '12345678-5',
          codigoModulo: 'M1',
          tiempoConectividad: '1',
          porcentajeAvance: '1',
          fechaInicio: '',
          fechaFin: '',
        },
      ],
      [
        'codigoOferta',
        'codigoGrupo',
        'rutAlumno',
        'codigoModulo',
        'tiempoConectividad',
        'porcentajeAvance',
        'fechaInicio',
        'fechaFin',
      ],
    );
    const { students } = await readOne(flat, 'modulos.csv');
    expect(students[0]?.held[0]?.message).toContain('no está en la tabla de alumnos de su curso');
  });
});

describe('what Excel does to data', () => {
  it('is undone: merged cells, percentages, dates, durations, a RUT as a number', async () => {
    const header = FLAT_HEADER.map((name) => (name === 'rutAlumno' ? 'rut' : name));
    const first =
      '<row r="2"><c r="A2" t="inlineStr"><is><t>OF-1</t></is></c><c r="B2" t="inlineStr"><is><t>GR-1</t></is></c><c r="C2"><v>12345678</v></c><c r="D2" s="3"><v>0.0833333333333333</v></c><c r="E2" s="1"><v>0.5</v></c><c r="F2" s="2"><v>46300</v></c><c r="G2" s="2"><v>46374</v></c><c r="H2" t="inlineStr"><is><t>MOD-1</t></is></c><c r="I2"><v>3600</v></c><c r="J2" s="1"><v>0.4</v></c><c r="K2" s="2"><v>46300</v></c><c r="L2" s="2"><v>46332</v></c><c r="M2" t="inlineStr"><is><t>Foro de bienvenida|Tarea 1</t></is></c><c r="N2"><v>5</v></c></row>';
    const second =
      '<row r="3"><c r="H3" t="inlineStr"><is><t>M2</t></is></c><c r="I3"><v>3600</v></c><c r="J3" s="1"><v>0.4</v></c><c r="K3" s="2"><v>46300</v></c><c r="L3" s="2"><v>46332</v></c><c r="M3" t="inlineStr"><is><t>Foro de bienvenida|Tarea 1</t></is></c></row>';
    const merged = ['A', 'B', 'C', 'N'].map((column) => `<mergeCell ref="${column}2:${column}3"/>`).join('');
    const { students, told } = await readOne(
      rawWorkbook({
        formats: ['0%', 'dd-mm-yyyy', '[h]:mm:ss'],
        sheets: [
          {
            name: 'Avance',
            xml: `<sheetData>${rawRow(1, [...header, 'dv'])}${first}${second}</sheetData><mergeCells>${merged}</mergeCells>`,
          },
        ],
      }),
      'avance.xlsx',
    );
    expect(told).toEqual([]);
    expect(students).toHaveLength(1);
    expect(students[0]?.alumno).toEqual({
      ...ALUMNO,
      listaModulos: [MODULO, { ...MODULO, codigoModulo: 'M2' }],
    });
  });
});

describe('encodings', () => {
  const text = csv([flatRow({ actividades: 'Evaluación «ñandú» – €' })]);
  it.each<[string, Uint8Array]>([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${text}`)],
    ['Windows-1252', encodeWindows1252(text)],
    ['UTF-16, as Excel saves “Unicode text”', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    const { students } = await readOne(bytes);
    expect(students[0]?.alumno.listaModulos?.[0]?.listaActividades?.[0]?.codigoActividad).toBe(
      'Evaluación «ñandú» – €',
    );
  });
});
