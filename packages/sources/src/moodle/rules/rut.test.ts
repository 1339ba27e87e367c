import { checkDigit, formatRut } from '@puente-sic/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anAccount } from '../../../test/moodle/snapshot.ts';
import { fieldToFill, type RutRules, readIdentity } from './rut.ts';

const read = (
  idnumber: string,
  username = 'alumno1',
  profile: [string, string][] = [],
  rules: RutRules = {},
) => readIdentity(anAccount(1, { idnumber, username, profile: new Map(profile) }), rules);

describe('the RUT of an account', () => {
  it.each([
    ['11222333-9', '11222333-9'],
    ['31016786-k', '31016786-K'],
    ['31.027.718-5', '31027718-5'],
    ['310363421', '31036342-1'],
    [' 32035830-2 ', '32035830-2'],
    ['08040103-5', '8040103-5'],
    ['0 8.040.103 - 5', '8040103-5'],
  ])('%j is %s', (idnumber, rut) => {
    const identity = read(idnumber);
    expect(identity.rut && formatRut(identity.rut)).toBe(rut);
    expect(identity).toMatchObject({ field: 'Número de ID', problem: null });
  });

  it('is in the user name where the ID number is empty or something else', () => {
    for (const idnumber of ['', '  ', 'P31043735', 'EMP-77', '31029291-6'])
      expect(read(idnumber, '31022815-k')).toMatchObject({
        rut: { numero: 31022815, dv: 'K' },
        field: 'Nombre de usuario',
      });
  });

  it('is told to be contradicted by another person’s in another field', () => {
    const other = { rut: { numero: 31022815, dv: 'K' } };
    expect(read('11222333-9', '31022815-k').contradicted).toMatchObject({
      ...other,
      field: 'Nombre de usuario',
    });
    expect(read('11222333-9', 'ana', [['rut', '31.022.815-K']])).toMatchObject({
      ...other,
      contradicted: { rut: { numero: 11222333 }, field: 'Número de ID' },
    });
    expect(read('31029291-6', '31022815-k')).toMatchObject({
      ...other,
      contradicted: { rut: { numero: 31029291 }, field: 'Número de ID' },
    });
    for (const username of ['11222333-9', '112223339', 'ana', '10013', '31029291-6', '20000019'])
      expect(read('11222333-9', username).contradicted).toBeUndefined();
  });

  it('is in the profile field that a site made for it first of all, whatever the case of its name', () => {
    expect(read('11222333-9', '31022815-k', [['RUT', '32015948-2']])).toMatchObject({
      rut: { numero: 32015948, dv: '2' },
      field: 'Campo de perfil «rut»',
      contradicted: { rut: { numero: 11222333 }, field: 'Número de ID' },
    });
    expect(read('', 'ana', [['documento', '32015948-2']]).problem).toBe('empty');
    expect(read('', 'ana', [['documento', '32015948-2']], { campoRut: 'documento' }).problem).toBeNull();
    for (const empty of ['', ' ', 'no tiene', '32015948'])
      expect(read('11222333-9', 'ana', [['rut', empty]])).toMatchObject({
        rut: { numero: 11222333 },
        field: 'Número de ID',
      });
  });

  it('is looked for in the order that the source declares, and nowhere else', () => {
    const account = [
      '11222333-9',
      '31022815-k',
      [
        ['rut', '32015948-2'],
        ['Cedula', '8040103-5'],
      ],
    ] as const;
    const found = (...camposRut: string[]) =>
      read(
        account[0],
        account[1],
        account[2].map((one) => [...one]),
        { camposRut, campoRut: 'otro' },
      ).field;
    expect(found('idnumber', 'rut')).toBe('Número de ID');
    expect(found('USERNAME')).toBe('Nombre de usuario');
    expect(found('pasaporte', 'cedula', 'idnumber')).toBe('Campo de perfil «cedula»');
    expect(read('11222333-9', 'ana', [], { camposRut: ['rut', 'username'] }).problem).toBe('empty');
    expect(fieldToFill({ camposRut: ['cedula', 'username'] })).toBe('Campo de perfil «cedula»');
    expect(fieldToFill({ camposRut: ['cedula', 'IdNumber'] })).toBe('Número de ID');
  });

  it.each(['33.130.716', '33130716', '33130716-', '5141213', '5141213.0', ' 33.130.716\u00a0'])(
    '%j lacks its check digit: it is nobody’s, whatever the last digit would give',
    (text) => {
      expect(read(text)).toMatchObject({ rut: null, problem: 'no check digit', faulty: text });
      expect(read('', text.trim())).toMatchObject({ rut: null, problem: 'no check digit' });
    },
  );

  it.each(['5141213.00.3', '3.3130.716-4', '12.345,678-5', '51412.130'])(
    '%j is no RUT: dots group thousands',
    (text) => expect(read(text)).toMatchObject({ rut: null, problem: 'not a RUT' }),
  );

  it('nothing without a check digit is ever completed, however often chance would have it right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 99_999_999 }), fc.boolean(), (numero, dots) => {
        expect(read(dots ? numero.toLocaleString('de') : String(numero)).rut).toBeNull();
      }),
    );
  });

  it('invisible characters do not hide one', () => {
    expect(read('\u200b31015234\u2060-K\ufeff').rut).toEqual({ numero: 31015234, dv: 'K' });
  });

  it('what cannot be used is told as it stands', () => {
    expect(read('31029291-6')).toMatchObject({ problem: 'wrong check digit', faulty: '31029291-6' });
    expect(read('P31043735')).toMatchObject({ problem: 'not a RUT', faulty: 'P31043735' });
    expect(read('', 'alumno108')).toMatchObject({ problem: 'empty', faulty: null });
    expect(read('', '31029291-6')).toMatchObject({
      problem: 'wrong check digit',
      field: 'Nombre de usuario',
    });
  });

  it('a short number that is a user name is no RUT by chance', () => {
    expect(read('', `10013${checkDigit(10013)}`).problem).toBe('empty');
  });

  it('is found however it was typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000_000, max: 99_999_999 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('', ' ', '  '),
        (numero, dots, hyphen, lower, blank) => {
          const body = dots ? numero.toLocaleString('de') : String(numero);
          const dv = lower ? checkDigit(numero).toLowerCase() : checkDigit(numero);
          const identity = read(`${blank}${body}${hyphen ? '-' : ''}${dv}${blank}`);
          const eightDigits = numero < 10_000_000 && !dots && !hyphen && dv !== 'K' && dv !== 'k';
          expect(identity.rut).toEqual(eightDigits ? null : { numero, dv: checkDigit(numero) });
          expect(identity.problem).toBe(eightDigits ? 'no check digit' : null);
        },
      ),
    );
  });

  it('fields that this reader is not shown are as good as empty', () => {
    expect(readIdentity(anAccount(1, { idnumber: null, username: null })).problem).toBe('empty');
  });
});
