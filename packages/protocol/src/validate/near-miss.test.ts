import { expect, it } from 'vitest';
import { validateEnvio } from './envio.ts';

const told = (body: object): string[] =>
  validateEnvio(body).flatMap(({ message }) => /se parece a «(\w+)»/.exec(message)?.[1] ?? []);

it.each([
  ['lista_alumnos', 'listaAlumnos'],
  ['ListaAlumnos', 'listaAlumnos'],
  ['listaAlumno', 'listaAlumnos'],
  ['códigoOferta', 'codigoOferta'],
  ['codigo oferta', 'codigoOferta'],
  ['cantActividadSincronicas', 'cantActividadSincronica'],
  ['cantActividadesAsincronicas', 'cantActividadAsincronica'],
  ['Token', 'token'],
])('«%s» was meant to be %s', (name, meant) => expect(told({ [name]: 1 })).toEqual([meant]));

it.each(['nombre', 'origen', '__proto__x', 'constructor', '', 'x'.repeat(1000), 'tokens2'])(
  '«%s» is nothing of ours',
  (name) => {
    expect(told({ [name]: 1 })).toEqual([]);
  },
);
