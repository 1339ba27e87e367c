import { checkDigit, type Rut } from '@puente-sic/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRutCells, rutStyleOf } from './rut-cells.ts';

const read = (rut: string | number, dv?: string | number) => readRutCells(rut, dv);

describe('a RUT in one cell', () => {
  it.each([
    ['12.345.678-5', 12345678, '5'],
    ['12345678-5', 12345678, '5'],
    [' 012.345.678 - 5 ', 12345678, '5'],
    ['10.254.789-k', 10254789, 'K'],
    ['10254789K', 10254789, 'K'],
    ['123456785', 12345678, '5'],
    ['9.876.543-3', 9876543, '3'],
    ['12.345.678‑5', 12345678, '5'],
  ])('%s', (text, rutAlumno, dvAlumno) => {
    expect(read(text)).toEqual({ rutAlumno, dvAlumno });
  });

  it.each(['12345678', '12.345.678', '98765433', 12345678])(
    '%s could be with or without check digit: never guessed',
    (cell) => {
      const { rutAlumno, doubt } = read(cell);
      expect(rutAlumno).toBe(String(cell));
      expect(doubt?.message).toContain(String(cell));
    },
  );

  it.each([
    ['33.130.716', 'Al RUT «33.130.716» le falta el dígito verificador.'],
    ['5141213.0', 'le falta el dígito verificador'],
    ['sin rut', '«sin rut» no tiene la forma de un RUT'],
    ['1,23E+07', 'El RUT dice «1,23E+07»: un programa lo tomó por un número'],
    ['12345678-55', 'no tiene la forma de un RUT'],
    ['\u200e123\u200b45', 'No se sabe si'],
    ['x\u200b12345678-5', '«x⟨U+200B⟩12345678-5» no tiene la forma'],
    ['', 'La fila no trae RUT'],
  ])('%j is held back, with advice for a sheet', (text, message) => {
    const { doubt } = read(text);
    expect(doubt?.message).toContain(message);
    expect(doubt?.fix).toContain('planilla');
    expect(doubt?.fix).toContain('11222333-9');
  });
});

describe('a RUT in two cells', () => {
  it.each([
    [12345678, 5],
    ['12.345.678', '5'],
    ['12345678', ' 5 '],
    ['12345678-5', '5'],
    ['123456785', '5'],
    ['12345678.0', '5.0'],
    ['12345678,00', 5],
    ['\u200e12.345.678', '5\u200b'],
  ])('%s and %s', (rut, dv) => {
    expect(read(rut, dv)).toEqual({ rutAlumno: 12345678, dvAlumno: '5' });
  });

  it('keeps a wrong check digit, for preflight to tell', () => {
    expect(read(12345678, '9')).toEqual({ rutAlumno: 12345678, dvAlumno: '9' });
  });

  it('with a point for decimals is the number that it was, not a RUT ten times as high', () => {
    expect(read('5141213.0', '3')).toEqual({ rutAlumno: 5141213, dvAlumno: '3' });
  });

  it('that may be two people is who the other rows prove', () => {
    const cells = ['94976774', '4'] as const;
    expect(read(...cells).doubt?.message).toContain('94976774-4 o 9497677-4');
    const bodies = rutStyleOf([cells, ['12345678', '5']]);
    const wholes = rutStyleOf([cells, ['123456785', '5']]);
    expect(readRutCells(...cells, bodies)).toEqual({ rutAlumno: 94976774, dvAlumno: '4' });
    expect(readRutCells(...cells, wholes)).toEqual({ rutAlumno: 9497677, dvAlumno: '4' });
    expect(
      rutStyleOf([
        ['12345678', '5'],
        ['9876543-3', '3'],
      ]),
    ).toBe('body');
    expect(
      rutStyleOf([
        ['12345678', '5'],
        ['123456785', '5'],
      ]),
    ).toBeNull();
  });

  it.each(['33', 'no', 'KK'])('a check digit that is none: %s', (dv) => {
    expect(read('12345678', dv).doubt?.message).toContain(`«${dv.toUpperCase()}»`);
  });

  it('does not choose between two different check digits', () => {
    expect(read('12345678-5', '9').doubt?.message).toContain('«9»');
  });
});

describe('for every RUT', () => {
  const ruts = fc
    .integer({ min: 1_000_000, max: 99_999_999 })
    .map((numero): Rut => ({ numero, dv: checkDigit(numero) }));
  const dotted = ({ numero }: Rut): string => String(numero).replace(/\B(?=(\d{3})+$)/g, '.');

  it('every spelling gives the same person, or says that it is in doubt; never somebody else', () => {
    fc.assert(
      fc.property(ruts, (rut) => {
        const { numero, dv } = rut;
        const expected = { rutAlumno: numero, dvAlumno: dv };
        for (const text of [`${numero}-${dv}`, `${dotted(rut)}-${dv.toLowerCase()}`, `0${numero}-${dv}`])
          expect(read(text)).toEqual(expected);
        for (const body of [numero, String(numero), dotted(rut), `${numero}-${dv}`])
          expect(readRutCells(body, dv, 'body')).toEqual(expected);
        // With seven digits the two together may also be a RUT of eight.
        if (numero >= 10_000_000) expect(read(`${numero}${dv}`, dv)).toEqual(expected);
        expect(readRutCells(`${numero}${dv}`, dv, 'whole')).toEqual(expected);
        for (const text of [`${numero}.0`, `${numero},0`, `${dotted(rut).replaceAll('.', ',')}`])
          expect(read(text, dv)).toEqual(expected);
        for (const text of [`${numero}${dv}`, String(numero), dotted(rut), `${numero}.0`]) {
          const { doubt, rutAlumno } = read(text);
          expect(doubt !== undefined || rutAlumno === numero).toBe(true);
        }
      }),
    );
  });
});

it('an apostrophe in front is said', () => {
  expect(readRutCells("'12345678-5", undefined).doubt?.message).toContain('con un apóstrofo delante');
});
