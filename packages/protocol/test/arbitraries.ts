import { type Alumno, checkDigit, type Envio, type Modulo } from '@puente-sic/protocol';
import fc from 'fast-check';

const fecha = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const porcentaje = fc.integer({ min: 0, max: 100 });

function modulo(codigoModulo: string): fc.Arbitrary<Modulo> {
  return fc.record({
    codigoModulo: fc.constant(codigoModulo),
    tiempoConectividad: fc.nat(100_000),
    porcentajeAvance: porcentaje,
    fechaInicio: fecha,
    fechaFin: fecha,
    listaActividades: fc.array(fc.record({ codigoActividad: fc.string() }), { maxLength: 3 }),
  });
}

/** One student with a right RUT and a few modules. */
export function alumnoOf(numero: number): fc.Arbitrary<Alumno> {
  const modulos = fc.uniqueArray(fc.constantFrom('M1', 'M2', 'M3', 'M4'), { minLength: 1 });
  return fc.record({
    rutAlumno: fc.constantFrom<(number | string)[]>(numero, String(numero)),
    dvAlumno: fc.constant(checkDigit(numero)),
    tiempoConectividad: fc.nat(100_000),
    porcentajeAvance: porcentaje,
    fechaInicio: fecha,
    fechaFin: fecha,
    listaModulos: modulos.chain((codes) => fc.tuple(...codes.map(modulo))),
  });
}

/** Bodies that the service accepts when it knows everybody: each student once, each module once. */
export const envio: fc.Arbitrary<Envio> = fc
  .uniqueArray(fc.integer({ min: 1_000_000, max: 29_999_999 }), { minLength: 1, maxLength: 6 })
  .chain((numbers) => fc.tuple(...numbers.map(alumnoOf)))
  .map((listaAlumnos) => ({
    rutOtec: '76918204-7',
    idSistema: 1350,
    token: '7D1F0C52-93AE-4B60-8C1D-2F5A9E6B3C01',
    codigoOferta: 'FIX-26-01-13-0001',
    codigoGrupo: 'FIX-26-01-13-0001-G1',
    listaAlumnos,
  }));

/** Values of every kind that a field can hold by mistake or malice. */
export const rubbish: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown[]>(
    undefined,
    null,
    '',
    ' ',
    '\0',
    '\ud800',
    Number.POSITIVE_INFINITY,
    -1,
    1e21,
    '1e400',
    '13,5',
    '45%',
    true,
    [],
    {},
    '31-08-2026',
  ),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown[]>(-0.001, 0, '0', 99.999, 100, '100', 100.001, '101', 1e308),
);

/** The same JSON with some places replaced, removed or doubled. */
export function damaged(value: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'double', 'rename'), rubbish), {
      maxLength: 4,
    })
    .map((changes) => changes.reduce((copy, change) => damage(copy, ...change), structuredClone(value)));
}

function damage(root: unknown, position: number, how: string, by: unknown): unknown {
  const places = placesOf(root);
  const place = places[position % Math.max(1, places.length)];
  if (!place) return root;
  const [parent, key] = place;
  if (Array.isArray(parent)) {
    if (how === 'remove') parent.splice(Number(key), 1);
    else if (how === 'double') parent.push(structuredClone(parent[Number(key)]));
    else parent[Number(key)] = by;
  } else if (how === 'remove') delete parent[key];
  else if (how === 'rename')
    Object.defineProperty(parent, `${key}x`, {
      value: parent[key],
      enumerable: true,
      writable: true,
      configurable: true,
    });
  else parent[key] = by;
  return root;
}

function placesOf(value: unknown): [parent: unknown[] | Record<string, unknown>, key: string][] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [
    [parent, key] as [typeof parent, string],
    ...placesOf(parent[key]),
  ]);
}
