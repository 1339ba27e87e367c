import type { Issue } from '@puente-sic/protocol';
import { course, MODULOS, rutOf, student } from '@puente-sic/testing';
import { expect, test } from 'vitest';
import { candidatesOf } from './candidates.ts';
import { planCourse } from './course.ts';
import { holdByRules, holdBySource } from './hold.ts';

const RULES = { version: 2, noche: '2026-11-22' } as const;

function twice(codigoModulo: string): Issue {
  const message = 'El módulo está dos veces.';
  return {
    code: null,
    severity: 'error',
    scope: 'modulo',
    path: '',
    message,
    fix: 'Deje una.',
    rut: rutOf(0).text,
    codigoModulo,
  };
}

test('a student of whom the source holds every module is told once per module, and nothing of an empty list', () => {
  const all = { ...student(0, 50, { listaModulos: [] }), heldModules: MODULOS.map(twice) };
  const { passed, held } = holdBySource(candidatesOf(course([all, student(1, 50)]), RULES));
  expect(held.map(({ issue, records }) => [issue.codigoModulo, records])).toEqual(
    MODULOS.map((code) => [code, 1]),
  );
  expect(passed.map(({ rut }) => rut)).toEqual([rutOf(1).text]);
});

test('a student without modules of whom nothing is held stays, for the rules to refuse', () => {
  const { passed } = holdBySource(candidatesOf(course([student(0, 50, { listaModulos: [] })]), RULES));
  expect(passed).toHaveLength(1);
  const byRules = holdByRules('76111222-8', { codigoOferta: 'A', codigoGrupo: 'A' }, passed);
  expect(byRules.passed).toEqual([]);
  expect(byRules.held).toHaveLength(1);
});

test('an empty list of activities is told once for each module, however many students have it', () => {
  const empty = (at: number) => {
    const one = student(at, 50);
    for (const modulo of one.alumno.listaModulos ?? []) modulo.listaActividades = [];
    return one;
  };
  const { parts } = planCourse(
    course([0, 1, 2].map(empty)),
    {
      ...{ ...RULES, rutOtec: '76111222-8', descenso: 'omitir', modo: 'completo' },
      ...{ filters: {}, arrived: null },
    },
    { aceptados: new Map(), errores: [] },
  );
  const told = (parts[0]?.warnings ?? []).filter(({ path }) => path.endsWith('listaActividades'));
  expect(told.map(({ codigoModulo }) => codigoModulo)).toEqual(MODULOS);
  for (const { message } of told) expect(message).toMatch(/viene vacía.* Lo mismo en otros 2 alumnos\.$/);
});
