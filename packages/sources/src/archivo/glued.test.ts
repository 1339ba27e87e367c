import { expect, test } from 'vitest';
import { gluedRows } from './glued.ts';

const ruts = (...texts: string[]) => [
  ...gluedRows(texts.map((text, index) => ({ number: index + 1, cells: [text] }))).values(),
];

test('who is in a row that was not split is known by the RUT, with the check digit in its own column too', () => {
  expect(ruts('CAP-1\t11.111.111-1\t1437')).toEqual(['11111111-1']);
  expect(ruts('CAP-1\t11111111,00\t1\tAna\t1437')).toEqual(['11111111-1']);
  expect(ruts('CAP-1|"11111111"|"1"|Ana')).toEqual(['11111111-1']);
  expect(ruts('CAP-1\t11,111,111\t1\tAna María Soto\t1437')).toEqual(['Ana María Soto (11111111-1)']);
});

test('so is one with signs that nobody sees, or another hyphen', () => {
  expect(ruts('CAP-1;0679\u200b;\u200b11111111\u20111\u200b;45149;100')).toEqual(['11111111-1']);
});

test('a RUT alone, a number and a wrong check digit are no row', () => {
  expect(ruts('11.111.111-1', 'Total: 11111111, 1437', '11111111\t2\tAna')).toEqual([]);
});

test('who signs a table, with a RUT, is no row that was not split', () => {
  const signs = [
    'Relator: Juan Pérez, RUT 12.345.678-5',
    'OTEC Capacita SpA - RUT 77.124.930-2',
    'OTEC Capacita SpA, RUT 77.124.930-2, Calle Uno 123, Santiago',
    'Relatora: Ana Soto; RUT: 11.111.111-1; fono 22 333 4444',
    'Elaborado por: Juan Pérez 12345678-5',
  ];
  expect(ruts(...signs)).toEqual([]);
});

test('a row with commas is known by its many values', () => {
  expect(ruts('CAP-1,11.111.111-1,1437,60,2026-10-05,2026-12-18,M1')).toEqual(['11111111-1']);
});
