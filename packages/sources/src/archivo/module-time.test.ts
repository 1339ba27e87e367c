import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { impossibleTime } from './module-time.ts';
import { assembleStudent } from './student.ts';

function row(module: unknown, course: unknown, columns: Record<string, string> | undefined = {}): Entry {
  const text = 'avance.csv, fila 2';
  return {
    file: 'avance.csv',
    curso: {},
    key: '12345678-5',
    rut: { rutAlumno: '12345678', dvAlumno: '5' },
    alumno: { tiempoConectividad: course },
    place: { text },
    modulo: { codigoModulo: 'PRES1', tiempoConectividad: module },
    moduloPlace: { text, ...(columns && { columns }) },
    doubts: [],
    moduloDoubts: [],
  };
}

describe('the time of a module', () => {
  it.each<[unknown, unknown]>([
    [216_000, 30_000],
    [324_000, 40_000],
    ['108000', '12000'],
  ])('of %j s in a course of %j s is impossible', (module, course) => {
    expect(impossibleTime(row(module, course), course)?.message).toContain('está en otra unidad');
  });

  it.each<[unknown, unknown]>([
    [9000, 12_600],
    [13_000, 12_600],
    [60_000, 12_000],
    [3600, 10],
    [9000, 0],
    [9000, undefined],
    ['harto', 12_600],
  ])('of %j s in a course of %j s is not', (module, course) => {
    expect(impossibleTime(row(module, course), course)).toBeNull();
  });

  it('of an API body stays as it is', () => {
    const { columns: _, ...place } = row(0, 0).moduloPlace;
    expect(impossibleTime({ ...row(216_000, 30_000), moduloPlace: place }, 30_000)).toBeNull();
  });

  it('holds its module, and no more', () => {
    const { heldModules, held, alumno } = assembleStudent(
      [row(216_000, 30_000)],
      new Date('2026-11-23T22:30:00-03:00'),
    );
    expect(heldModules).toMatchObject([
      {
        codigoModulo: 'PRES1',
        message:
          'El tiempo del módulo resulta de 216000 segundos (60 horas), y el del curso entero, de 30000 segundos (8,3 horas): uno de los dos está en otra unidad.',
      },
    ]);
    expect(held).toEqual([]);
    expect(alumno.listaModulos).toEqual([]);
  });
});
