import { z } from 'zod';

/** An OpenAPI document as a page to read and to search: every call, what goes in and what comes back, two levels deep. */
export function apiPage(document: object, { title, intro }: { title: string; intro: string }): string {
  const api = openApi.parse(document);
  const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => section(api, path, method, call)),
  );
  const named = Object.entries(api.components.schemas);
  return `${[
    '<!-- Generado con «npm run docs»: no se edita a mano. -->',
    `# ${title}`,
    intro,
    api.info.description.replaceAll('\n\n', '\0').replaceAll('\n', ' ').replaceAll('\0', '\n\n'),
    ...calls,
    ...named.map(([name, schema]) =>
      [`## ${name}`, schema.description ?? '', fields(api, schema) || typeOf(api, schema)].join('\n\n'),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')}\n`;
}

function section(api: OpenApi, path: string, method: string, call: Call): string {
  const answers = Object.entries(call.responses).filter(([status]) => status.startsWith('2'));
  return [
    `## ${call.summary}`,
    `\`${method.toUpperCase()} ${path}\``,
    call.description ?? '',
    call.parameters === undefined ? '' : table(call.parameters.map((one) => parameterRow(api, one))),
    said(api, 'Se envía', call.requestBody?.content),
    ...answers.map(([status, { content }]) => said(api, `Responde ${status}`, content)),
  ].join('\n\n');
}

function said(api: OpenApi, what: string, content: Content | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, { schema = {} }]) => {
      const shown = fields(api, schema);
      const kind = typeOf(api, schema);
      return `**${what}** (${type}${shown === '' && kind !== '' ? `: ${kind}` : ''})${shown === '' ? '' : `:\n\n${shown}`}`;
    })
    .join('\n\n');
}

type Row = [name: string, type: string, note: string];

function parameterRow(api: OpenApi, { name, in: place, required, description, schema }: Parameter): Row {
  return [name, typeOf(api, schema ?? {}), noted(required === true, WHERE[place] ?? place, description)];
}

const WHERE: Record<string, string> = {
  path: 'en la dirección',
  query: 'en la consulta',
  header: 'cabecera',
};

/** The fields of an object, or of each of a list, with one level more beneath. */
function fields(api: OpenApi, schema: Schema): string {
  const object = objectIn(schema);
  if (object === null) return '';
  return table(rows(api, object, '', DEPTH));
}

const DEPTH = 2;

function rows(api: OpenApi, { properties = {}, required = [] }: Schema, above: string, depth: number): Row[] {
  return Object.entries(properties).flatMap(([name, schema]): Row[] => {
    const path = `${above}${name}`;
    const inner = depth > 1 ? objectIn(schema) : null;
    return [
      [path, typeOf(api, schema), noted(required.includes(name), schema.description)],
      ...(inner === null
        ? []
        : rows(api, inner, `${path}${schema.type === 'array' ? '[]' : ''}.`, depth - 1)),
    ];
  });
}

/** An object, the object in a list, or the one of several shapes that is more than null. */
function objectIn(schema: Schema): Schema | null {
  if (schema.properties !== undefined) return schema;
  if (schema.items !== undefined) return objectIn(schema.items);
  const shapes = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null');
  return shapes.length === 1 && shapes[0] !== undefined ? objectIn(shapes[0]) : null;
}

function typeOf(api: OpenApi, schema: Schema): string {
  if (schema.$ref !== undefined) return `[${nameOf(schema.$ref)}](#${nameOf(schema.$ref).toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${String(one)}\``).join(' o ');
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes !== undefined) return [...new Set(shapes.map((one) => typeOf(api, one)))].join(' o ');
  if (schema.type === 'array') return `lista de ${typeOf(api, schema.items ?? {}) || 'valores'}`;
  const types = [schema.type ?? []].flat().map((type) => TYPES[type] ?? type);
  return `${types.join(' o ')}${schema.format === undefined ? '' : ` (${schema.format})`}`;
}

const TYPES: Record<string, string> = {
  ...{ string: 'texto', integer: 'entero', number: 'número', boolean: 'sí o no' },
  ...{ object: 'objeto', null: 'nulo', array: 'lista' },
};

function nameOf(reference: string): string {
  return reference.split('/').at(-1) ?? reference;
}

function noted(isRequired: boolean, ...notes: (string | undefined)[]): string {
  return [isRequired ? 'obligatorio' : 'opcional', ...notes].filter(Boolean).join('; ');
}

function table(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const cell = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');
  return [
    '| campo | tipo | notas |',
    '|---|---|---|',
    ...rows.map(([name, type, note]) => `| \`${name}\` | ${cell(type)} | ${cell(note)} |`),
  ].join('\n');
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const schema = z.custom<Schema>((value) => typeof value === 'object');
const content = z.record(z.string(), z.looseObject({ schema: schema.optional() }));
const parameter = z.looseObject({
  ...{ name: z.string(), in: z.string(), required: z.boolean().optional() },
  ...{ description: z.string().optional(), schema: schema.optional() },
});
const call = z.looseObject({
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});
const openApi = z.looseObject({
  info: z.looseObject({ description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), call)),
  components: z.looseObject({ schemas: z.record(z.string(), schema) }),
});
type OpenApi = z.infer<typeof openApi>;
type Call = z.infer<typeof call>;
type Content = z.infer<typeof content>;
type Parameter = z.infer<typeof parameter>;
