import { expect, test } from 'vitest';
import { readDescent } from './descent.ts';

const said = 'modulo.porcentajeAvance debe ser mayor al anterior';

test.each([
  [`${said} (20.00000)`, 20],
  [`${said}(20.00000)`, 20],
  [`${said} 20`, 20],
  [`${said} 20.`, 20],
  [`${said} (0.00000)`, 0],
  [`${said} (100.00000)`, 100],
  [`${said} (33.33333)`, 33.33333],
  [`Uno o mas errores encontrados: ${said} (20.00000)`, 20],
  [`${said} (20.00000) informado el 29-11-2026`, 20],
  [`${said} 20 informado el 29-11-2026`, 20],
])('«%s» names %d', (message, percentage) => expect(readDescent(message)).toBe(percentage));

test.each([
  `${said} informado el 29-11-2026`,
  `${said} 29-11-2026`,
  `${said} 2026`,
  `${said} (100.00001)`,
  `${said} (20,5)`,
  `${said} (-5)`,
  'modulo.porcentajeAvance invalido (20.00000)',
  'El alumno 12345678-5 no se encuentra registrado',
  '',
])('«%s» names none', (message) => expect(readDescent(message)).toBeNull());
