import { expect, test } from 'vitest';
import { conPalabras, enPalabras } from '../web/src/en-palabras.ts';

test.each([
  [
    'Faltan las columnas «moduloPorcentajeAvance» y «codigoModulo» en a.xlsx. Con «puente plantilla» obtiene un ejemplo.',
    'Faltan las columnas «Avance en el módulo» y «Código del módulo» en a.xlsx. En Planilla se descarga una para llenar, con todas las columnas.',
  ],
  [
    'Escriba los tiempos como HH:MM:SS. O anote en qué están, una vez, en puente.yaml, en la fuente: «columnas: { Tiempo: minutos }» (o horas; segundos si lo son).',
    'Escriba los tiempos como HH:MM:SS. Puede contestarlo al subir la planilla: se pregunta una vez.',
  ],
  [
    'No se sabe de qué curso es: falta codigoOferta. Complete la columna «codigoOferta», o indíquelo en puente.yaml, en «cursos»: «{ fuente: … }», con los códigos de SIC.',
    'No se sabe de qué curso es: falta el código del curso. Complete la columna «Código del curso», con los códigos de SIC.',
  ],
  [
    'Falta la columna «tiempoConectividad» en a.xlsx. Si una de esas columnas es la que falta, cámbiele el nombre por ese; si no, agréguela.',
    'Falta la columna «Tiempo del alumno en el curso» en a.xlsx. Si una de esas columnas es la que falta, elija abajo qué es; si no, agréguela.',
  ],
  ['El archivo «avance. estado.csv» no se pudo leer.', 'El archivo «avance. estado.csv» no se pudo leer.'],
])('%s', (engine, panel) => {
  expect(enPalabras(engine)).toBe(panel);
});

test('only sentences are put in other words, wherever they stand in an answer', () => {
  const answer = { campo: 'codigoModulo', cursos: [{ retenidos: [{ queHacer: 'Falta «codigoModulo».' }] }] };
  expect(conPalabras(answer)).toEqual({
    campo: 'codigoModulo',
    cursos: [{ retenidos: [{ queHacer: 'Falta «Código del módulo».' }] }],
  });
});
