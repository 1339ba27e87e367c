import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/index.ts';
import { flatRow, read, readOne } from './reading.ts';

const MODULO = {
  codigoModulo: 'MOD-1',
  tiempoConectividad: 60,
  porcentajeAvance: 13.5,
  fechaInicio: '2026-10-05',
  fechaFin: '31-08-2026',
  listaActividades: [{ codigoActividad: 'Tarea 1' }],
};
const ALUMNO = {
  rutAlumno: '12345678',
  dvAlumno: 'k',
  tiempoConectividad: '45',
  porcentajeAvance: '45,5',
  fechaInicio: '2026-10-05',
  fechaFin: '2026-12-18',
  evaluacionFinal: null,
  listaModulos: [MODULO],
};
const BODY = {
  rutOtec: '77.124.930-2',
  idSistema: 1350,
  token: '5EE5EEEE-5555-BDBD-D4D4-E32E32E32E32',
  codigoOferta: 'OF-1',
  codigoGrupo: 7,
  codigoEnvio: 'x',
  cantActividadSincronica: '-1',
  listaAlumnos: [ALUMNO],
};
const json = (value: unknown) => readOne(JSON.stringify(value), 'envio.json');

describe('an API body', () => {
  it('goes as it stands, right and wrong values alike, without its token and codigoEnvio', async () => {
    const course = await json(BODY);
    expect(course).toMatchObject({
      codigoOferta: 'OF-1',
      codigoGrupo: '7',
      rutOtec: '77.124.930-2',
      cantActividadSincronica: '-1',
      told: [],
    });
    expect(course.students.map(({ alumno }) => alumno)).toStrictEqual([ALUMNO]);
    expect(course.students[0]?.place?.text).toBe('envio.json, listaAlumnos[0]');
    expect(course.students[0]?.modulePlaces[0]?.text).toBe('envio.json, listaAlumnos[0].listaModulos[0]');
    expect(JSON.stringify(course)).not.toContain('5EE5EEEE');
  });

  it('without rutOtec, idSistema, token and codigoEnvio is as good', async () => {
    const { codigoOferta, codigoGrupo, listaAlumnos } = BODY;
    const course = await json({ codigoOferta, codigoGrupo, listaAlumnos });
    expect(course).not.toHaveProperty('rutOtec');
    expect(course.students).toHaveLength(1);
  });

  it('in the envelope of another program is the same', async () => {
    const course = await json({ estado: 'ok', data: BODY });
    expect(course.students.map(({ alumno }) => alumno)).toStrictEqual([ALUMNO]);
    expect((await json({ cursos: [BODY] })).students).toHaveLength(1);
    expect((await json({ estado: 'ok', result: { cursos: [BODY] } })).students).toHaveLength(1);
  });

  it('that is neither is told as JSON, not as a sheet', async () => {
    const { findings } = await read(JSON.stringify({ estado: 'ok', cursos: { lista: 'a;b' } }), 'a.json');
    expect(findings).toMatchObject([{ fix: expect.stringContaining('envíos con la forma de la API') }]);
  });

  it('keeps the place of what is no student, no module and no activity, for preflight to refuse', async () => {
    const { students } = await json({
      ...BODY,
      listaAlumnos: [
        null,
        5,
        {
          ...ALUMNO,
          listaModulos: [
            null,
            { ...MODULO, codigoModulo: 'M2', listaActividades: [null, 'x', { codigoActividad: 3 }] },
          ],
        },
        { rutAlumno: 1, dvAlumno: '9', listaModulos: 'no' },
      ],
    });
    expect(students.map(({ alumno }) => alumno)).toEqual([
      { listaModulos: [] },
      { listaModulos: [] },
      {
        ...ALUMNO,
        listaModulos: [
          {},
          { ...MODULO, codigoModulo: 'M2', listaActividades: [{}, {}, { codigoActividad: 3 }] },
        ],
      },
      { rutAlumno: 1, dvAlumno: '9', listaModulos: [] },
    ]);
  });

  it('does not take a field that the object only inherits', async () => {
    const { students } = await readOne(
      `{"codigoOferta":"OF-1","codigoGrupo":"G","listaAlumnos":[{"rutAlumno":12345678,"dvAlumno":"5","__proto__":{"estado":2}}]}`,
      'envio.json',
    );
    expect(students[0]?.alumno).toEqual({ rutAlumno: 12345678, dvAlumno: '5', listaModulos: [] });
  });

  it('in several parts is one course; the same student and module in two parts is held back', async () => {
    const other = { ...ALUMNO, rutAlumno: 11111111, dvAlumno: '1' };
    const course = await json([BODY, { ...BODY, listaAlumnos: [other, { ...ALUMNO, rutAlumno: 12345678 }] }]);
    expect(course.students).toHaveLength(2);
    expect(course.students[0]?.alumno.listaModulos).toEqual([]);
    expect(course.students[0]?.heldModules?.[0]?.message).toContain(
      '(envio.json, [0].listaAlumnos[0].listaModulos[0] y envio.json, [1].listaAlumnos[1].listaModulos[0])',
    );
    expect(course.students[1]?.heldModules).toBeUndefined();
  });

  it('of two providers for one course is not sent as either', async () => {
    const { courses, notGiven } = await read(
      JSON.stringify([BODY, { ...BODY, rutOtec: '76000000-K' }]),
      'envio.json',
    );
    expect(courses).toEqual([]);
    expect(notGiven).toMatchObject([{ asked: null, cause: 'withheld' }]);
    expect(notGiven[0]?.issues[0].message).toContain(
      'más de un RUT de OTEC: 77.124.930-2 (envio.json, [0].listaAlumnos[0])',
    );
  });

  it.each([
    ['an empty list', { ...BODY, listaAlumnos: [] }],
    ['none', { codigoOferta: 'OF-1', codigoGrupo: 'G' }],
    ['something else', { ...BODY, listaAlumnos: { a: 1 } }],
  ])('with %s of students says so', async (_, body) => {
    const { courses, findings } = await read(JSON.stringify(body), 'envio.json');
    expect(courses).toEqual([]);
    expect(findings).toEqual([
      expect.objectContaining({ severity: 'error', message: expect.stringContaining('no trae alumnos') }),
    ]);
  });

  it.each([
    [
      'marks of 1–7',
      { estado: 2, evaluacionFinal: 6.5 },
      {},
      'evaluacionFinal 6,5 (envio.json, listaAlumnos[0])',
    ],
    ['fractions', { porcentajeAvance: 0.45 }, { porcentajeAvance: 1 }, 'porcentajeAvance 0,45'],
    [
      'minutes',
      { porcentajeAvance: 100, tiempoConectividad: 210 },
      { tiempoConectividad: 150 },
      'tiempoConectividad 210',
    ],
  ])('in other units goes as it stands, and is told once: %s', async (_, alumno, modulo, message) => {
    const course = await json({
      ...BODY,
      listaAlumnos: [
        {
          ...ALUMNO,
          porcentajeAvance: 60,
          tiempoConectividad: 4500,
          ...alumno,
          listaModulos: [{ ...MODULO, ...modulo }],
        },
      ],
    });
    expect(course.told).toEqual([expect.stringContaining(message)]);
    expect(course.students[0]?.alumno).toMatchObject(alumno);
  });

  it('without a course says so, unless puente.yaml knows it', async () => {
    const body = JSON.stringify({ listaAlumnos: [ALUMNO] });
    const { courses, notGiven } = await read(body, 'curso-a.json');
    expect(courses).toEqual([]);
    expect(notGiven[0]?.issues[0]).toMatchObject({
      code: '003',
      message: expect.stringContaining('falta codigoOferta'),
    });
    const known = await readOne(body, 'curso-a.json', {
      courses: [{ curso: 'curso-a', codigoOferta: 'OF-9', codigoGrupo: 'GR-9' }],
    });
    expect(known).toMatchObject({ id: 'curso-a', codigoOferta: 'OF-9', codigoGrupo: 'GR-9', told: [] });
  });
});

describe('rows in JSON', () => {
  const { actividades, ...row } = flatRow();

  it('are read as a table: figures, lists and a module of its own', async () => {
    const modulo = {
      codigoModulo: 'MOD-1',
      tiempoConectividad: 3600,
      porcentajeAvance: '40,4',
      fechaInicio: '2026-10-05',
      fechaFin: '06-11-2026',
    };
    const {
      codigoModulo,
      moduloTiempoConectividad,
      moduloPorcentajeAvance,
      moduloFechaInicio,
      moduloFechaFin,
      ...alumno
    } = row;
    const course = await json([
      {
        ...alumno,
        tiempoConectividad: 7200,
        modulo,
        actividades: ['Foro; parte 1', { codigoActividad: 'Tarea' }],
      },
    ]);
    expect(course.students[0]?.alumno).toMatchObject({
      rutAlumno: 12345678,
      dvAlumno: '5',
      tiempoConectividad: 7200,
    });
    expect(course.students[0]?.alumno.listaModulos).toEqual([
      {
        ...modulo,
        porcentajeAvance: 40.4,
        fechaFin: '2026-11-06',
        listaActividades: [{ codigoActividad: 'Foro; parte 1' }, { codigoActividad: 'Tarea' }],
      },
    ]);
    expect(course.students[0]?.place?.text).toBe('envio.json, elemento 1');
  });

  it('may stand beside bodies and rubbish, which is told', async () => {
    const { courses, findings } = await read(
      JSON.stringify([BODY, { ...row, codigoOferta: 'OF-2', actividades }, 7, null]),
      'x.json',
    );
    expect(courses.map(({ codigoOferta, students }) => [codigoOferta, students[0]?.place?.text])).toEqual([
      ['OF-1', 'x.json, [0].listaAlumnos[0]'],
      ['OF-2', 'x.json, elemento 2'],
    ]);
    expect(findings.map(({ message }) => message)).toEqual([
      'En x.json, los elementos 3 y 4 no son ni un envío ni una fila de datos.',
    ]);
  });

  it('may be two tables, of students and of modules', async () => {
    const {
      codigoModulo,
      moduloTiempoConectividad,
      moduloPorcentajeAvance,
      moduloFechaInicio,
      moduloFechaFin,
      ...alumno
    } = row;
    const modulo = {
      rutAlumno: '12345678-5',
      codigoModulo,
      tiempoConectividad: 60,
      porcentajeAvance: 40,
      fechaInicio: '2026-10-05',
      fechaFin: '2026-11-06',
      actividades: 'Tarea',
    };
    const course = await json({ alumnos: [alumno], modulos: [modulo] });
    expect(course.students[0]?.modulePlaces[0]?.text).toBe('envio.json, hoja modulos, elemento 1');
    expect(course.told).toEqual([]);
  });
});

describe('rubbish', () => {
  it.each(['{', '{"a":1,}', 'null1', '[1,2', '\u0000'])('%j is told with its line', async (text) => {
    const failure = await read(text, 'envio.json').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceError);
  });

  it('names the value that is no JSON', async () => {
    await expect(read('[{"porcentajeAvance": NaN}]', 'envio.json')).rejects.toThrow(
      'en la línea 1, columna 23 dice «NaN», que no es un número en JSON',
    );
  });

  it('names the line where the JSON breaks', async () => {
    await expect(read('{\n  "codigoOferta": "a",\n  "codigoGrupo" "b"\n}', 'envio.json')).rejects.toThrow(
      /línea 3/,
    );
  });

  it.each([
    'null',
    '5',
    '"hola"',
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '{"a":[]}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `{"rutAlumno":${'['.repeat(20_000)}${']'.repeat(20_000)},"codigoModulo":"M"}`,
  ])('%.20s gives no course and says why', async (text) => {
    const { courses, findings } = await read(text, 'envio.json');
    expect(courses).toEqual([]);
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

describe('a list of rows', () => {
  it.each(['RUT', 'Rut Alumno', 'alumno.rut'])(
    'is read as a sheet also where the RUT is called %s, beside codigoOferta',
    async (name) => {
      const { rutAlumno, ...row } = flatRow();
      const { students, told } = await json([{ ...row, [name]: rutAlumno }]);
      expect(told).toEqual([]);
      expect(students).toMatchObject([{ alumno: { dvAlumno: '5' }, held: [] }]);
    },
  );
});
