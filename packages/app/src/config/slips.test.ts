import { expect, test } from 'vitest';
import { slipsIn } from './slips.ts';

test.each([
  ['otecs:\n  - rut:77124930-2', 2, 'falta un espacio después de los dos puntos: escriba «rut: …»'],
  ['gestor:https://x', 1, '«gestor: …»'],
  ['fuentes:\n  - nombre: a\n\u00a0   ruta: ./a', 3, 'cerca de «ruta» hay un espacio que no es el corriente'],
  ['otecs:\n  - rut:\u00a077124930-2', 2, 'cerca de «rut» hay un espacio'],
  ['otecs:\n  - rut\u202f: 77124930-2', 2, 'cerca de «rut» hay un espacio'],
  ['version： 2', 1, 'los dos puntos de «version» no son los corrientes'],
])('%j is told with its line', (text, line, message) => {
  expect(slipsIn(text)).toEqual([{ line, message: expect.stringContaining(message) }]);
});

test.each([
  'otecs:\n  - rut: 77124930-2',
  'fuentes:\r\n  - { nombre: a, tipo: archivo, ruta: "C:/x" }\r\n',
  '# rut:77124930-2',
  'notas:sin espacio',
  'url://x',
  '    para:\n      - a@b.cl',
])('%j is none', (text) => expect(slipsIn(text)).toEqual([]));
