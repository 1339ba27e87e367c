import { describe, expect, it } from 'vitest';
import { FLAT_HEADER, flatRow, read } from './reading.ts';

const rows = [flatRow(), flatRow({ rutAlumno: '11111111-1' })];
const header = (from: string, to: string): string[] => FLAT_HEADER.map((name) => (name === from ? to : name));
const file = (from: string, to: string, separator = ';'): string =>
  [
    header(from, to).join(separator),
    ...rows.map((row) => FLAT_HEADER.map((name) => row[name]).join(separator)),
  ].join('\r\n');

describe('a line break in the name of a column', () => {
  it.each([
    ['porcentajeAvance', '"Porcentaje\nAvance"', ';'],
    ['porcentajeAvance', 'Porcentaje\nAvance', ';'],
    ['codigoModulo', 'Código\nMódulo', ';'],
    ['tiempoConectividad', 'Tiempo\nConectividad', ','],
    ['moduloPorcentajeAvance', 'Módulo\n% Avance', '\t'],
    ['moduloTiempoConectividad', 'Módulo\nTiempo\nConectividad', ';'],
  ])('of %s (%j) does not end the row', async (from, to, separator) => {
    const { courses, findings } = await read(file(from, to, separator));
    expect(findings).toEqual([]);
    expect(courses[0]?.students.map(({ alumno }) => alumno.listaModulos?.length)).toEqual([1, 1]);
    // As a spreadsheet that opens the file counts them.
    const lines = to.startsWith('"') ? 1 : to.split('\n').length;
    expect(courses.flatMap(({ students }) => students).at(1)?.place?.text).toBe(
      `avance.csv, fila ${lines + 2}`,
    );
  });
});
