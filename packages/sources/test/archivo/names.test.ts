import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, readOne } from './reading.ts';

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
});
