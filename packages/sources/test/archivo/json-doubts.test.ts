import { describe, expect, it } from 'vitest';
import { flatRow, read, readOne } from './reading.ts';

describe('what JSON leaves open', () => {
  const alumno = '"rutAlumno": 12345678, "dvAlumno": "5", "porcentajeAvance": 60';
  const modulo = '{"codigoModulo": "M1", "porcentajeAvance": 40}';
  const body = (student: string, modules: string, more = '') =>
    `{"codigoOferta": "OF-1", "codigoGrupo": "GR-1",\n "listaAlumnos": [{${student}, "listaModulos": [${modules}]}]${more}}`;
  const reasons = ({ students }: Awaited<ReturnType<typeof readOne>>) =>
    students.flatMap(({ held, heldModules = [] }) =>
      [...held, ...heldModules].map(({ message, place }) => [message, place]),
    );

  it('a key twice with two values holds its student', async () => {
    const course = await readOne(body(`${alumno}, "porcentajeAvance": 10`, modulo), 'envio.json');
    expect(reasons(course)).toEqual([
      [
        '«porcentajeAvance» está dos veces en el mismo objeto, con 60 y 10, y no se sabe cuál vale.',
        'envio.json, línea 2, columna 104',
      ],
    ]);
  });

  it('or its module', async () => {
    const twice = '{"codigoModulo": "M1", "codigoModulo": "M2"}';
    const course = await readOne(`[${body(alumno, `${modulo}, ${twice}`)}]`, 'envio.json');
    expect(course.students[0]?.alumno.listaModulos).toHaveLength(1);
    expect(reasons(course)).toEqual([[expect.stringContaining('con "M1" y "M2"'), expect.any(String)]]);
  });

  it('in an envelope too, whatever is around it', async () => {
    const twice = body(alumno, `{"codigoModulo": "M1", "codigoModulo": "M2"}`);
    for (const text of [`{"data": ${twice}}`, `{"result": {"cursos": [${twice}]}}`])
      expect(reasons(await readOne(text, 'envio.json'))).toHaveLength(1);
  });

  it('or the row of a table', async () => {
    const rows = JSON.stringify([flatRow(), flatRow({ rutAlumno: '11111111-1' })]);
    const course = await readOne(
      rows.replace('"codigoModulo"', '"porcentajeAvance":"9","codigoModulo"'),
      'filas.json',
    );
    expect(course.students.map(({ held }) => held.length)).toEqual([1, 0]);
  });

  it('a number of more digits than JSON keeps holds what it is about', async () => {
    const course = await readOne(body(alumno, '{"codigoModulo": 202601000000001234567}'), 'envio.json');
    expect(reasons(course)).toEqual([[expect.stringContaining('202601000000001234567'), expect.any(String)]]);
  });

  it('twice the same, or what nobody reads, is told and sent', async () => {
    const course = await readOne(
      body(`${alumno}, "porcentajeAvance": 60, "x": 1, "x": 2`, modulo),
      'envio.json',
    );
    expect(reasons(course)).toEqual([]);
    expect(course.told).toEqual([expect.stringContaining('claves repetidas')]);
  });

  it.each([body(alumno, modulo, ', "listaAlumnos": []'), body(alumno, modulo, ', "codigoOferta": "OF-2"')])(
    'a second list of students or a second code: nothing is read',
    async (text) => {
      await expect(read(text, 'envio.json')).rejects.toThrow(
        /No se leyó envio.json \(línea 2, columna \d+\)/,
      );
    },
  );
});
