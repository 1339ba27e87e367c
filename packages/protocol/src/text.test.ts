import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutCodigoActividad } from './text.ts';

const texts = fc.string({ unit: 'grapheme', maxLength: 120 });

it('keeps at most 50 characters, and a short text as it is', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const cut = cutCodigoActividad(text);
      expect(Array.from(cut)).toEqual(Array.from(text).slice(0, 50));
    }),
  );
});

it('never cuts through a code point', () => {
  expect(cutCodigoActividad(`${'a'.repeat(49)}🎓🎓`)).toBe(`${'a'.repeat(49)}🎓`);
  expect(cutCodigoActividad('🎓'.repeat(60))).toBe('🎓'.repeat(50));
});

it('counts characters, not bytes', () => {
  const fifty = 'Evaluación de los contenidos del módulo número uno';
  expect(fifty).toHaveLength(50);
  expect(cutCodigoActividad(fifty)).toBe(fifty);
});
