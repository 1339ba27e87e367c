import { describe, expect, it } from 'vitest';
import { areOfTwoPeople } from './same-person.ts';

describe('two names', () => {
  it.each([
    ['Rayén Núñez', 'Pedro Soto'],
    ['Rayén Núñez', 'Pedro Núñez'],
    ['Juan Soto Rojas', 'Pedro Soto Rojas'],
    ['María José Soto Rojas', 'María Paz Soto Rojas'],
    ['Ana', 'Luis Peña'],
  ])('%s and %s are two people', (one, other) => {
    expect(areOfTwoPeople(one, other)).toBe(true);
    expect(areOfTwoPeople(other, one)).toBe(true);
  });

  it.each([
    ['Rayén Núñez', 'NUNEZ, RAYEN'],
    ['Rayén Núñez', 'Rayén Andrea Núñez Soto'],
    ['Rayén Andrea Núñez', 'Rayén Núñez Soto'],
    ['R. Núñez', 'Rayén Nuñes'],
    ['María de los Ángeles Soto', 'Ma. Ángeles Soto'],
    ['Rayén', 'Núñez Soto Rayén'],
    ['N??ez Rayén', 'Rayén Núñez'],
    ['rayen@example.cl', 'Rayén Núñez'],
    ['12', 'Rayén Núñez'],
  ])('%s and %s may be one', (one, other) => {
    expect(areOfTwoPeople(one, other)).toBe(false);
    expect(areOfTwoPeople(other, one)).toBe(false);
  });
});
