import { type JsonSchema, jsonSchemas, type SchemaName } from '@puente-sic/protocol';

/** The whole messages; the other schemas are parts of them. */
const MESSAGES = [
  'EnvioV1',
  'Envio',
  'RespuestaAceptada',
  'RespuestaConErrores',
  'RespuestaError',
  'Historial',
] as const satisfies readonly SchemaName[];

/** One JSON Schema per message, each complete in itself: path from the repository's root → content. */
export function messageSchemas(): [path: string, content: string][] {
  const schemas = jsonSchemas((name) => `#/$defs/${name}`);
  return MESSAGES.map((name) => {
    const { $schema } = schemas[name];
    const parts = [...partsOf(name, schemas)].sort();
    const $defs = Object.fromEntries(parts.map((part) => [part, body(schemas[part])]));
    const whole = { $schema, title: name, ...body(schemas[name]), ...(parts.length > 0 && { $defs }) };
    return [`docs/esquemas/${name}.json`, `${JSON.stringify(whole, null, 2)}\n`];
  });
}

/** A schema without what names it, since it becomes a part of another or a document of its own. */
function body({ $id, $schema, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Names of all schemas that one refers to, also by way of others; none of them refers back to itself. */
function partsOf(name: SchemaName, schemas: Record<SchemaName, JsonSchema>): Set<SchemaName> {
  const text = JSON.stringify(body(schemas[name]));
  const parts = [...text.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, part]) => part as SchemaName);
  return new Set(parts.flatMap((part) => [part, ...partsOf(part, schemas)]));
}
