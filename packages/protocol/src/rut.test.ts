import fc from 'fast-check';
import * as oracle from 'rut.js';
import { describe, expect, it } from 'vitest';
import { checkDigit, formatRut, isValidRut, readRut, readRutAlumno } from './rut.ts';

const people = fc.integer({ min: 1_000_000, max: 29_999_999 });
const companies = fc.integer({ min: 50_000_000, max: 99_999_999 });
const bodies = fc.oneof(people, companies, fc.integer({ min: 1, max: 999_999_999 }));

describe('checkDigit', () => {
  it('agrees with rut.js', () => {
    fc.assert(fc.property(bodies, (numero) => checkDigit(numero) === oracle.getCheckDigit(String(numero))));
  });

  it.each([
    [12345678, '5'],
    [1000005, 'K'],
    [14569484, '1'],
    [7654321, '6'],
  ])('of %i is %s', (numero, dv) => expect(checkDigit(numero)).toBe(dv));
});

describe('readRut', () => {
  it('reads every way of writing a RUT, and agrees with rut.js on whether it is right', () => {
    const dvs = fc.constantFrom(...'0123456789Kk');
    fc.assert(
      fc.property(
        people,
        dvs,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (numero, dv, dots, hyphen, zeros) => {
          const digits = dots ? String(numero).replace(/\B(?=(\d{3})+$)/g, '.') : String(numero);
          const text = ` ${zeros ? '00' : ''}${digits}${hyphen ? '-' : ''}${dv} `;
          const rut = readRut(text);
          expect(rut).toEqual({ numero, dv: dv.toUpperCase() });
          expect(rut && isValidRut(rut)).toBe(oracle.validate(`${numero}-${dv}`));
        },
      ),
    );
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(bodies, (numero) => {
        const rut = { numero, dv: checkDigit(numero) };
        expect(readRut(formatRut(rut))).toEqual(rut);
      }),
    );
  });

  it.each([
    '',
    '-',
    '5',
    '0-0',
    '00000000-0',
    '1234567890-1',
    '12345678-X',
    '12345678-',
    '1234-5678-9',
    'K-1',
    '１２３-4',
  ])('does not read «%s»', (text) => expect(readRut(text)).toBeNull());

  it('never throws, and reads no more than nine digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const rut = readRut(text);
        if (rut) expect(rut.numero).toBeLessThan(1e9);
      }),
    );
  });
});

describe('readRutAlumno', () => {
  it.each([
    [12345678, '5', 12345678, '5'],
    ['12345678', 5, 12345678, '5'],
    ['01234567', 'k', 1234567, 'K'],
  ])('reads %j and %j', (rutAlumno, dvAlumno, numero, dv) => {
    expect(readRutAlumno(rutAlumno, dvAlumno)).toEqual({ numero, dv });
  });

  it.each([
    ['12.345.678', '5'],
    ['12345678-5', '5'],
    [' 12345678', '5'],
    [12345678.5, '5'],
    [-5, '5'],
    [0, '0'],
    ['000', '0'],
    [1e21, '5'],
    [12345678, ''],
    [12345678, '55'],
    [12345678, 'ｋ'],
    [12345678, 10],
    [null, '5'],
    [12345678, undefined],
    [[12345678], '5'],
  ])('does not read %j and %j', (rutAlumno, dvAlumno) =>
    expect(readRutAlumno(rutAlumno, dvAlumno)).toBeNull(),
  );
});
