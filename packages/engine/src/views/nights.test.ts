import { expect, test } from 'vitest';
import { nightsOfCourse } from './nights.ts';

test('each night named has its own figures, whatever was sent before the first or in between', () => {
  const sent = (noche: string, aceptados: number) => ({
    noche,
    estado: 'aceptado' as const,
    aceptados,
    rechazados: 0,
  });
  const nights = nightsOfCourse(
    ['2026-11-20', '2026-11-21', '2026-11-22'],
    [sent('2026-11-18', 1), sent('2026-11-19', 2), sent('2026-11-20', 3), sent('2026-11-22', 4)],
    [],
  );
  expect(nights.map(({ estado, aceptados }) => [estado, aceptados])).toEqual([
    ['aceptado', 3],
    ['sin-envio', 0],
    ['aceptado', 4],
  ]);
});
