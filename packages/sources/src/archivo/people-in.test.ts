import { expect, it } from 'vitest';
import { peopleIn } from './people-in.ts';

function inTable(header: string[], ...rows: string[][]): string[] {
  const [first, ...others] = [header, ...rows].map((cells, index) => ({ number: index + 1, cells }));
  if (first === undefined) return [];
  return peopleIn({ file: 'a.csv', sheet: null, unit: 'fila', rows: [first, ...others] }, first);
}

it('names who has no RUT, or an odd one, too', () => {
  expect(
    inTable(
      ['RUT', 'Nombre', 'Avance'],
      ['12345678-5', 'Rayén', '50'],
      ['16321456-7', 'Pedro Rojas', '80'],
      ['', 'Juan Soto', '40'],
      ['98765433', '', '40'],
      ['', 'Total', '40'],
      ['RUT', 'Nombre', 'Avance'],
    ),
  ).toEqual(['Rayén (12345678-5)', 'Pedro Rojas («16321456-7»)', 'Juan Soto (sin RUT)', '«98765433»']);
});

it("leaves out a company's RUT, which all rows repeat", () => {
  const header = ['RUT', 'Rut Participante', 'Nombre'];
  const rows = [
    ['76111222-8', '12345678-5', 'Rayén'],
    ['76111222-8', '11111111-1', 'Ana'],
  ];
  expect(inTable(header, ...rows)).toEqual(['Rayén (12345678-5)', 'Ana (11111111-1)']);
});

it('keeps the only person of a table', () => {
  expect(inTable(['RUT', 'Nombre'], ['12345678-5', 'Rayén'])).toEqual(['Rayén (12345678-5)']);
});
