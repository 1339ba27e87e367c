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
    const { $id, $schema, ...schema } = schemas[name];
    const parts = [...partsOf(schema, schemas)].sort();
    const $defs = Object.fromEntries(parts.map((part) => [part, withoutId(schemas[part])]));
    const whole = { $schema, title: name, ...schema, ...(parts.length > 0 && { $defs }) };
    return [`docs/esquemas/${name}.json`, `${JSON.stringify(whole, null, 2)}\n`];
  });
}

function withoutId({ $id, $schema, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Names of all schemas that one refers to, also by way of others. */
function partsOf(schema: JsonSchema, schemas: Record<SchemaName, JsonSchema>): Set<SchemaName> {
  const names = [...JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)].map(
    ([, name]) => name as SchemaName,
  );
  return new Set(names.flatMap((name) => [name, ...partsOf(schemas[name], schemas)]));
}
