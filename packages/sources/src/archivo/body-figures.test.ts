import { describe, expect, it } from 'vitest';
import { readBody } from './body.ts';
import { doubleDigits, oddFigures } from './body-figures.ts';

function entries(...students: Record<string, unknown>[]) {
  return readBody({ codigoOferta: 'OF-1', codigoGrupo: 'G', listaAlumnos: students }, 'envio.json', '')
    .entries;
}
const messages = (...progress: number[]) =>
  oddFigures(entries(...progress.map((porcentajeAvance) => ({ porcentajeAvance }))), 'envio.json').map(
    ({ message }) => message,
  );

describe('an API body', () => {
  it('tells a progress below 1 among greater ones', () => {
    expect(messages(60, 0.85, 100)).toEqual([
      expect.stringContaining('porcentajeAvance 0,85 (envio.json, listaAlumnos[1]).'),
    ]);
    expect(messages(60, 0, 1)).toEqual([]);
    expect(messages(0.85, 1)).toEqual([expect.stringContaining('ningún avance pasa de 1')]);
  });

  it('tells a RUT that may have its check digit twice', () => {
    const told = (rutAlumno: unknown, dvAlumno: unknown) =>
      doubleDigits(entries({ rutAlumno, dvAlumno }, { rutAlumno, dvAlumno }), 'envio.json').map(
        ({ message }) => message,
      );
    expect(told(98765433, '3')).toEqual([
      expect.stringContaining('«98765433 y 3» (envio.json, listaAlumnos[1]).'),
    ]);
    expect(told(9876543, '3')).toEqual([]);
    expect(told(undefined, undefined)).toEqual([]);
  });
});
