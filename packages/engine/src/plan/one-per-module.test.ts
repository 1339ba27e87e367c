import type { Issue } from '@puente-sic/protocol';
import { course, MODULOS, student } from '@puente-sic/testing';
import { expect, test } from 'vitest';
import { erasedIn } from '../privacy/erasures.ts';
import { type PlanRules, planCourse } from './course.ts';
import { onePerModule } from './one-per-module.ts';

const issue = (alumno: number, codigoModulo: string, rest: string): Issue => ({
  code: null,
  severity: 'warning',
  scope: 'modulo',
  path: `listaAlumnos[${alumno}].listaModulos[0].${rest}`,
  message: `Alumno ${alumno}.`,
  fix: 'x',
  codigoModulo,
});

test('an empty list of activities is one finding of its module, with how many it touches', () => {
  const all = [0, 1, 2].flatMap((alumno) => [
    issue(alumno, 'M1', 'listaActividades'),
    issue(alumno, 'M2', 'listaActividades[3].codigoActividad'),
  ]);
  expect(onePerModule(all).map(({ message }) => message)).toEqual([
    'Alumno 0. Lo mismo en otros 2 alumnos.',
    'Alumno 0. Lo mismo en otros 2 alumnos.',
  ]);
  expect(onePerModule(all.slice(0, 3)).map(({ message }) => message)).toEqual([
    'Alumno 0. Lo mismo en otro alumno.',
    'Alumno 0.',
  ]);
});

test('a day that is outside of the dates of a whole course is one finding', () => {
  const all = [0, 1, 2].map((alumno) => ({
    ...issue(alumno, '', ''),
    path: `listaAlumnos[${alumno}].fechaEjecucion`,
  }));
  expect(onePerModule(all).map(({ message }) => message)).toEqual(['Alumno 0. Lo mismo en otros 2 alumnos.']);
});

test('what is of each student stays of each', () => {
  const all = [0, 1].map((alumno) => issue(alumno, 'M1', 'estado'));
  expect(onePerModule(all)).toEqual(all);
  const others = [
    issue(0, 'M1', 'listaActividades[0].codigoActividad'),
    issue(0, 'M1', 'listaActividades[1].codigoActividad'),
  ];
  expect(onePerModule(others)).toEqual(others);
});

test('of a course as it is planned: an empty list is told once for each module', () => {
  const empty = (at: number) => {
    const one = student(at, 50);
    for (const modulo of one.alumno.listaModulos ?? []) modulo.listaActividades = [];
    return one;
  };
  const rules: PlanRules = {
    ...{ rutOtec: '76111222-8', version: 2, noche: '2026-11-22', descenso: 'omitir', modo: 'completo' },
    ...{ filters: {}, erasedAt: erasedIn(null), arrived: null },
  };
  const known = { aceptados: new Map(), errores: [] };
  const [part] = planCourse(course([0, 1, 2].map(empty)), rules, known).parts;
  const told = (part?.warnings ?? []).filter(({ path }) => path.endsWith('listaActividades'));
  expect(told.map(({ codigoModulo }) => codigoModulo)).toEqual(MODULOS);
  for (const { message } of told) expect(message).toMatch(/viene vacía.* Lo mismo en otros 2 alumnos\.$/);
});
