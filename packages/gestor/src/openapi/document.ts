import { readFileSync } from 'node:fs';
import { openApi } from '@puente-sic/protocol';
import { z } from 'zod';
import { OWN_OPERATIONS, type OwnOperation } from './own-paths.ts';

const PACKAGE: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/**
 * The OpenAPI document of this service at an address (`https://gestor.example`): both official endpoints as the
 * protocol describes them, and the addresses that only this service has, marked as such.
 */
export function serviceDocument(origin: string) {
  const base = openApi({
    version: PACKAGE.version,
    servers: [{ url: `${origin}/gestor/API`, description: 'Este servicio.' }],
  });
  const own: Record<string, Record<string, unknown>> = {};
  for (const operation of OWN_OPERATIONS) {
    own[operation.path] ??= { servers: [{ url: origin, description: 'Este servicio.' }] };
    Object.assign(own[operation.path] ?? {}, { [operation.method]: describe(operation) });
  }
  return {
    ...base,
    tags: [
      ...base.tags,
      {
        name: 'propio',
        description: 'Direcciones que solo tiene el Gestor de este proyecto; el oficial, no.',
      },
    ],
    paths: { ...base.paths, ...own },
    components: {
      ...base.components,
      securitySchemes: {
        operador: { type: 'http', scheme: 'bearer', description: 'La clave de administración.' },
        otec: {
          type: 'http',
          scheme: 'basic',
          description: 'Usuario: RUT de la OTEC. Contraseña: su token.',
        },
      },
    },
  };
}

export type ServiceDocument = ReturnType<typeof serviceDocument>;

const SECURITY = {
  operador: [{ operador: [] }],
  otec: [{ otec: [] }, { operador: [] }],
  cualquiera: [],
};

function describe({ method, path, summary, description, who, parameters = [], body, status }: OwnOperation) {
  return {
    operationId: `${method}${path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
    tags: ['propio'],
    summary,
    ...(description && { description }),
    security: SECURITY[who],
    parameters: parameters.map((parameter) => ({ ...parameter, schema: { type: 'string' } })),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: inputSchema(body) } } },
    }),
    responses: {
      [status]: { description: 'Lo pedido.' },
      ...(who === 'cualquiera'
        ? {}
        : { 401: { description: 'Falta identificarse, o la clave no es correcta.' } }),
      '4XX': { description: 'La solicitud no se puede atender; el cuerpo dice por qué.' },
    },
  };
}

function inputSchema(body: z.ZodType) {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input' });
  return schema;
}
