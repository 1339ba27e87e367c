import { expect, test } from 'vitest';
import { rowsByPerson } from './rows-by-person.ts';

const rows = (text: string) => rowsByPerson(Buffer.from(text), 'sesiones.csv');

test('each row of a person counts once, however the RUT is spelled and wherever it stands', async () => {
  expect([
    ...(await rows(
      'Curso;Rut participante;Inicio\nX;18.412.907-8;2026-11-01 10:00\nX;18412907-8;2026-11-02 10:00\nX;9531653-0;2026-11-02\n',
    )),
  ]).toEqual([
    ['18412907-8', 2],
    ['9531653-0', 1],
  ]);
});

test('the check digit may stand in the next cell; a wrong one names nobody', async () => {
  expect([...(await rows('Rut;Dv\n18412907;8\n18412907;7\n9531653;0\n'))]).toEqual([
    ['18412907-8', 1],
    ['9531653-0', 1],
  ]);
});
