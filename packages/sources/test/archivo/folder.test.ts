import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archivoSource, type CourseSelection, SourceError } from '../../src/index.ts';
import { csv, flatRow } from './reading.ts';
import { rawWorkbook } from './workbooks.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'puente-carpeta-'));
});
afterEach(() => rm(dir, { recursive: true }));

const put = (files: Record<string, string | Uint8Array>) =>
  Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(dir, name), content)));
const read = (ruta = dir, courses?: CourseSelection[]) =>
  archivoSource({ name: 'planillas', ruta }).read({ at: new Date(0), ...(courses && { courses }) });
const failure = (ruta?: string) =>
  read(ruta).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a list of people without their progress', () => {
  const roster = 'RUT;Nombre;Correo\r\n16321456-3;Pedro Rojas;p@example.cl';
  const errors = async () => (await read()).findings.filter(({ severity }) => severity === 'error');

  it('may stay beside the tables that tell it, and names its people', async () => {
    await put({ 'avance.csv': csv([flatRow()]), 'nomina.csv': roster });
    const { findings, courses } = await read();
    expect(courses).toHaveLength(1);
    expect(findings).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('Pedro Rojas (16321456-3)') },
    ]);
  });

  it('is an error alone, and so is a table with a column that may tell it', async () => {
    await put({ 'nomina.csv': roster });
    expect(await errors()).toHaveLength(1);
    await put({ 'avance.csv': csv([flatRow()]), 'nomina.csv': roster.replace('Correo', 'Conexión (min)') });
    expect(await errors()).toHaveLength(1);
  });
});

describe('a folder', () => {
  it('is read in name order, without what is hidden or temporary; the rest is told once', async () => {
    await put({
      'b.csv': csv([flatRow({ codigoOferta: 'B-2' })]),
      'a.CSV': csv([flatRow({ codigoOferta: 'A-1' })]),
      '~$a.xlsx': 'x',
      '.b.csv': 'x',
      'c.csv.tmp': 'x',
      'notas.docx': 'x',
      'foto.png': 'x',
    });
    await mkdir(join(dir, 'antiguos.csv'));
    const { courses, findings } = await read();
    expect(courses.map(({ id }) => id)).toEqual(['A-1', 'B-2']);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', expect.stringContaining('foto.png y notas.docx')],
    ]);
  });

  it('joins a course that stands in several files, and names both of what is twice', async () => {
    await put({
      'a.csv': csv([flatRow()]),
      'b.csv': csv([flatRow(), flatRow({ rutAlumno: '11111111-1' })]),
    });
    const { courses } = await read();
    expect(courses).toHaveLength(1);
    expect(courses[0]?.students.map(({ heldModules = [] }) => heldModules.map(({ place }) => place))).toEqual(
      [['a.csv, fila 2 y b.csv, fila 2'], []],
    );
  });

  it('joins students and modules from files of their own', async () => {
    const {
      moduloTiempoConectividad: tiempoConectividad,
      moduloPorcentajeAvance: porcentajeAvance,
      ...row
    } = flatRow();
    const modulo = {
      ...row,
      tiempoConectividad,
      porcentajeAvance,
      fechaInicio: row.moduloFechaInicio,
      fechaFin: row.moduloFechaFin,
    };
    await put({
      'alumnos.csv': csv(
        [flatRow()],
        [
          'codigoOferta',
          'codigoGrupo',
          'rutAlumno',
          'tiempoConectividad',
          'porcentajeAvance',
          'fechaInicio',
          'fechaFin',
        ],
      ),
      'modulos.csv': csv(
        [modulo],
        [
          'rutAlumno',
          'codigoModulo',
          'tiempoConectividad',
          'porcentajeAvance',
          'fechaInicio',
          'fechaFin',
          'actividades',
        ],
      ),
    });
    const { courses, findings } = await read();
    expect(findings).toEqual([]);
    expect(courses[0]?.students[0]?.alumno).toMatchObject({
      porcentajeAvance: 50,
      listaModulos: [{ porcentajeAvance: 40, fechaFin: '2026-11-06' }],
    });
  });

  it('with one file that cannot be read gives the others and says which', async () => {
    await put({
      'a.csv': csv([flatRow()]),
      'clave.xlsx': Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'viejo.xlsx': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]),
      'web.xlsx': '<html><table></table></html>',
      'web.csv': '<table><tr><td>rutAlumno</td></tr></table>',
      'roto.json': '{',
      'comillas.csv': `${csv([flatRow()])}\r\n"abierta`,
    });
    const { courses, notGiven, findings } = await read();
    expect(courses).toHaveLength(1);
    expect(findings).toEqual([]);
    expect(notGiven.map(({ curso, cause }) => [curso, cause])).toEqual(
      ['clave.xlsx', 'comillas.csv', 'roto.json', 'viejo.xlsx', 'web.csv', 'web.xlsx'].map((file) => [
        file,
        'unreadable',
      ]),
    );
    const issues = notGiven.flatMap((course) => course.issues);
    expect(issues.map(({ severity, message }) => [severity, message])).toEqual([
      ['error', expect.stringContaining('clave.xlsx: el libro de Excel tiene contraseña')],
      ['error', expect.stringContaining('comillas.csv: en la fila 3 hay comillas')],
      ['error', expect.stringContaining('roto.json: no es un JSON')],
      ['error', expect.stringContaining('viejo.xlsx: es un libro de Excel antiguo')],
      ['error', expect.stringContaining('web.csv: por dentro es una página web')],
      ['error', expect.stringContaining('web.xlsx: por dentro es una página web')],
    ]);
  });
});

describe('a file that was cut off in copying', () => {
  const whole = csv([flatRow(), flatRow({ rutAlumno: '11.111.111-1' }), flatRow({ codigoOferta: 'OF-2' })]);
  const cut = whole.slice(0, -60);

  it('gives none of its courses, whether they were asked for or not', async () => {
    await put({ 'a.csv': cut, 'b.csv': csv([flatRow({ codigoOferta: 'OF-3' })]) });
    const { courses, notGiven } = await read();
    expect(courses.map(({ id }) => id)).toEqual(['OF-3']);
    expect(notGiven.map(({ curso, cause }) => [curso, cause])).toEqual([
      ['OF-1', 'unreadable'],
      ['OF-2', 'unreadable'],
    ]);
    expect(notGiven[0]?.issues[0].message).toBe(
      'a.csv termina a la mitad de una fila (fila 4): parece cortado al copiarlo, y no se sabe qué más traía.',
    );
    const asked = await read(dir, [{ curso: 'OF-1' }, { curso: 'OF-9' }, { curso: 'OF-3' }]);
    expect(asked.courses.map(({ id }) => id)).toEqual(['OF-3']);
    expect(asked.notGiven.map(({ curso, cause }) => [curso, cause])).toEqual([
      ['OF-9', 'unreadable'],
      ['OF-1', 'unreadable'],
    ]);
  });

  it.each([
    ['a.json', '[{"codigoOferta": "OF-1", "rutAl'],
    ['a.xlsx', rawWorkbook({ sheets: [{ name: 'A', xml: '' }] }).slice(0, 300)],
    ['a.csv', `${whole}\r\n"abierta`],
  ])('%s: the courses asked for and not found are not readable, never missing', async (name, content) => {
    await put({ [name]: content, 'b.csv': csv([flatRow({ codigoOferta: 'OF-3' })]) });
    const { courses, notGiven, findings } = await read(dir, [{ curso: 'OF-1' }, { curso: 'OF-3' }]);
    expect(courses.map(({ id }) => id)).toEqual(['OF-3']);
    expect(notGiven).toMatchObject([{ curso: 'OF-1', cause: 'unreadable' }]);
    expect(findings).toEqual([]);
    const found = await read(dir, [{ curso: 'OF-3' }]);
    expect(found.findings).toMatchObject([{ severity: 'error', message: expect.stringContaining(name) }]);
  });

  it('is cut too where nothing but the beginning of another row is left of the last one', async () => {
    const others = csv([flatRow(), flatRow({ rutAlumno: '11.111.111-1' })]);
    for (const left of ['O', 'OF-1', 'OF-1;GR', 'OF-1;GR-1;11']) {
      await put({ 'a.csv': `${others}\r\n${left}` });
      const { courses, notGiven, findings } = await read();
      expect(courses, left).toEqual([]);
      expect(notGiven[0]?.issues[0].message).toMatch(/parece cortado al copiarlo/);
      expect(findings).toEqual([]);
    }
  });

  it('may be, where the last row could be a note as well: said with the row, and the rest is given', async () => {
    await put({ 'a.csv': `${csv([flatRow()])}\r\nRosa Inven` });
    const { courses, findings } = await read();
    expect(courses.map(({ id }) => id)).toEqual(['OF-1']);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        message: 'a.csv termina en la fila 3 sin sus demás columnas («Rosa Inven»): parece cortado ahí.',
        fix: 'Copie o exporte el archivo de nuevo, completo. Si es una nota, no hay nada que hacer.',
      },
    ]);
  });

  it('without the last line end, or with a note below, is whole', async () => {
    for (const content of [whole, `${whole}\r\n(3 rows affected)`, `${whole}\r\nTotal;3`]) {
      await put({ 'a.csv': content });
      expect((await read()).courses.map(({ id }) => id)).toEqual(['OF-1', 'OF-2']);
    }
  });
});

describe('a course that is asked for by its file', () => {
  const asked = [{ curso: 'a.csv' }, { curso: 'b.csv' }];
  const other = csv([flatRow({ codigoOferta: 'OF-1' })]);
  const told = async () => {
    const { courses, notGiven, findings } = await read(dir, asked);
    expect(courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['OF-1']);
    expect(notGiven).toMatchObject([{ curso: 'b.csv' }]);
    expect(findings).toEqual([]);
    return notGiven[0]?.issues[0];
  };

  it('which is not there: put it back, where it belongs, or what else to do', async () => {
    await put({ 'a.csv': other });
    const issue = await told();
    expect(issue?.message).toBe('El archivo b.csv no está en la fuente planillas.');
    expect(issue?.fix).toContain(`Reponga b.csv, con los datos, en la carpeta ${dir}.`);
    expect(issue?.fix).toContain('si ya no se informa');
  });

  it.each([
    ['empty', '', 'b.csv está vacío.'],
    ['without rows', csv([]), 'b.csv tiene los nombres de las columnas, pero ninguna fila con datos.'],
    ['broken', '{', 'b.csv: no es un JSON'],
  ])('which is %s: that, once, and where to put the right one', async (what, content, message) => {
    await put({ 'a.csv': other, 'b.csv': content });
    const issue = await told();
    expect(issue?.message).toContain(message);
    if (what !== 'broken')
      expect(issue?.fix).toContain(`Reponga b.csv, con los datos, en la carpeta ${dir}.`);
  });

  it('by its code: the folder in which its file is missing', async () => {
    await put({ 'a.csv': other });
    const { notGiven } = await read(dir, [{ curso: 'OF-2' }]);
    expect(notGiven[0]?.issues[0].fix).toContain(`Si falta su archivo, repóngalo en ${dir};`);
  });
});

describe('what is in a file counts, not what it is called', () => {
  it('reads a JSON named .csv', async () => {
    await put({ 'a.csv': JSON.stringify([flatRow()]) });
    expect((await read(join(dir, 'a.csv'))).courses).toHaveLength(1);
  });
});

describe('a source that is no good', () => {
  it.each([
    ['nothing there', 'no-existe.csv', 'no existe'],
    ['below a file', 'a.csv/b.csv', 'no existe'],
    ['a folder without data', '.', 'ni .json. Lo que hay no se lee: a.csv.txt.'],
  ])('%s', async (_, name, expected) => {
    await put({ 'a.csv.txt': 'x' });
    const error = await failure(join(dir, name));
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ kind: 'wrong', message: expect.stringContaining(expected) });
  });

  it('a file that is not there: its name, its folder', async () => {
    expect(await failure(join(dir, 'avance.csv'))).toMatchObject({
      fix: expect.stringContaining(`Reponga avance.csv en la carpeta ${dir},`),
    });
  });

  it('a pattern is not a path: the folder is', async () => {
    expect(await failure(join(dir, '*.csv'))).toMatchObject({
      fix: expect.stringContaining('escriba la carpeta'),
    });
  });

  it('a folder of which no file can be read', async () => {
    await put({ 'a.json': '{', 'b.json': '{' });
    expect(await failure()).toBeInstanceOf(SourceError);
  });

  it('a file of 50 MB', async () => {
    await put({ 'a.csv': Buffer.alloc(50 * 1024 * 1024, 'a;') });
    expect(await failure(join(dir, 'a.csv'))).toMatchObject({
      message: 'No se leyó a.csv: pesa 50 MB y el máximo es de 40 MB.',
    });
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    await put({ 'a.csv': csv([flatRow()]) });
    await chmod(join(dir, 'a.csv'), 0);
    expect(await failure(join(dir, 'a.csv'))).toMatchObject({
      message: expect.stringContaining('no hay permiso'),
    });
  });
});

describe('the courses asked for', () => {
  const several = () =>
    put({
      'a.csv': csv([
        flatRow(),
        flatRow({ codigoGrupo: 'GR-2' }),
        flatRow({ codigoOferta: 'OF-2', codigoGrupo: '' }),
      ]),
    });
  const codes = (courses: { codigoOferta: string; codigoGrupo: string }[]) =>
    courses.map(({ codigoOferta, codigoGrupo }) => `${codigoOferta}/${codigoGrupo}`);

  it('by oferta are all its groups, by file everything in it', async () => {
    await several();
    expect(codes((await read(dir, [{ curso: 'OF-1' }])).courses)).toEqual(['OF-1/GR-1', 'OF-1/GR-2']);
    expect(codes((await read(dir, [{ curso: 'a.csv', grupo: 'GR-2' }])).courses)).toEqual(['OF-1/GR-2']);
  });

  it('by group are that group, which codigoGrupo then renames', async () => {
    await several();
    expect(codes((await read(dir, [{ curso: 'OF-1', codigoGrupo: 'GR-2' }])).courses)).toEqual(['OF-1/GR-2']);
    expect(codes((await read(dir, [{ curso: 'OF-1', grupo: 'GR-2', codigoGrupo: 'X' }])).courses)).toEqual([
      'OF-1/X',
    ]);
  });

  it('without a group of their own get the one of puente.yaml', async () => {
    await several();
    expect(codes((await read(dir, [{ curso: 'OF-2', codigoGrupo: 'X' }])).courses)).toEqual(['OF-2/X']);
    const { courses, notGiven } = await read(dir, [{ curso: 'OF-2' }]);
    expect(courses).toEqual([]);
    expect(notGiven).toMatchObject([{ curso: 'OF-2', cause: 'no-codes' }]);
    expect(notGiven[0]?.issues[0].message).toContain('falta codigoGrupo');
  });

  it('in a group that is not there are told', async () => {
    await several();
    const { courses, notGiven } = await read(dir, [{ curso: 'OF-1', grupo: 'GR-9' }]);
    expect(courses).toEqual([]);
    expect(notGiven[0]?.issues[0]).toMatchObject({
      message: expect.stringContaining('«GR-9»'),
      fix: expect.stringContaining('GR-1 y GR-2'),
    });
  });

  it('twice are given once', async () => {
    await several();
    const { courses } = await read(dir, [{ curso: 'OF-1', grupo: 'GR-1' }, { curso: 'OF-1' }]);
    expect(codes(courses)).toEqual(['OF-1/GR-1', 'OF-1/GR-2']);
    expect(courses[0]?.students[0]?.heldModules).toBeUndefined();
  });

  it('may call modules by the code that they have for SENCE', async () => {
    await several();
    const { courses } = await read(dir, [{ curso: 'OF-1', grupo: 'GR-1', modulos: { 'MOD-1': 'PRES1' } }]);
    expect(courses[0]?.students[0]?.alumno.listaModulos?.[0]?.codigoModulo).toBe('PRES1');
  });
});
