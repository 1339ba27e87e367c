import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';

const STUDENT = FLAT_HEADER.slice(0, 7);
const wide = (more: Record<string, string>): string =>
  csv([{ ...flatRow(), ...more }], [...STUDENT, ...Object.keys(more)]);

describe('modules beside each other, one row per student', () => {
  it.each([
    [{ 'Avance Módulo 1': '80', 'Avance Módulo 2': '20', 'Nota M1': '85' }],
    [{ 'Módulo 1 - Tiempo': '3600', 'Módulo 2 - Tiempo': '1800' }],
  ])('are told with what to do, once: %j', async (more) => {
    const { told } = await readOne(wide(more));
    const names = Object.keys(more).map((name) => `«${name}»`);
    expect(told).toHaveLength(1);
    for (const name of names) expect(told[0]).toContain(name);
    expect(told[0]).toContain('de cada módulo se necesitan el avance y el tiempo');
  });

  it('are told as missing columns where the first of them is called as in a flat table', async () => {
    const { findings } = await read(wide({ moduloPorcentajeAvance: '80', 'Avance Módulo 2': '20' }));
    expect(findings).toMatchObject([
      {
        message: expect.stringContaining('Faltan las columnas «codigoModulo»'),
        fix: expect.stringContaining('no una columna por módulo'),
      },
    ]);
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

it('a scale in the name of a column is no module beside others: the column is to be renamed', async () => {
  const row = { ...flatRow(), 'Nota módulo 1 a 7': '6,5' };
  const { findings } = await read(csv([row], [...FLAT_HEADER, 'Nota módulo 1 a 7']));
  expect(findings[0]?.fix).toContain('cámbiele el nombre');
});
