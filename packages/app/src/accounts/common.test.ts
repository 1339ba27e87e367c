import { expect, test } from 'vitest';
import { isCommonPassword } from './common.ts';

test.each([
  'password1234',
  'Password1234!',
  'P4ssw0rd2026!!',
  'passwordpassword',
  'contraseña123',
  'Contraseña.2026',
  'administrador1',
  'puentesence2026',
  'chile2026chile',
  'bienvenida2026',
  'qwertyuiop123',
  'asdfghjklñ12',
  '123456789012',
  '098765432109',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  '121212121212',
  'rosacaceres1',
  'Cáceres.Rosa.77',
  'iloveyou2026',
])('%s is among the first that are tried', (clave) => {
  expect(isCommonPassword(clave, 'Rosa Cáceres')).toBe(true);
});

test.each([
  'una clave larga y buena',
  'una frase que sólo yo sé',
  'otra clave igual de larga',
  'el perro come lechuga',
  'k7Vd-92qx-Lm4Z',
  '8153-2907-4461-7730',
  'marraqueta con palta',
  'correcto caballo pila grapa',
  'contraseña del zaguán',
])('%s is not', (clave) => {
  expect(isCommonPassword(clave, 'Rosa Cáceres')).toBe(false);
});
