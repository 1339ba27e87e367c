import type { Entrega } from '@puente-sic/app';

/** Bytes of one delivery. */
export const LIMITE_BYTES = 16 * 1024 * 1024;
export const LIMITE_POR_MINUTO = 120;

interface RutaDeEntrega {
  metodo: 'PUT' | 'POST';
  ruta: string;
  resumen: string;
  /** What stands in the body, for the OpenAPI. */
  cuerpo: object;
  tipos: readonly string[];
  de: Entrega['de'];
}

const filas = { type: 'array', items: { type: 'object' } };

/** What a platform delivers by itself. Bodies are the entities of docs/entidades.md. */
export const ENTREGAS = {
  entregarCurso: {
    metodo: 'PUT',
    ruta: '/v1/cursos/:curso',
    resumen: 'Entrega un curso entero; toma el lugar del anterior. Lo mismo dos veces es una.',
    cuerpo: {
      type: 'object',
      required: ['alumnos', 'modulos'],
      properties: {
        curso: { type: 'object' },
        ...Object.fromEntries(
          ['alumnos', 'modulos', 'actividades', 'avances', 'porcentajes', 'notas', 'tiempos'].map((name) => [
            name,
            filas,
          ]),
        ),
      },
    },
    tipos: ['application/json'],
    de: 'curso',
  },
  entregarClics: {
    metodo: 'POST',
    ruta: '/v1/clics',
    resumen: 'Agrega clics, cada uno con su id; lo mismo dos veces es una.',
    cuerpo: filas,
    tipos: ['application/x-ndjson', 'application/json'],
    de: 'clics',
  },
  entregarStatements: {
    metodo: 'POST',
    ruta: '/v1/xapi/statements',
    resumen: 'Agrega statements de xAPI: lo visto es un clic; lo completado, un avance.',
    cuerpo: { oneOf: [{ type: 'object' }, filas] },
    tipos: ['application/json'],
    de: 'statements',
  },
} as const satisfies Record<string, RutaDeEntrega>;

/** Their part of the OpenAPI. */
export function entregasPaths(): Record<string, Record<string, object>> {
  const falla = (description: string) => ({
    description,
    content: {
      'application/json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Falla' }],
          properties: { errores: { ...filas, description: 'Cada fila mala: lugar, mensaje, queHacer.' } },
        },
      },
    },
  });
  return Object.fromEntries(
    Object.entries<RutaDeEntrega>(ENTREGAS).map(([operationId, { metodo, ruta, resumen, cuerpo, tipos }]) => [
      ruta.replaceAll(/:(\w+)/g, '{$1}'),
      {
        [metodo.toLowerCase()]: {
          operationId,
          summary: resumen,
          description: `Con una clave de entrega. Hasta ${LIMITE_BYTES / 1024 / 1024} MB y ${LIMITE_POR_MINUTO} veces por minuto.`,
          security: [{ entrega: [] }],
          parameters: [
            ...[...ruta.matchAll(/:(\w+)/g)].map(([, name]) => ({
              ...{ name, in: 'path', required: true },
              schema: { type: 'string' },
            })),
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', maxLength: 200 },
            },
          ],
          requestBody: {
            required: true,
            content: Object.fromEntries(tipos.map((type) => [type, { schema: cuerpo }])),
          },
          responses: {
            '200': {
              description: 'Guardado.',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
            ...(operationId === 'entregarCurso' && {
              '202': {
                description: 'Guardado y retenido: trae muchas menos personas que la anterior.',
                content: { 'application/json': { schema: { type: 'object' } } },
              },
            }),
            '400': falla('No tiene la forma que debe.'),
            '401': falla('Sin clave de entrega.'),
            '409': falla('La Idempotency-Key ya se usó con otro contenido.'),
            '413': falla('Es demasiado de una vez.'),
            '422': falla('Hay filas que no se pueden leer; no se tomó nada.'),
            '429': falla('Demasiadas veces; Retry-After dice cuánto esperar.'),
          },
        },
      },
    ]),
  );
}
