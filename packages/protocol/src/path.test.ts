import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinPath, pathExists } from './path.ts';

it('a joined path leads to the field, whatever its name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(3), (name, index) => {
      const list = Array.from({ length: index + 1 }, () => 1);
      const body = Object.fromEntries([[name, { list }]]);
      expect(pathExists(body, joinPath(joinPath(joinPath('', name), 'list'), index))).toBe(true);
      expect(pathExists(body, joinPath(joinPath(joinPath('', name), 'list'), index + 1))).toBe(false);
    }),
  );
});

it.each([['a.b'], ['a[1]'], ['b'], ['a.'], ['a[x]'], ['a..x'], ['__proto__'], ['a.constructor'], ['[']])(
  '%s leads nowhere',
  (path) => expect(pathExists({ a: { x: 1 } }, path)).toBe(false),
);

it('the empty path is the body itself', () => {
  expect(pathExists(null, '')).toBe(true);
});
