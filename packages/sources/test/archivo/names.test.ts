import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';

const header = [...FLAT_HEADER, 'nombre'];
const named = (...names: string[]): string =>
  csv(
    names.map((nombre, index) => ({ ...flatRow({ codigoModulo: `MOD-${index + 1}` }), nombre })),
    header,
  );

describe('one RUT', () => {
  it('under two names is held, and both are named with their rows', async () => {
    const { students } = await readOne(named('Rayén Núñez', 'Pedro Soto', 'Pedro Soto'));
    expect(students).toHaveLength(1);
    expect(students[0]?.held).toMatchObject([
      {
        rut: '12345678-5',
        message: expect.stringContaining(
          '«Rayén Núñez» (avance.csv, fila 2) y «Pedro Soto» (avance.csv, fila 3)',
        ),
      },
    ]);
  });

  it('under one name in another order, with other accents, or in one row only, is one person', async () => {
    const { students } = await readOne(named('Rayén Núñez', 'NUNEZ RAYEN', ''));
    expect(students.map(({ held }) => held)).toEqual([[]]);
  });

  it('under two names in two courses is held in both, and others are not', async () => {
    const two = (second: string) =>
      read(
        csv(
          [
            { ...flatRow(), nombre: 'Rayén Núñez' },
            { ...flatRow({ codigoOferta: 'OF-2' }), nombre: second },
            { ...flatRow({ codigoOferta: 'OF-2', rutAlumno: '11.111.111-1' }), nombre: 'Ana Soto' },
          ],
          header,
        ),
      );
    const held = async (second: string) =>
      (await two(second)).courses.map(({ students }) =>
        students.map((each) => each.held.map(({ message }) => message)),
      );
    const told = expect.stringMatching(
      /12345678-5 .* dos cursos: «Rayén Núñez» \(.* 2\) y «Pedro Soto» \(.* 3\)/,
    );
    expect(await held('Pedro Soto')).toEqual([[[told]], [[told], []]]);
    expect(await held('Núñez, Rayén')).toEqual([[[]], [[], []]]);
  });

  it('of a company is told', async () => {
    const { told, students } = await readOne(csv([flatRow({ rutAlumno: '76.111.222-8' })]));
    expect(told).toEqual([expect.stringMatching(/de los que llevan las empresas.*«76111222-8» \(fila 2,/)]);
    expect(students[0]?.held).toEqual([]);
  });
});
