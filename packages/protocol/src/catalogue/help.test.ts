import { expect, it } from 'vitest';
import { docsAddressOf } from '../docs-address.ts';
import { HELP } from './help.ts';

it.each(Object.entries(HELP))(
  '%s is told in words that a coordinator has',
  (_, { title, steps, notNeeded }) => {
    expect(title).not.toMatch(/\.$/);
    expect(steps.length).toBeGreaterThan(0);
    for (const text of [title, ...steps, notNeeded])
      expect(text).not.toMatch(
        /«puente [a-z]|\bnpx\b|puente\.yaml|JSON|porcentajeAvance|codigo[A-Z]|\bs[óÓ]lo\b/i,
      );
    for (const text of [...steps, notNeeded]) expect(text).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/);
    expect(notNeeded).toMatch(/^No hace falta /);
  },
);

it('a page has a public address only where the documents are published', () => {
  expect(docsAddressOf('012')).toBeNull();
  expect(docsAddressOf('012', 'https://ejemplo.cl/puente/')).toBe('https://ejemplo.cl/puente/errores/012');
});
