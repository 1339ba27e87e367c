import fc from 'fast-check';
import * as oracle from 'rut.js';
import { describe, expect, it } from 'vitest';
import { checkDigit, formatRut, isValidRut, readingOfRut, readRut, readRutAlumno } from './rut.ts';

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
    const apart = fc.constantFrom('-', ' - ', '\u2011', '\u2212', '\u200e-');
    const numbers = fc.constantFrom(
      String,
      (numero: number) => String(numero).replace(/\B(?=(\d{3})+$)/g, '.'),
      (numero: number) => String(numero).replace(/\B(?=(\d{3})+$)/g, ','),
      (numero: number) => `00${numero}`,
      (numero: number) => `${numero}.0`,
    );
    fc.assert(
      fc.property(people, dvs, numbers, apart, (numero, dv, write, hyphen) => {
        const rut = readRut(` ${write(numero)}${hyphen}${dv} `);
        expect(rut).toEqual({ numero, dv: dv.toUpperCase() });
        expect(rut && isValidRut(rut)).toBe(oracle.validate(`${numero}-${dv}`));
      }),
    );
  });

  it('never reads a number without its check digit as another RUT', () => {
    const dotted = (numero: number) => String(numero).replace(/\B(?=(\d{3})+$)/g, '.');
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 99_999_999 }), (numero) => {
        for (const text of [
          dotted(numero),
          `${numero}.0`,
          `${numero},00`,
          dotted(numero).replaceAll('.', ' '),
        ])
          expect(readingOfRut(text)).toEqual({ kind: 'noDv', numero });
        expect(readRut(String(numero))).toBeNull();
      }),
    );
  });

  it.each([
    ['123456785', 12345678, '5'],
    ['10254789k', 10254789, 'K'],
    ['12.345.6785', 12345678, '5'],
    ['12.345.678.5', 12345678, '5'],
    ['12345678 5', 12345678, '5'],
    ['5141213.0-3', 5141213, '3'],
    ['12,345,678-5', 12345678, '5'],
  ])('%s has one meaning', (text, numero, dv) => expect(readRut(text)).toEqual({ numero, dv }));

  it.each([
    ['77124930', { kind: 'either', numero: 77124930, rut: { numero: 7712493, dv: '0' } }],
    ['098765433', { kind: 'either', numero: 98765433, rut: { numero: 9876543, dv: '3' } }],
    ['33.130.716', { kind: 'noDv', numero: 33130716 }],
    ['5141213.0', { kind: 'noDv', numero: 5141213 }],
    ['12,345,678.0', { kind: 'other' }],
    ['51412.130-3', { kind: 'other' }],
    ['33130716-', { kind: 'noDv', numero: 33130716 }],
  ])('%s is not taken for one', (text, reading) => expect(readingOfRut(text)).toEqual(reading));

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
    '12345678',
    '1,23E+07',
    '12345678.5',
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
