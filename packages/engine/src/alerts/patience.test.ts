import { expect, test } from 'vitest';
import { VENTANA_OFICIAL } from '../window.ts';
import { isPassing, patienceEnds } from './patience.ts';

const at = (time: string) => new Date(`2026-11-23T${time}:00-03:00`);

test.each([
  ['conexion', '22:00', '22:30'],
  ['fuente:aula', '22:00', '22:30'],
  ['conexion', '22:50', '23:15'],
  // From here on every minute counts.
  ['conexion', '23:15', null],
  ['conexion', '23:59', null],
  // By day nothing is lost yet.
  ['conexion', '15:00', '15:30'],
  ['token', '22:00', null],
  ['reloj', '22:00', null],
  ['servicio', '22:00', null],
])('%s since %s is told at %s', (clave, desde, told) => {
  expect(patienceEnds(clave, at(desde), VENTANA_OFICIAL)).toEqual(told === null ? null : at(told));
});

test('a short window leaves its own time to mend', () => {
  expect(patienceEnds('conexion', at('22:00'), { desde: '22:00', hasta: '23:00' })).toEqual(at('22:15'));
});

test('what began in the future is not waited for', () => {
  const since = { clave: 'conexion', desde: at('22:00').toISOString() };
  expect(isPassing(since, VENTANA_OFICIAL, at('22:10'))).toBe(true);
  expect(isPassing(since, VENTANA_OFICIAL, at('22:30'))).toBe(false);
  expect(isPassing(since, VENTANA_OFICIAL, at('19:00'))).toBe(false);
});
