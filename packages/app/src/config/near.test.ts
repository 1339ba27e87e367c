import { expect, test } from 'vitest';
import { nearest } from './near.ts';

const KEYS = ['gestor', 'otecs', 'fuentes', 'codigoOferta', 'codigoGrupo'];

test.each([
  ['otec', 'otecs'],
  ['fuente', 'fuentes'],
  ['codigo_oferta', 'codigoOferta'],
  ['CODIGOGRUPO', 'codigoGrupo'],
  ['codigoOefrta', 'codigoOferta'],
  ['géstor', 'gestor'],
  ['clave', undefined],
  ['', undefined],
])('%s is most likely %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});
