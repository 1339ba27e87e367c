import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import * as wire from '../envio.ts';
import type { ProcesoHistorial, RegistroHistorial } from '../history.ts';
import * as envio from './envio.ts';
import type * as respuestas from './respuestas.ts';

describe('the schemas and the types are one shape', () => {
  it('of what is sent', () => {
    expectTypeOf<z.infer<typeof envio.Actividad>>().toEqualTypeOf<wire.Actividad>();
    expectTypeOf<z.infer<typeof envio.Modulo>>().toEqualTypeOf<wire.Modulo>();
    expectTypeOf<z.infer<typeof envio.Alumno>>().toEqualTypeOf<wire.Alumno>();
    expectTypeOf<z.infer<typeof envio.Envio>>().toEqualTypeOf<wire.Envio>();
  });

  it('of the history', () => {
    expectTypeOf<z.infer<typeof respuestas.RegistroHistorial>>().toEqualTypeOf<RegistroHistorial>();
    expectTypeOf<z.infer<typeof respuestas.ProcesoHistorial>>().toEqualTypeOf<ProcesoHistorial>();
  });

  it('and version 1 is version 2 without the fields of 2023', () => {
    const without = (shape: object, fields: readonly string[]) =>
      Object.keys(shape)
        .filter((name) => !fields.includes(name))
        .sort();
    expect(Object.keys(envio.EnvioV1.shape).sort()).toEqual(without(envio.Envio.shape, wire.V2_FIELDS.curso));
    expect(Object.keys(envio.AlumnoV1.shape).sort()).toEqual(
      without(envio.Alumno.shape, wire.V2_FIELDS.alumno),
    );
    expect(Object.keys(envio.ModuloV1.shape).sort()).toEqual(
      without(envio.Modulo.shape, wire.V2_FIELDS.modulo),
    );
  });
});
