import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';

const STUDENT = FLAT_HEADER.slice(0, 7);
const wide = (more: Record<string, string>): string =>
  csv([{ ...flatRow(), ...more }], [...STUDENT, ...Object.keys(more)]);

describe('modules beside each other, one row per student', () => {
  it.each([
    [{ 'Avance Módulo 1': '80', 'Avance Módulo 2': '20', 'Nota M1': '85' }],
    [{ moduloPorcentajeAvance: '80', 'Avance Módulo 2': '20' }],
    [{ 'Módulo 1 - Tiempo': '3600', 'Módulo 2 - Tiempo': '1800' }],
  ])('are told with what to do, once: %j', async (more) => {
    const { told } = await readOne(wide(more));
    const names = Object.keys(more).map((name) => `«${name}»`);
    expect(told).toHaveLength(1);
    for (const name of names) expect(told[0]).toContain(name);
    expect(told[0]).toContain('cada módulo va en su propia fila');
  });

  it('are read once the advice is followed', async () => {
    const { findings } = await read(wide({ 'Avance Módulo 1': '80', 'Avance Módulo 2': '20' }));
    const columns = [...(findings[0]?.fix.matchAll(/«(\w+)»/g) ?? [])].map(([, name = '']) => name);
    const { students } = await readOne(
      csv([flatRow(), flatRow({ codigoModulo: 'MOD-2' })], [...STUDENT, ...columns]),
    );
    expect(students[0]?.alumno.listaModulos).toHaveLength(2);
  });

  it.each([[{ 'Correo 1': 'a@b.cl' }], [{ 'Avance 2': '20' }]])(
    'are not every column with a number: %j',
    async (more) => {
      expect((await readOne(wide(more))).told).toEqual([expect.stringContaining('no se usó la columna')]);
    },
  );
});

it('two tables side by side are one fault, and are read one below the other', async () => {
  const [header = '', row = ''] = csv([flatRow()]).split('\r\n');
  const other = csv([flatRow({ rutAlumno: '9876543-3' })]).split('\r\n')[1] ?? '';
  const { courses, findings } = await read(`${header};;${header}\r\n${row};;${other}\r\n`);
  expect(courses).toEqual([]);
  expect(findings).toMatchObject([
    { message: expect.stringContaining('una al lado de la otra'), fix: expect.stringContaining('debajo') },
  ]);
  expect((await readOne(`${header}\r\n${row}\r\n${other}\r\n`)).students).toHaveLength(2);
});
