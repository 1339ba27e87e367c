import { describe, expect, it } from 'vitest';
import { patternOf, together } from './alike.ts';

const fraction = (value: string, times: string) => ({
  mensaje: `«${value}» puede ser ${value} % o ${times} %: la columna «avance» solo trae valores de 0 a 1.`,
});

describe('messages that say the same', () => {
  it('show the first values of each place and how many more', () => {
    const all = [
      fraction('1', '100'),
      fraction('0,5', '50'),
      fraction('0,25', '25'),
      fraction('0,75', '75'),
    ] as const;
    expect(together([...all])).toBe(
      '«1», «0,5», «0,25» y 1 más pueden ser 1, 0,5, 0,25 y 1 más % o 100, 50, 25 y 1 más %: la columna «avance» solo trae valores de 0 a 1.',
    );
  });

  it('leave what is the same in all of them as it is', () => {
    expect(
      together([
        { mensaje: 'El módulo M1 de 12-3 está dos veces.', rut: '12-3', codigoModulo: 'M1' },
        { mensaje: 'El módulo M1 de 45-6 está dos veces.', rut: '45-6', codigoModulo: 'M1' },
      ]),
    ).toBe('El módulo M1 de 12-3 y 45-6 está dos veces.');
  });

  it('say of several values what they said of one', () => {
    const rut = (value: string) => ({ mensaje: `«${value}» no tiene la forma de un RUT.` });
    expect(together([rut('a'), rut('b')])).toBe('«a» y «b» no tienen la forma de un RUT.');
    expect(together([rut('a'), rut('a')])).toBe('«a» no tiene la forma de un RUT.');
  });

  it('show codes whole', () => {
    const empty = (code: string) => ({ mensaje: `El curso ${code}-1 (grupo ${code}) no tiene a nadie.` });
    expect(together([empty('CAP-26-01-13-0446'), empty('PRES028')])).toBe(
      'El curso CAP-26-01-13-0446-1 y PRES028-1 (grupo CAP-26-01-13-0446 y PRES028) no tiene a nadie.',
    );
  });

  it('keep the sign of a figure, and ranges whole', () => {
    const negative = (value: string) => ({ mensaje: `Es negativo (${value}), y va de 0-100.` });
    expect(together([negative('-10'), negative('-11')])).toBe('Es negativo (-10 y -11), y va de 0-100.');
  });

  it('have one pattern, whoever they are about', () => {
    const patterns = [
      { mensaje: 'En el alumno 1-9, estado es "X".', rut: '1-9' },
      { mensaje: 'En el alumno 2-7, estado es "X".', rut: '2-7' },
      { mensaje: 'En el alumno 2-7, fecha es "X".', rut: '2-7' },
    ].map(patternOf);
    expect(patterns[0]).toBe(patterns[1]);
    expect(patterns[1]).not.toBe(patterns[2]);
  });
});

it('what two columns say is not one sentence', () => {
  const about = (column: string, value: string) => ({
    mensaje: `No se sabe si «${value}» son segundos: la columna «${column}» no pasa de 5.`,
  });
  expect(patternOf(about('Tiempo', '2'))).not.toBe(patternOf(about('Tiempo módulo', '2')));
  expect(together([about('Tiempo', '2'), about('Tiempo', '3')])).toBe(
    'No se sabe si «2» y «3» son segundos: la columna «Tiempo» no pasa de 5.',
  );
});
