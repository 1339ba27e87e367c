import * as z from 'zod';
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
  return schemas as Record<SchemaName, JsonSchema>;
}
