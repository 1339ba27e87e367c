import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OFFICIAL_EXAMPLES } from '../official-examples.ts';
import { validateEnvio } from '../validate/envio.ts';
import { Envio, EnvioV1 } from './envio.ts';

const GOOD = {
  rutOtec: '76543210-3',
  idSistema: 1350,
  token: '3B1D9E52-6C07-4F4A-8E21-90A7C5D2B6F4',
  codigoOferta: 'DEMO-26',
  codigoGrupo: 'DEMO-26-A',
  codigoEnvio: 'e-1',
  cantActividadSincronica: 1,
  cantActividadAsincronica: 2,
  listaAlumnos: [
    {
      rutAlumno: 12345678,
      dvAlumno: '5',
      tiempoConectividad: 600,
      estado: 1,
      porcentajeAvance: 50,
      fechaInicio: '2026-11-02',
      fechaFin: '2026-12-18 23:59:59',
      fechaEjecucion: '2026-11-22',
      evaluacionFinal: 85.5,
      listaModulos: [
        {
          codigoModulo: 'DEMO-M1',
          tiempoConectividad: 600,
          porcentajeAvance: 50,
          estado: 1,
          fechaInicio: '2026-11-02',
          fechaFin: '2026-12-18',
          notaModulo: 70,
          cantActividadSincronica: 0,
          cantActividadAsincronica: 3,
          listaActividades: [{ codigoActividad: 'Lección 1' }],
        },
      ],
    },
  ],
};

/** Every leaf and list of the body, as the keys that lead there. */
function places(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  const below = Object.entries(value).flatMap(([key, item]) => places(item, [...at, key]));
  return Array.isArray(value) ? [at, ...below] : below;
}

/** A copy with another value in one place; `undefined` leaves it out. */
function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [
      name,
      name === key ? replaced(item, rest, by) : item,
    ]),
  );
}

const values = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    ' ',
    true,
    [],
    {},
    0,
    -0,
    -1,
    0.5,
    100,
    100.5,
    101,
    1e308,
    1350,
    '1350',
  ),
  fc.constantFrom(
    '50',
    '13,5',
    'k',
    'K',
    '12345678-5',
    '12.345.678',
    '2026-02-29',
    '2028-02-29',
    '31-08-2026',
  ),
  fc.constantFrom(
    '2026-11-02 24:00:00',
    '2026-11-02T00:00:00',
    '2026-13-01',
    '0000-01-01',
    '1899-12-31',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.double(),
  fc.integer(),
  fc.anything({ maxDepth: 1 }),
);

test('what fits the schema is accepted for its form: only check digits and impossible days are left to tell', () => {
  let fits = 0;
  fc.assert(
    fc.property(fc.constantFrom(...places(GOOD)), values, (place, value) => {
      const body = JSON.parse(JSON.stringify(replaced(GOOD, place, value)));
      if (!Envio.safeParse(body).success) return;
      fits += 1;
      const errors = validateEnvio(body).filter(({ severity }) => severity === 'error');
      expect(
        errors.map(({ code }) => code).filter((code) => !['012', '026', '027'].includes(code ?? '')),
      ).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  expect(fits).toBeGreaterThan(100);
});

test('the official test body and a full one fit', () => {
  expect(Envio.safeParse(GOOD).success).toBe(true);
  expect(Envio.safeParse(OFFICIAL_EXAMPLES.pruebaOficial.value).success).toBe(true);
  expect(EnvioV1.safeParse(OFFICIAL_EXAMPLES.pruebaOficial.value).success).toBe(true);
});

test.each<[string[], unknown]>([
  [['listaAlumnos'], []],
  [['idSistema'], 1351],
  [['token'], '3b1d9e52-6c07-4f4a-8e21-90a7c5d2b6f4'],
  [['listaAlumnos', '0', 'listaModulos'], []],
  [['listaAlumnos', '0', 'porcentajeAvance'], 101],
  [['listaAlumnos', '0', 'evaluacionFinal'], null],
  [['listaAlumnos', '0', 'fechaInicio'], '02-11-2026'],
  [['listaAlumnos', '0', 'listaModulos', '0', 'tiempoConectividad'], -1],
  [['listaAlumnos', '0', 'listaModulos', '0', 'fechaFin'], undefined],
])('%j as %j does not fit', (place, value) => {
  expect(Envio.safeParse(JSON.parse(JSON.stringify(replaced(GOOD, place, value)))).success).toBe(false);
});
