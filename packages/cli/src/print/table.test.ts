import { expect, test } from 'vitest';
import { plainTerminal } from '../terminal.ts';
import { table } from './table.ts';

function printed(width: number, rows: string[][]): string[] {
  const lines: string[] = [];
  const terminal = plainTerminal(
    (text) => lines.push(text.trimEnd()),
    () => {},
    width,
  );
  table(
    terminal,
    [
      { title: 'Curso', flexible: true },
      { title: 'Aceptados', align: 'right' },
    ],
    rows,
  );
  return lines;
}

test('columns line up, figures to the right, also beside accents and wide characters', () => {
  expect(
    printed(80, [
      ['Introducción', '9'],
      ['日本', '1.234'],
    ]),
  ).toEqual(['Curso         Aceptados', 'Introducción          9', '日本              1.234']);
});

test('on a narrow screen only the flexible column gives way, and nothing of it is lost', () => {
  const lines = printed(40, [['Gestión de bodegas y control de existencias', '12']]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines.slice(1).join(' ').replace(/\s+/g, ' ')).toContain('Gestión de bodegas y control');
  expect(lines[1]).toMatch(/12$/);
});
