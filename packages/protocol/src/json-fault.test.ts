import { expect, it } from 'vitest';
import { explainJsonFault } from './json-fault.ts';

const explain = (text: string): string => {
  try {
    JSON.parse(text);
  } catch (fault) {
    return explainJsonFault(text, fault);
  }
  throw new Error('This is JSON');
};

it.each([
  ['{"a": 1,\n "b": NaN}', 'en la línea 2, columna 7 dice «NaN», que no es un número en JSON'],
  ['[-Infinity]', 'en la línea 1, columna 2 dice «-Infinity», que no es un número'],
  ['{"a": None}', '«None», que no existe en JSON'],
  ['{"a": True}', '«True», que en JSON va en minúsculas: true'],
  ["{'a': 1}", '«a», que no va entre comillas dobles'],
  ['{"a": "NaN", "b": 1', 'termina antes de tiempo'],
  ['  ', 'está vacío'],
  ['{"a": 1}\n{"a": 2}', 'en la línea 2, columna 1 comienza otro dato'],
  ['[1, 2,]', 'en la línea 1, columna 6 sobra una coma'],
  ['[1 2]', 'se deja de entender en la línea 1, columna 4'],
])('%j', (text, expected) => expect(explain(text)).toContain(expected));
