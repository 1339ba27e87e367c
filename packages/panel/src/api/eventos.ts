import { z } from 'zod';
import { fecha, instante, type Ruta } from './base.ts';
import { envioHecho, trabajo } from './trabajos.ts';

/**
 * What `GET /api/eventos` tells (server-sent events): the event's name is `tipo`, its data this as JSON, its id counts
 * up. A reader that comes back with Last-Event-ID gets what it missed, or `recargar` where that is no longer known.
 */
export const evento = z.discriminatedUnion('tipo', [
  z.object({ tipo: z.literal('trabajo'), trabajo }),
  /** A night's courses were planned. */
  z.object({ tipo: z.literal('noche'), rutOtec: z.string(), noche: fecha, cursos: z.number() }),
  /** A call of a course begins. `curso` as the source names it, here and below. */
  z.object({ tipo: z.literal('enviando'), rutOtec: z.string(), noche: fecha, curso: z.string() }),
  /** A course is done for the night; without `envios` nothing was to be sent, or the history has told of them. */
  z.object({
    tipo: z.literal('hecho'),
    rutOtec: z.string(),
    noche: fecha,
    curso: z.string(),
    envios: z.array(envioHecho),
    tarde: z.boolean(),
  }),
  z.object({
    tipo: z.literal('reintento'),
    rutOtec: z.string(),
    noche: fecha,
    curso: z.string(),
    motivo: z.string(),
    proximo: instante,
  }),
  z.object({
    tipo: z.literal('perdida'),
    rutOtec: z.string(),
    noche: fecha,
    cursos: z.array(z.string()),
    motivo: z.string(),
  }),
  /** The history has told what became of a call whose answer was lost. */
  z.object({
    tipo: z.literal('aclarado'),
    rutOtec: z.string(),
    noche: fecha,
    codigoEnvio: z.string(),
    llego: z.boolean(),
  }),
  z.object({
    tipo: z.literal('condicion'),
    rutOtec: z.string(),
    clave: z.string(),
    mal: z.boolean(),
    mensaje: z.string(),
    queHacer: z.string(),
  }),
  /** Errors were marked, or a send of a person ended: what is on the screen may be old. */
  z.object({ tipo: z.literal('recargar') }),
]);
export type Evento = z.infer<typeof evento>;

export const EVENTOS = {
  /** Server-sent events, each an {@link Evento}. */
  eventos: { metodo: 'GET', ruta: '/api/eventos', rol: 'lector', responde: 'text/event-stream' },
} as const satisfies Record<string, Ruta>;
