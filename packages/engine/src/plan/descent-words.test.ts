import { expect, test } from 'vitest';
import { descent, figuresOfDescent } from './descent-words.ts';

const fall = { accepted: undefined, grupo: 'G', cause: null, decision: null } as const;

test.each([
  [90, 70],
  [66.66667, 33.33333],
  [100, 0],
])('what is said of %d to %d can be read back', (last, now) => {
  for (const politica of ['omitir', 'mantener'] as const) {
    const { message } = descent({ ...fall, last, now, politica });
    const figures = figuresOfDescent(message);
    expect(figures?.de).toBeCloseTo(last, 2);
    expect(figures?.a).toBeCloseTo(now, 2);
  }
});

test('what says something else has no figures', () => {
  expect(figuresOfDescent('El avance debe ser mayor al anterior (90.00000)')).toBeNull();
});
