import pc from 'picocolors';
import { expect, it, test } from 'vitest';
import { plainTerminal } from '../terminal.ts';
import { inert, inertJson } from './inert.ts';

it.each([
  ['a title', 'Ana\u001b]0;pwned\u0007', 'Ana·]0;pwned·'],
  ['a line over another', '✗ 3 rechazados\r✔ todo aceptado', '✗ 3 rechazados·✔ todo aceptado'],
  ['a screen that is cleared', '\u001b[2J\u001b[H✔', '·[2J·[H✔'],
  ['what is hidden', '\u001b[8msecreto\u001b[0m', '·[8msecreto\u001b[0m'],
  ['one sign for two', '\u009b2J', '·2J'],
  ['another direction', 'Ana\u202e5-6', 'Ana·5-6'],
  ['lines and columns', 'a\tb\r\nc\n', 'a\tb\r\nc\n'],
  ['names of ours', 'José Ñúñez 👩‍🏫 ⚠️', 'José Ñúñez 👩‍🏫 ⚠️'],
])('%s', (_, text, shown) => {
  expect(inert(text)).toBe(shown);
});

test('our own colours stay', () => {
  const { bold, dim, red, green, yellow, cyan, magenta } = pc.createColors(true);
  for (const paint of [bold, dim, red, green, yellow, cyan, magenta])
    expect(inert(paint('x'))).toBe(paint('x'));
});

test('whatever a terminal is given goes through it, and a JSON says the same', () => {
  let [out, err] = ['', ''];
  const terminal = plainTerminal(
    (text) => {
      out += text;
    },
    (text) => {
      err += text;
    },
    80,
  );
  terminal.line('a\u001b[2J');
  terminal.paragraph('b\u001b[2J');
  terminal.notice('c\u001b[2J');
  terminal.json({ nombre: 'd\u001b\u009b\u202e' });
  for (const sign of ['\u001b', '\u009b', '\u202e']) expect(out + err).not.toContain(sign);
  expect(JSON.parse(inertJson({ nombre: 'd\u001b\u009b\u202e' }))).toEqual({ nombre: 'd\u001b\u009b\u202e' });
});
