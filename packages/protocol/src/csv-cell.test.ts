import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { csvCell } from './csv-cell.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+56 9', "'+56 9"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠x', "'＠x"],
  ['\t=1', '"\'\t\'=1"'],
  ['\r=1', '"\'\r\'=1"'],
  ['\n=1', '"\'\n\'=1"'],
  ['\nA', '"\'\nA"'],
  [' \u00a0=1', "' \u00a0=1"],
  ['\ufeff=1', "'\ufeff=1"],
  ['G1;=1', '"G1;\'=1"'],
  ['G1,=1', '"G1,\'=1"'],
  ['G1\n=1', '"G1\n\'=1"'],
  ['G-1 a=b', 'G-1 a=b'],
  ['12345678-5', '12345678-5'],
  ['Curso; básico', '"Curso; básico"'],
  ['dice "sí"', '"dice ""sí"""'],
  ['', ''],
])('%j is written %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test('in no cell, however a spreadsheet parts it, does a formula begin', () => {
  const odd = fc.string({ unit: fc.constantFrom(...'=+-@＝;,"\t\r\n a1\'\u00a0'), maxLength: 12 });
  fc.assert(
    fc.property(odd, (text) => {
      const cell = csvCell(text);
      for (const part of cell.replace(/^"|"$/g, '').split(/[;,\t\r\n]/))
        expect(part).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
  );
});
