import * as z from 'zod';
import { V2_FIELDS } from './envio.ts';
import * as envio from './schemas/envio.ts';
import * as respuestas from './schemas/respuestas.ts';

/** Every message of the API by its name: the source of the JSON Schemas and of the OpenAPI document. */
export const SCHEMAS = { ...envio, ...respuestas };

export type SchemaName = keyof typeof SCHEMAS;

/** A JSON Schema (draft 2020-12) or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schemas of all messages.
 * @param uri how one schema refers to another, from its name.
 * @param closed with `additionalProperties: false`, for tests of our own service. Left open otherwise: the real one
 *   has been seen to add fields.
 */
export function jsonSchemas(uri: (name: string) => string, closed = false): Record<SchemaName, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  // In the order of the alphabet, as the keys of a module are; bundlers and test runners keep another one.
  for (const [name, schema] of Object.entries(SCHEMAS).sort(([one], [other]) => (one < other ? -1 : 1))) {
    registry.add(schema, { id: name });
  }
  const { schemas } = z.toJSONSchema(registry, { uri, io: closed ? 'output' : 'input' });
  return withoutNewFields(schemas as Record<SchemaName, JsonSchema>);
}

/** No value fits; the type says nothing to a validator, but without it a generated client lets any value through. */
const NOTHING: JsonSchema = { type: 'null', not: {} };

/**
 * Version 1 has none of version 2's fields: else a body of version 2 with one of them wrong would be a good one of
 * version 1 with a field more, and `anyOf` would let everything through.
 */
function withoutNewFields(schemas: Record<SchemaName, JsonSchema>): Record<SchemaName, JsonSchema> {
  const old = (name: SchemaName, fields: readonly string[]) => {
    const { properties, ...schema } = schemas[name];
    const absent = Object.fromEntries(
      fields.map((field) => [field, { ...NOTHING, description: 'Sólo en la versión 2 [I].' }]),
    );
    return { ...schema, properties: { ...(properties as JsonSchema), ...absent } };
  };
  return {
    ...schemas,
    EnvioV1: old('EnvioV1', V2_FIELDS.curso),
    AlumnoV1: old('AlumnoV1', V2_FIELDS.alumno),
    ModuloV1: old('ModuloV1', V2_FIELDS.modulo),
  };
}
