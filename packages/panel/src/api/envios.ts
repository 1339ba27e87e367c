import { z } from 'zod';
import { registroEnviado } from './alumno.ts';
import { curso, fecha, instante, type Ruta } from './base.ts';

// What was sent, call by call.

export const ESTADOS_ENVIO = [
  'preparado',
  'enviando',
  'aceptado',
  'parcial',
  'rechazado',
  'incierto',
  'no-enviado',
] as const;
export const estadoEnvio = z.enum(ESTADOS_ENVIO);

export const envio = curso.extend({
  codigoEnvio: z.string(),
  titulo: z.string(),
  noche: fecha,
  estado: estadoEnvio,
  registros: z.number(),
  aceptados: z.number(),
  rechazados: z.number(),
  idProceso: z.number().nullable(),
  creado: instante,
  enviado: instante.nullable(),
  respondido: instante.nullable(),
  /** From the send to the answer (or to the cut); null while that is not known. */
  milisegundos: z.number().nullable(),
  httpStatus: z.number().nullable(),
  /** How the outcome became known. */
  via: z.enum(['respuesta', 'historial', 'persona']).nullable(),
  /** Of an unknown outcome: what it waits for, and from when on it will be known. */
  espera: z.object({ hasta: instante, mensaje: z.string() }).nullable(),
});
export type EnvioLinea = z.infer<typeof envio>;

export const filtroEnvios = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
  codigoGrupo: z.string().optional(),
  noche: fecha.optional(),
  estado: estadoEnvio.optional(),
  /** An id_proceso, or the beginning of a codigoEnvio. */
  buscar: z.string().trim().max(80).optional(),
  /** The former page's `siguiente`. */
  antes: z.string().max(200).optional(),
  limite: z.coerce.number().int().min(1).max(200).default(50),
});
export const envios = z.object({
  /** Newest first. */
  envios: z.array(envio),
  siguiente: z.string().nullable(),
});
export type Envios = z.infer<typeof envios>;

export const CUALES_NOCHES = ['sin-respuesta', 'con-rechazados', 'a-mano'] as const;

/** What was sent of a course for one night, counted by students; each call of it is a part. */
export const nocheEnviada = curso.extend({
  titulo: z.string(),
  noche: fecha,
  alumnos: z.number(),
  /** With a module that SENCE refused and did not take later that night. */
  rechazados: z.number(),
  sinRespuesta: z.number(),
  /** SENCE's history has shown all that it took. */
  confirmado: z.boolean(),
  /** A person sent some of it. */
  aMano: z.boolean(),
  salio: instante.nullable(),
  /** By when it is known of the last part without an outcome; null: all have one. */
  seSabe: instante.nullable(),
  /** All its parts together; null while that is not known. */
  milisegundos: z.number().nullable(),
  partes: z.array(
    z.object({
      codigoEnvio: z.string(),
      estado: estadoEnvio,
      alumnos: z.number(),
      enviado: instante.nullable(),
      idProceso: z.number().nullable(),
    }),
  ),
});
export type NocheEnviada = z.infer<typeof nocheEnviada>;

export const filtroNoches = z.object({
  rutOtec: z.string().optional(),
  cuales: z.enum(CUALES_NOCHES).optional(),
  /** A course's title or code, a RUT, an id_proceso or the beginning of a codigoEnvio. */
  buscar: z.string().trim().min(1).max(80).optional(),
  noche: fecha.optional(),
  /** The former page's `siguiente`. */
  antes: fecha.optional(),
});
export const nochesEnviadas = z.object({
  /** The newest night first, whole nights at a time. */
  lineas: z.array(nocheEnviada),
  /** Of everything that was sought, whichever is shown. */
  cuentas: z.object({
    todas: z.number(),
    'sin-respuesta': z.number(),
    'con-rechazados': z.number(),
    'a-mano': z.number(),
  }),
  siguiente: fecha.nullable(),
});

export const envioDetalle = envio.extend({
  version: z.number(),
  /** SHA-256 of the body as sent, without token. */
  huella: z.string(),
  /** As sent, without token; null once the time of keeping it is over. */
  cuerpo: z.record(z.string(), z.unknown()).nullable(),
  /** Verbatim: the answer, or the history that settled it; null: none came. */
  respuesta: z.string().nullable(),
  registrosEnviados: z.array(registroEnviado.extend({ rut: z.string() })),
});
export type EnvioDetalle = z.infer<typeof envioDetalle>;

/**
 * Of a send that stays `incierto` because the history cannot be read whole: what a person has seen at SENCE. Refused
 * with 409 `no-se-puede` while it may still become known by itself.
 */
export const aclaracion = z.object({ recibido: z.boolean(), motivo: z.string().trim().min(5).max(500) });

/** What SENCE's history says now of sends whose answer was lost. */
export const busqueda = z.object({
  resueltos: z.array(
    curso.extend({
      codigoEnvio: z.string(),
      /** `incierto`: it does not say yet. */
      estado: estadoEnvio,
      mensaje: z.string(),
    }),
  ),
});

export const ENVIOS = {
  /** Asks SENCE's history at once for every send without an answer; what a send under way holds is left to it. */
  buscarEnvios: {
    metodo: 'POST',
    ruta: '/api/envios/buscar',
    rol: 'operador',
    pide: z.object({ rutOtec: z.string() }),
    responde: busqueda,
  },
  envios: { metodo: 'GET', ruta: '/api/envios', rol: 'lector', filtro: filtroEnvios, responde: envios },
  nochesEnviadas: {
    metodo: 'GET',
    ruta: '/api/noches',
    rol: 'lector',
    filtro: filtroNoches,
    responde: nochesEnviadas,
  },
  envio: { metodo: 'GET', ruta: '/api/envios/:codigoEnvio', rol: 'lector', responde: envioDetalle },
  aclararEnvio: {
    metodo: 'POST',
    ruta: '/api/envios/:codigoEnvio/aclaracion',
    rol: 'operador',
    pide: aclaracion,
    responde: z.object({}),
  },
} as const satisfies Record<string, Ruta>;
