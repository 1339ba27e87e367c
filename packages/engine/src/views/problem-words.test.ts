import { expect, test } from 'vitest';
import { problemOf } from './problem-words.ts';

const of = (mensaje: string, codigo: string | null) =>
  problemOf({
    ...{ mensaje, codigo, origen: 'previa', explicacion: '', queHacer: 'Escríbalo.', bajada: null },
    ...{ sugerencia: null, rutOtec: '77124930-2', codigoOferta: 'OF', codigoGrupo: 'GR', codigoModulo: 'M1' },
  } as Parameters<typeof problemOf>[0]);

test('what is blank is told as people call it, once for all who lack it, without a RUT in its title', () => {
  const titles = ['11111111-1', '12345678-5'].map((rut) =>
    of(`En el módulo M1 del alumno ${rut}, tiempoConectividad no viene; el servicio lo rechaza.`, '023'),
  );
  expect(titles.map(({ titulo }) => titulo)).toEqual(
    Array(2).fill('Falta el tiempo de conexión en un módulo'),
  );
  expect(new Set(titles.map(({ clave }) => clave)).size).toBe(1);
  expect(
    of('En el alumno 11111111-1, porcentajeAvance no viene; el servicio lo rechaza.', '022').titulo,
  ).toBe('Falta el avance');
});

test('RUT that may be with or without their digit are one problem', () => {
  const two = ['83092513', '93670108'].map(
    (text) => of(`No se sabe si «${text}» es un RUT con su dígito verificador o sin él.`, null).titulo,
  );
  expect(new Set(two).size).toBe(1);
});
