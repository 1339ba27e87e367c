import { expect, test } from 'vitest';
import { alumnoOf } from './body.ts';

const sent = (porcentajeAvance: unknown) => {
  const draft = { porcentajeAvance, listaModulos: [{ porcentajeAvance }] };
  const alumno = alumnoOf(draft, { version: 2, noche: '2026-11-22' });
  expect(alumno.listaModulos?.[0]?.porcentajeAvance).toBe(alumno.porcentajeAvance);
  return alumno.porcentajeAvance;
};

test.each([
  [13.5, 14],
  ['13.49', 13],
  [45.5, 46],
  [99.5, 100],
  [0, 0],
])('progress of %s, of a student as of a module, goes as %i', (given, whole) => {
  expect(sent(given)).toBe(whole);
});

test.each([-0.3, 100.4, 'mucho', null])('%s is no percentage: it stays, for preflight to name', (given) => {
  expect(sent(given)).toBe(given);
});
