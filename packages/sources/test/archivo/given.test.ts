import { expect, test } from 'vitest';
import { archivoSource } from '../../src/index.ts';
import { csv, flatRow } from './reading.ts';

test('what is given as bytes is read once, however often it is asked', async () => {
  const contenido = new TextEncoder().encode(csv([flatRow()]));
  const source = archivoSource({ name: 'planillas', ruta: 'avance.csv', contenido });
  const at = new Date('2026-11-23T22:30:00-03:00');
  const first = await source.read({ at });
  expect(first.courses).toHaveLength(1);
  contenido.fill(0);
  expect(await source.read({ at })).toEqual(first);
  expect(await source.listCourses()).toHaveLength(1);
});
