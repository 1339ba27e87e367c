import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { entidadesSource, SourceError } from '../../src/index.ts';
import type { CourseSelection, Reading } from '../../src/source.ts';
import { sourceContract } from '../contract.ts';
import { AT, AULA, aulaWith, csvOf } from './aula.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function folderOf(aula: Record<string, string[][]>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-entidades-'));
  folders.push(folder);
  for (const [entity, rows] of Object.entries(aula))
    await writeFile(join(folder, `${entity}.csv`), csvOf(rows));
  return folder;
}

async function read(
  aula: Record<string, string[][]>,
  options: { courses?: CourseSelection[]; zonaHoraria?: string; at?: Date } = {},
): Promise<Reading> {
  const { courses, zonaHoraria, at = AT } = options;
  const source = entidadesSource({
    name: 'aula',
    ruta: await folderOf(aula),
    ...(zonaHoraria !== undefined && { zonaHoraria }),
  });
  const reading = await source.read({ at, ...(courses && { courses }) });
  await source.close();
  return reading;
}

const told = ({ courses, notGiven, findings }: Reading): string =>
  [
    ...findings,
    ...notGiven.flatMap(({ issues }) => issues),
    ...courses.flatMap(({ findings, students }) => [
      ...findings,
      ...students.flatMap(({ held, heldModules = [], findings }) => [...held, ...heldModules, ...findings]),
    ]),
  ]
    .map(({ message }) => message)
    .join('\n');

sourceContract('entidades', async () => {
  const ruta = await folderOf(AULA);
  return {
    open: () => entidadesSource({ name: 'aula', ruta }),
    dead: () => entidadesSource({ name: 'aula', ruta: join(ruta, 'no-existe') }),
    at: AT,
  };
});

describe('the figures', () => {
  it('come from required activities, clicks and days, by the rules of Moodle', async () => {
    const { courses } = await read(AULA);
    const [first] = courses;
    expect(courses.map(({ codigoOferta, codigoGrupo }) => [codigoOferta, codigoGrupo])).toEqual([
      ['CAP-26-01', 'CAP-26-01-A'],
      ['CAP-26-02', 'CAP-26-02-A'],
      ['CAP-26-02', 'CAP-26-02-B'],
    ]);
    expect(first?.students.map(({ name }) => name)).toEqual(['Ana Ñancupil', 'Bruno Díaz', 'Carla Malo']);
    // 3 of 5: the last completion is later than the moment that is asked for.
    expect(first?.students[0]?.alumno).toEqual({
      rutAlumno: 11111111,
      dvAlumno: '1',
      tiempoConectividad: 100 + 2700 + 100,
      estado: 1,
      porcentajeAvance: 60,
      fechaInicio: '2026-10-05',
      fechaFin: '2026-12-18',
      listaModulos: [
        {
          codigoModulo: 'PRES028008000558',
          tiempoConectividad: 2700 + 100,
          porcentajeAvance: 67,
          estado: 1,
          fechaInicio: '2026-10-05',
          fechaFin: '2026-12-18',
          cantActividadSincronica: 1,
          cantActividadAsincronica: 2,
          listaActividades: [
            { codigoActividad: 'Leer' },
            { codigoActividad: 'Prueba' },
            { codigoActividad: 'Clase' },
          ],
        },
        {
          codigoModulo: 'PRES028008000559',
          tiempoConectividad: 0,
          porcentajeAvance: 0,
          estado: 1,
          fechaInicio: '2026-10-05',
          fechaFin: '2026-12-18',
          cantActividadSincronica: 0,
          cantActividadAsincronica: 2,
          listaActividades: [{ codigoActividad: 'Foro' }, { codigoActividad: 'Glosario' }],
        },
      ],
    });
    expect(first?.students[1]?.alumno).toMatchObject({ fechaInicio: '2026-10-12', porcentajeAvance: 0 });
    expect(courses[2]?.students[0]?.alumno).toMatchObject({
      estado: 2,
      evaluacionFinal: 90,
      porcentajeAvance: 100,
      tiempoConectividad: 600,
      listaModulos: [{ estado: 2, notaModulo: 80 }],
    });
  });

  it('holds back whose RUT is wrong, and names who is not active', async () => {
    const { courses } = await read(AULA);
    expect(courses[0]?.students[2]?.held).toMatchObject([
      { code: '012', message: expect.stringContaining('13222111-0') as string },
    ]);
    expect(told({ courses, notGiven: [], findings: [] })).toContain('Darío Fuera');
  });

  it('are each explained', async () => {
    const source = entidadesSource({ name: 'aula', ruta: await folderOf(AULA) });
    const explained = await source.explain({ rut: '11111111-1', courses: [{ curso: '7' }], at: AT });
    await source.close();
    expect(explained).toMatchObject({
      lms: 'la fuente «aula»',
      rutField: 'rut',
      seconds: 2900,
      progress: { required: 5, done: 3 },
      modules: [{ progress: { required: 3, done: 2 } }, { progress: { required: 1, done: 0 } }],
      outside: [{ name: 'Encuesta', done: true }],
    });
    expect(explained?.modules[0]?.activities[1]?.state).toBe('completada, nota 66,7');
    const days = explained?.days ?? [];
    expect(days.map(({ seconds }) => seconds)).toEqual([2900]);
    expect(days[0]?.sessions.map(({ clicks }) => clicks)).toEqual([3, 2]);
  });
});

describe('percentages of the LMS itself', () => {
  const PORCENTAJES = [
    ['curso', 'alumno', 'modulo', 'porcentaje'],
    ['7', 'ana', '', '59,5'],
    ['7', 'ana', '71', '100%'],
    ['7', 'ana', '72', '40'],
    ['7', 'bruno', '71', '10'],
    ['7', 'bruno', '72', '10'],
    ['8', 'ana', '', '0'],
    ['8', 'ana', '81', '0'],
    ['8', 'elsa', '', '50'],
  ];
  const reading = read(aulaWith({ avances: null, porcentajes: PORCENTAJES }));

  it('are sent as they are, rounded half up', async () => {
    const { courses } = await reading;
    expect(courses[0]?.students[0]?.alumno).toMatchObject({
      porcentajeAvance: 60,
      listaModulos: [{ porcentajeAvance: 100 }, { porcentajeAvance: 40 }],
    });
  });

  it('are never averaged: without the figure of the course the student is held', async () => {
    const { courses } = await reading;
    expect(courses[0]?.students[1]?.held).toMatchObject([{ code: '022', rut: '12345678-5' }]);
  });

  it('hold back the module that has none', async () => {
    const { courses } = await reading;
    const elsa = courses[2]?.students[0];
    expect(elsa?.heldModules).toMatchObject([{ code: '024', codigoModulo: 'PRES028008000600' }]);
    expect(elsa?.alumno.listaModulos).toEqual([]);
  });

  it('and completions of one course are a question', async () => {
    const { notGiven, courses } = await read(aulaWith({ porcentajes: PORCENTAJES }));
    expect(notGiven).toMatchObject([
      { curso: '7', cause: 'withheld' },
      { curso: '8', cause: 'withheld' },
    ]);
    expect(courses).toEqual([]);
  });
});

describe('time that the LMS measures', () => {
  const tiempos = (...rows: string[][]) =>
    aulaWith({ clics: null, tiempos: [['curso', 'alumno', 'modulo', 'segundos'], ...rows] });

  it('is the total, or the sum of the modules; whose is not told is held', async () => {
    const { courses } = await read(
      tiempos(
        ['7', 'ana', '', '500'],
        ['7', 'ana', '71', '300'],
        ['7', 'bruno', '71', '20'],
        ['7', 'bruno', '72', '1'],
      ),
    );
    const [ana, bruno, carla] = courses[0]?.students ?? [];
    expect(ana?.alumno).toMatchObject({
      tiempoConectividad: 500,
      listaModulos: [{ tiempoConectividad: 300 }, { tiempoConectividad: 0 }],
    });
    expect(bruno?.alumno.tiempoConectividad).toBe(21);
    expect(carla?.held.map(({ code }) => code)).toContain('021');
  });

  it('of one student twice is a question', async () => {
    const reading = await read(tiempos(['7', 'ana', '', '500'], ['7', 'ana', '', '500']));
    expect(reading.courses[0]?.students[0]?.held[0]?.message).toContain('más de una fila en «tiempos»');
  });

  it('and clicks are one too many', async () => {
    const both = {
      ...AULA,
      tiempos: [
        ['curso', 'alumno', 'segundos'],
        ['7', 'ana', '5'],
      ],
    };
    const { notGiven, courses } = await read(both);
    expect(notGiven).toMatchObject([{ curso: '7', cause: 'withheld' }]);
    expect(courses.map(({ id }) => id)).toEqual(['8', '8']);
  });

  it('is not known where nothing says it', async () => {
    const { notGiven } = await read(aulaWith({ clics: null }));
    expect(notGiven.map(({ issues }) => issues[0].code)).toEqual(['021', '021']);
    const empty = await read(aulaWith({ clics: AULA.clics?.slice(0, 1) ?? [] }));
    expect(told(empty)).toContain('no trae ninguna fila');
  });
});

describe('a cell that is not what its column is', () => {
  it('holds back its person, with entity, row and column, and nobody else', async () => {
    const clics = [...(AULA.clics ?? []), ['7', 'bruno', '71', '', 'ayer']];
    const { courses, notGiven } = await read(aulaWith({ clics }));
    expect(notGiven).toEqual([]);
    expect(courses[0]?.students.map(({ held }) => held.length)).toEqual([0, 1, 1]);
    const [issue] = courses[0]?.students[1]?.held ?? [];
    expect(issue).toMatchObject({ rut: '12345678-5', place: 'clics.csv, fila 9, columna instante' });
    expect(issue?.message).toMatch(
      /En «clics», fila 9, la columna «instante» trae «ayer»; debe ser un momento/,
    );
  });

  it('keeps a course back where it is of the course, and no other', async () => {
    const actividades = [...(AULA.actividades ?? []), ['7', '72', 'a9', 'X', 'quizás', '']];
    const { courses, notGiven } = await read(aulaWith({ actividades }));
    expect(notGiven).toMatchObject([{ curso: '7', cause: 'unreadable' }]);
    expect(courses.map(({ id }) => id)).toEqual(['8', '8']);
  });

  it.each([
    ['a time before 2000', '-5'],
    ['a time far ahead', '99999999999999999'],
    ['a date that is none', '2026-02-30 10:00:00Z'],
  ])('%s', async (_, instante) => {
    const { courses } = await read(
      aulaWith({ clics: [...(AULA.clics ?? []), ['7', 'ana', '', '', instante]] }),
    );
    expect(courses[0]?.students[0]?.held).toHaveLength(1);
  });

  it('is not text where a character is cut or nothing', async () => {
    const alumnos = [...(AULA.alumnos ?? []), ['7', 'eva', '15234567-4', 'Ev\u0000a', '', '', '', '']];
    const { courses } = await read(aulaWith({ alumnos }));
    expect(courses[0]?.students.find(({ held }) => held[0]?.message.includes('«nombre»'))).toBeDefined();
  });
});

describe('date-times without a zone', () => {
  const clics = [
    ['curso', 'alumno', 'instante'],
    ['7', 'ana', '2026-10-06 10:00:00'],
    ['7', 'ana', '06-10-2026 10:05'],
  ];

  it('need zonaHoraria', async () => {
    expect(told(await read(aulaWith({ clics })))).toContain('zonaHoraria');
    const { courses } = await read(aulaWith({ clics }), { zonaHoraria: 'America/Santiago' });
    expect(courses[0]?.students[0]?.alumno.tiempoConectividad).toBe(300);
  });

  it('are on the clock that is named', async () => {
    const mixed = [...clics, ['7', 'ana', '2026-10-06T15:10:00Z']];
    const time = async (zonaHoraria: string) =>
      (await read(aulaWith({ clics: mixed }), { zonaHoraria })).courses[0]?.students[0]?.alumno
        .tiempoConectividad;
    expect(await time('-05:00')).toBe(600);
    expect(await time('America/Santiago')).toBe(300);
    await expect(time('America/Curicó')).rejects.toThrow(SourceError);
  });
});

describe('rows that name what is not there', () => {
  it('are told by name', async () => {
    const reading = await read(
      aulaWith({
        avances: [...(AULA.avances ?? []), ['7', 'ana', 'zz', 'sí', ''], ['7', 'nadie', 'a1', 'sí', '']],
        clics: [
          ...(AULA.clics ?? []),
          ['7', 'ana', '99', '', '1791297201'],
          ['99', 'ana', '', '', '1791297201'],
        ],
        notas: [...(AULA.notas ?? []), ['7', 'ana', '99', '50']],
      }),
    );
    for (const text of [
      'avances de actividades que no están en «actividades» («zz»)',
      'avances de personas que no están en «alumnos» («nadie»)',
      'clics en módulos que no están en «modulos» («99»)',
      'notas de módulos que no están en «modulos» («99»)',
      'una fila de cursos que no están en «cursos»: «99»',
    ])
      expect(told(reading)).toContain(text);
  });

  it('modules without a code are told, and count for the course alone', async () => {
    const actividades = [...(AULA.actividades ?? []), ['7', '73', 'a7', 'Extra', '', '']];
    const reading = await read(aulaWith({ actividades }));
    expect(told(reading)).toContain('Complementos');
    expect(reading.courses[0]?.students[0]?.alumno.porcentajeAvance).toBe(50);
  });
});

describe('people', () => {
  it('with two accounts are one, unless both were used', async () => {
    const alumnos = [...(AULA.alumnos ?? []), ['7', 'ana2', '111111111', 'Ana', '', '', '', '']];
    const merged = await read(aulaWith({ alumnos }));
    expect(merged.courses[0]?.students[0]).toMatchObject({ held: [], alumno: { porcentajeAvance: 60 } });
    expect(told(merged)).toContain('Hay 2 cuentas');
    const avances = [...(AULA.avances ?? []), ['7', 'ana2', 'a1', 'sí', '']];
    const contested = await read(aulaWith({ alumnos, avances }));
    expect(contested.courses[0]?.students[0]?.held).toHaveLength(1);
  });

  it('who left and came back are there once, with the dates of the row in force', async () => {
    const alumnos = [
      ...(AULA.alumnos ?? []),
      ['7', 'dario', '9876543-3', 'Darío Fuera', '', '2026-11-02', '', 'sí'],
    ];
    const { courses } = await read(aulaWith({ alumnos }));
    expect(courses[0]?.students.map(({ alumno }) => alumno.rutAlumno)).toEqual(
      [11111111, 12345678, 9876543, 13222111].sort(
        (a, b) =>
          [11111111, 12345678, 13222111, 9876543].indexOf(a) -
          [11111111, 12345678, 13222111, 9876543].indexOf(b),
      ),
    );
    expect(courses[0]?.students[3]?.alumno.fechaInicio).toBe('2026-11-02');
  });

  it('have their RUT in the first column that holds one', async () => {
    const alumnos = (AULA.alumnos ?? []).map((cells, at) => [
      ...cells,
      at === 0 ? 'rut2' : cells[1] === 'carla' ? '15.234.567-4' : '',
    ]);
    const { courses } = await read(aulaWith({ alumnos }));
    expect(courses[0]?.students[2]).toMatchObject({ held: [], alumno: { rutAlumno: 15234567 } });
  });
});

describe('the RUT of a company', () => {
  const withRuts = (rut: string, rut2: string) =>
    aulaWith({
      alumnos: [
        ['curso', 'alumno', 'rut', 'rut2'],
        ['7', 'ana', rut, rut2],
      ],
    });

  it('gives way to that of the person, before or after it', async () => {
    for (const [rut, rut2] of [
      ['76.543.210-3', '11111111-1'],
      ['11111111-1', '765432103'],
    ] as const) {
      const { courses } = await read(withRuts(rut, rut2));
      expect(courses[0]?.students).toMatchObject([
        { held: [], findings: [], alumno: { rutAlumno: 11111111 } },
      ]);
    }
  });

  it('alone is of nobody: held back and told', async () => {
    const { courses } = await read(withRuts('jperez', '76543210-3'));
    const [issue] = courses[0]?.students[0]?.held ?? [];
    expect(issue?.code).toBe('012');
    const alone = await read(withRuts('', '76543210-3'));
    expect(alone.courses[0]?.students[0]?.held[0]?.message).toContain('«76543210-3», que es de una empresa');
  });
});

describe('what puente.yaml says', () => {
  it('gives codes and dates that the LMS has not', async () => {
    const cursos = [
      ['curso', 'nombre'],
      ['7', 'Atención'],
    ];
    const asked = {
      curso: '7',
      codigoOferta: 'X-1',
      codigoGrupo: 'X-1-A',
      inicio: '2026-10-01',
      fin: '2026-11-01',
      modulos: { Complementos: 'EXTRA-00001' },
    };
    const { courses } = await read(aulaWith({ cursos }), { courses: [asked] });
    expect(courses).toMatchObject([
      { codigoOferta: 'X-1', codigoGrupo: 'X-1-A', fechaInicio: '2026-10-01', fechaFin: '2026-11-01' },
    ]);
    expect(courses[0]?.students[0]?.alumno.listaModulos?.map(({ codigoModulo }) => codigoModulo)).toContain(
      'EXTRA-00001',
    );
    // The course is over: who did not pass it has failed.
    expect(courses[0]?.students[0]?.alumno.estado).toBe(3);
    const unnamed = await read(aulaWith({ cursos }), { courses: [{ curso: '7' }] });
    expect(unnamed.notGiven).toMatchObject([{ cause: 'no-codes' }]);
  });
});

describe('a folder', () => {
  it('lacks a column or an entity: told with what it has', async () => {
    const alumnos = [
      ['curso', 'alumno', 'documento'],
      ['7', 'ana', '11111111-1'],
    ];
    await expect(read(aulaWith({ alumnos }))).rejects.toThrow(/alumnos.*«rut».*«documento»/);
    await expect(read(aulaWith({ modulos: null }))).rejects.toThrow(/«modulos»/);
  });

  it('names columns as people do, and what is not read is told', async () => {
    const alumnos = (AULA.alumnos ?? []).map((cells, at) => [
      ...cells,
      at === 0 ? 'Correo electrónico' : 'x@example.invalid',
    ]);
    alumnos[0] = [
      'ID Curso',
      'Usuario',
      'R.U.T.',
      'Nombre completo',
      'Código Grupo',
      'Fecha inicio',
      'Fecha término',
      'Vigente',
      'Correo',
    ];
    const reading = await read(aulaWith({ alumnos }));
    expect(reading.courses[0]?.students[0]?.alumno.porcentajeAvance).toBe(60);
    expect(told(reading)).toContain('«Correo»');
  });

  it('may hold NDJSON', async () => {
    const ruta = await folderOf(aulaWith({ avances: null }));
    const [names = [], ...rows] = AULA.avances ?? [];
    const lines = rows.map((cells) =>
      JSON.stringify(
        Object.fromEntries(names.flatMap((name, at) => (cells[at] === '' ? [] : [[name, cells[at]]]))),
      ),
    );
    await writeFile(join(ruta, 'avances.ndjson'), lines.join('\n'));
    const source = entidadesSource({ name: 'aula', ruta });
    const { courses } = await source.read({ at: AT });
    expect(courses).toEqual((await read(AULA)).courses);
    await writeFile(join(ruta, 'avances.ndjson'), `${lines.join('\n')}\n{"curso":`);
    await expect(source.read({ at: AT })).rejects.toThrow(/línea 7/);
    await source.close();
  });
});

describe('columns that are called otherwise', () => {
  // The RUT stands in «documento», and what is called «rut» is something else.
  const [names = [], ...people] = AULA.alumnos ?? [];
  const renamed = aulaWith({
    alumnos: [
      [...names.map((name) => (name === 'rut' ? 'Documento N°' : name)), 'rut'],
      ...people.map((cells) => [...cells, 'x']),
    ],
  });
  const own = { alumnos: { rut: 'documento n' } };

  it('are read as they were assigned, and give the same bodies', async () => {
    const usual = await read(AULA);
    const ruta = await folderOf(renamed);
    const source = entidadesSource({ name: 'aula', ruta, columnas: own });
    const reading = await source.read({ at: AT });
    const { entities } = await source.review({ at: AT });
    await source.close();
    const alumnos = ({ courses }: Reading) =>
      courses.map(({ students }) => students.map(({ alumno }) => alumno));
    expect(alumnos(reading)).toEqual(alumnos(usual));
    const columns = entities.find(({ entity }) => entity === 'alumnos')?.columns;
    expect(columns?.find(({ field }) => field === 'rut')).toMatchObject({
      column: 'Documento N°',
      example: '11.111.111-1',
    });
  });

  it('that are not to be used are not, whatever they are called, and are not told as too many', async () => {
    const usual = await read(AULA);
    const ruta = await folderOf(AULA);
    const source = entidadesSource({
      name: 'aula',
      ruta,
      columnas: { alumnos: { grupo: 'ninguna', activo: 'ninguna' } },
    });
    const reading = await source.read({ at: AT });
    await source.close();
    const groups = ({ courses }: Reading) => courses.map(({ codigoGrupo }) => codigoGrupo).sort();
    expect(groups(usual)).toContain('CAP-26-02-A');
    expect(groups(reading)).not.toContain('CAP-26-02-A');
    expect(JSON.stringify([...reading.findings, ...reading.notGiven])).not.toMatch(/«grupo»|«activo»/);
  });

  it.each([
    [{ alumnos: { rut: 'ninguna' } }, /«rut» de «alumnos» no está en ninguna columna/],
    [{ alumnos: { rut: 'no está' } }, /«rut» de «alumnos» está en la columna «no está».*«Documento N°»/],
    [{ alumnos: { rut: 'alumno', alumno: 'alumno' } }, /la columna «alumno» de «alumnos» a dos datos/],
    [{ alumnos: { run: 'rut' } }, /el dato «run» de «alumnos»/],
    [{ personas: { rut: 'rut' } }, /la entidad «personas»/],
  ])(
    'that cannot be found are told: %j',
    async (columnas: Record<string, Record<string, string>>, message) => {
      const ruta = await folderOf(renamed);
      const reading = async () => entidadesSource({ name: 'aula', ruta, columnas }).read({ at: AT });
      await expect(reading()).rejects.toMatchObject({
        name: 'SourceError',
        message: expect.stringMatching(message),
      });
    },
  );
});
