import type { Entrega } from '@puente-sic/app';
import { z } from 'zod';
import { instante } from './base.ts';
import { estadoDeAlumno } from './curso.ts';

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

const motivo = z.object({
  codigo: z.string().nullable(),
  codigoModulo: z.string().nullable(),
  mensaje: z.string(),
  explicacion: z.string(),
  queHacer: z.string(),
});

/** What became of a course at SENCE, for the platform that delivered it; people by the platform's own ids. */
export const resultado = z.object({
  curso: z.string(),
  rutOtec: z.string(),
  /** Of the delivery that is in use. */
  lote: z.string(),
  recibido: instante,
  /** A later delivery waits for somebody to agree. */
  retenido: z.boolean(),
  noche: z
    .object({
      noche: z.string(),
      estado: z.enum(['pendiente', 'hecha', 'perdida']),
      motivo: z.string().nullable(),
    })
    .nullable(),
  /** One for each person and group. */
  alumnos: z.array(
    z.object({
      alumno: z.string(),
      codigoOferta: z.string().nullable(),
      codigoGrupo: z.string().nullable(),
      estado: z.enum([...estadoDeAlumno.options, 'sin-leer', 'no-activo']),
      porque: z.array(motivo),
    }),
  ),
  delCurso: z.array(motivo),
});

export const RESULTADO = {
  ruta: '/v1/cursos/:curso/resultado',
  resumen: 'Qué pasó en SENCE con cada persona de un curso entregado.',
} as const;

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
  const deliveries = Object.fromEntries(
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
            '403': falla('Hay cursos de otra OTEC que la clave; no se tomó nada.'),
            '409': falla('La Idempotency-Key ya se usó con otro contenido.'),
            '413': falla('Es demasiado de una vez.'),
            '422': falla('Hay filas que no se pueden leer; no se tomó nada.'),
            '429': falla('Demasiadas veces; Retry-After dice cuánto esperar.'),
          },
        },
      },
    ]),
  );
  const { $schema: _, ...schema } = z.toJSONSchema(resultado, { io: 'output', target: 'draft-2020-12' });
  return {
    ...deliveries,
    [RESULTADO.ruta.replace(':curso', '{curso}')]: {
      get: {
        operationId: 'resultadoDeCurso',
        summary: RESULTADO.resumen,
        description: `Con una clave de entrega. Hasta ${LIMITE_POR_MINUTO} llamadas por minuto, junto con las entregas.`,
        security: [{ entrega: [] }],
        parameters: [{ name: 'curso', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '200': { description: 'Lo que se sabe ahora.', content: { 'application/json': { schema } } },
          '401': falla('Sin clave de entrega.'),
          '403': falla('El curso es de otra OTEC que la clave.'),
          '404': falla('Ese curso no se ha entregado.'),
          '429': falla('Demasiadas veces; Retry-After dice cuánto esperar.'),
        },
      },
    },
  };
}
