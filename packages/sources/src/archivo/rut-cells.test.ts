import { checkDigit, type Rut } from '@puente-sic/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRutCells } from './rut-cells.ts';

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

  it.each(['', '   ', 'sin rut', '1,23E+07', '12345678-55'])('%j stays as it is', (text) => {
    expect(read(text)).toEqual(text.trim() === '' ? {} : { rutAlumno: text });
  });
});

describe('a RUT in two cells', () => {
  it.each([
    [12345678, 5],
    ['12.345.678', '5'],
    ['12345678', ' 5 '],
    ['12345678-5', '5'],
    ['123456785', '5'],
  ])('%s and %s', (rut, dv) => {
    expect(read(rut, dv)).toEqual({ rutAlumno: 12345678, dvAlumno: '5' });
  });

  it('keeps a wrong check digit, for preflight to tell', () => {
    expect(read(12345678, '9')).toEqual({ rutAlumno: 12345678, dvAlumno: '9' });
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
          expect(read(body, dv)).toEqual(expected);
        // With seven digits the two together may also be a RUT of eight.
        if (numero >= 10_000_000) expect(read(`${numero}${dv}`, dv)).toEqual(expected);
        for (const text of [`${numero}${dv}`, String(numero), dotted(rut)]) {
          const { doubt, rutAlumno } = read(text);
          expect(doubt !== undefined || rutAlumno === numero).toBe(true);
        }
      }),
    );
  });
});
