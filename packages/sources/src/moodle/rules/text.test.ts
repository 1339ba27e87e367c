import { describe, expect, it } from 'vitest';
import { listed } from '../../rules/listed.ts';
import { oneLanguage, sameText } from './text.ts';

describe('a stored text in one language', () => {
  it.each([
    [
      '<span lang="es" class="multilang">Módulo 4: Excel / A1</span><span lang="en" class="multilang">Module 4 / A1</span>',
      'Módulo 4: Excel / A1',
    ],
    [
      '<span class="multilang" lang="en">Reading</span> <span class="multilang" lang="es_cl">Lectura</span>',
      'Lectura',
    ],
    ['<span lang="en" class="multilang">A</span><span lang="fr" class="multilang">B</span>', 'A'],
    ['1. {mlang en}Reading{mlang}{mlang es}Lectura{mlang}', '1. Lectura'],
    ['Enlace <externo> & recursos', 'Enlace <externo> & recursos'],
    ['  Ventas &amp; caja 💰 ', 'Ventas &amp; caja 💰'],
    ['<span lang="es" class="multilang">Solo</span>', '<span lang="es" class="multilang">Solo</span>'],
  ])('%s', (stored, text) => {
    expect(oneLanguage(stored)).toBe(text);
  });
});

it('texts are the same for a person whatever their blanks and case', () => {
  expect(sameText(' Grupo  Á ', 'grupo á')).toBe(true);
  expect(sameText('Grupo A', 'Grupo B')).toBe(false);
});

it('names are listed as people write them, and never endlessly', () => {
  expect(listed(['a'])).toBe('«a»');
  expect(listed(['a', 'b', 'c'])).toBe('«a», «b» y «c»');
  expect(listed(['a', 'b', 'c', 'd'], 2)).toBe('«a», «b» y 2 más');
});
