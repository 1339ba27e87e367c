import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonDoubts } from './json-doubts.ts';

it.each([
  [
    '{"a": 60, "b": {"a": 1}, "a": 10}',
    [{ kind: 'twice', path: ['a'], values: ['60', '10'], place: 'línea 1, columna 31' }],
  ],
  [
    '{"l": [1, {"x": [2],\n "x": {"y": 3}, "x": [2]}]}',
    [
      { kind: 'twice', path: ['l', 1, 'x'], values: ['[2]', '{"y": 3}'], place: 'línea 2, columna 7' },
      {
        kind: 'twice',
        path: ['l', 1, 'x'],
        values: ['[2]', '{"y": 3}', '[2]'],
        place: 'línea 2, columna 22',
      },
    ],
  ],
  [
    '{"a": 1, "\\u0061": 2}',
    [{ kind: 'twice', path: ['a'], values: ['1', '2'], place: 'línea 1, columna 20' }],
  ],
  ['{"a": "\\"a\\": 1, {", "b": "}"}', []],
  ['[{"a": 1}, {"a": 1}]', []],
  ['{"__proto__": 1, "constructor": 2}', []],
  [
    '[12345678, 202601000000001234567, 2026010000000012, 1e999, -0.1234567890123456789]',
    [
      { kind: 'number', path: [1], values: ['202601000000001234567'], place: 'línea 1, columna 12' },
      { kind: 'number', path: [3], values: ['1e999'], place: 'línea 1, columna 53' },
    ],
  ],
])('%s', (text, expected) => expect(jsonDoubts(text)).toEqual(expected));

it('nothing that a program writes is doubted, and everything is walked to its end', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonDoubts(text).filter(({ kind }) => kind === 'twice')).toEqual([]);
      const [last] = jsonDoubts(`{"x": ${text}, "x": 2}`).filter(({ kind }) => kind === 'twice');
      expect(last).toMatchObject({ path: ['x'], values: [text.trim(), '2'] });
    }),
  );
});
