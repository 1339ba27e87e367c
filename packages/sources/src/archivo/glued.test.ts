import { expect, test } from 'vitest';
import { gluedRows } from './glued.ts';

const ruts = (...texts: string[]) => [
  ...gluedRows(texts.map((text, index) => ({ number: index + 1, cells: [text] }))).values(),
];

test('who is in a row that was not split is known by the RUT, with the check digit in its own column too', () => {
  expect(ruts('CAP-1\t11.111.111-1\t1437')).toEqual(['11111111-1']);
  expect(ruts('CAP-1\t11111111,00\t1\tAna\t1437')).toEqual(['11111111-1']);
  expect(ruts('CAP-1|"11111111"|"1"|Ana')).toEqual(['11111111-1']);
});

test('a RUT alone, a number and a wrong check digit are no row', () => {
  expect(ruts('11.111.111-1', 'Total: 11111111, 1437', '11111111\t2\tAna')).toEqual([]);
});
