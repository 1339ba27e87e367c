import { expect, test } from 'vitest';
import { canMark, listedAs, stepsOf } from './closing-steps.ts';

const HOY = '2026-11-20';
const done = (...pasos: string[]) =>
  new Map(pasos.map((paso) => [paso, { quien: 'Ana', cuando: new Date('2026-11-20T12:00:00Z') }]));
const steps = (more: Partial<Parameters<typeof stepsOf>[0]> = {}) =>
  stepsOf({ termina: '2026-11-13', cruzaAno: false, pendientes: 0, hechos: done(), ...more });

test('the days of each step count from the last day of the course', () => {
  expect(steps().map(({ paso, desde, hasta }) => [paso, desde, hasta])).toEqual([
    ['sence', null, '2026-11-13'],
    ['dj-otec', '2026-11-14', null],
    ['dj-participantes', '2026-11-14', null],
    ['documentos', '2026-11-14', '2026-12-23'],
    ['liquidacion', '2026-11-14', '2027-01-12'],
  ]);
});

test('a step waits for the one before it: a student’s statement needs the provider’s', () => {
  expect(steps().map(({ estado }) => estado)).toEqual(['hecho', 'ahora', 'despues', 'despues', 'despues']);
  expect(canMark(steps(), 'dj-otec', HOY)).toBe(true);
  expect(canMark(steps(), 'dj-participantes', HOY)).toBe(false);
  const after = steps({ hechos: done('dj-otec') });
  expect(canMark(after, 'dj-participantes', HOY)).toBe(true);
  expect(after.map(({ estado }) => estado)).toEqual(['hecho', 'hecho', 'ahora', 'despues', 'despues']);
});

test('what SENCE has is seen, and marked by nobody; that somebody is pending keeps no statement back', () => {
  const pending = steps({ pendientes: 3 });
  expect(pending[0]?.estado).toBe('ahora');
  expect(pending[1]?.estado).toBe('ahora');
  expect(canMark(pending, 'sence', HOY)).toBe(false);
  expect(canMark(pending, 'dj-otec', HOY)).toBe(true);
});

test('over New Year there are two statements, in order', () => {
  const both = steps({ cruzaAno: true, termina: '2027-01-08' });
  expect(both.map(({ paso }) => paso).slice(1, 3)).toEqual(['dj-parcial', 'dj-complementaria']);
  expect(canMark(both, 'dj-parcial', HOY)).toBe(true);
  expect(canMark(both, 'dj-complementaria', HOY)).toBe(false);
});

test('no statement before the day after the end', () => {
  expect(canMark(steps(), 'dj-otec', '2026-11-13')).toBe(false);
  expect(canMark(steps(), 'dj-otec', '2026-11-14')).toBe(true);
});

const listed = (hoy: string, more: Partial<Parameters<typeof listedAs>[0]> = {}) =>
  listedAs({ termina: '2026-12-04', hoy, programa: 'franquicia', cruzaAno: false, pasos: steps(), ...more });

test('a course is in the list from fifteen days before its end until its steps are done, at most sixty days', () => {
  expect(listed('2026-11-18')).toBeNull();
  expect(listed('2026-11-19')).toBe('pronto');
  expect(listed('2026-12-04')).toBe('pronto');
  expect(listed('2026-12-05')).toBe('sin-cerrar');
  const all = steps({ hechos: done('dj-otec', 'dj-participantes', 'documentos', 'liquidacion') });
  expect(listed('2026-12-05', { pasos: all })).toBeNull();
  expect(listed('2027-02-02')).toBe('sin-cerrar');
  expect(listed('2027-02-03')).toBeNull();
});

test('of another programme nothing is asked after its end but what SENCE does not have', () => {
  expect(listed('2026-12-05', { programa: 'social' })).toBeNull();
  expect(listed('2026-12-05', { programa: 'social', pasos: steps({ pendientes: 1 }) })).toBe('sin-cerrar');
});

test('what crosses New Year comes in on the 15th of December', () => {
  const crossing = { termina: '2027-01-20', cruzaAno: true };
  expect(listed('2026-12-14', crossing)).toBeNull();
  expect(listed('2026-12-15', crossing)).toBe('ano-nuevo');
});
