import { z } from 'zod';
import { hora, puerto, secreto, texto } from './texts.ts';

const ventana = z.object({ desde: hora, hasta: hora });

const queRecibe = z
  .array(z.enum(['resumen', 'problemas', 'cierre']))
  .min(1, 'debe tener al menos uno')
  .max(3);

const correo = z.object({
  tipo: z.literal('correo'),
  servidor: texto,
  puerto,
  tls: z.boolean(),
  usuario: texto.nullable(),
  de: texto,
  para: z.array(texto).min(1, 'debe tener al menos una dirección').max(20),
});
const webhook = z.object({ tipo: z.literal('webhook'), formato: z.enum(['json', 'slack', 'teams']) });

/** `nombre` tells a channel from another; of a webhook only the host is told, since its address is its password. */
export const canal = z.discriminatedUnion('tipo', [
  correo.extend({ nombre: z.string(), recibe: queRecibe, conClave: z.boolean() }),
  webhook.extend({ nombre: z.string(), recibe: queRecibe }),
]);
export type CanalVisto = z.infer<typeof canal>;
export const canalNuevo = z.discriminatedUnion('tipo', [
  correo.extend({ recibe: queRecibe.optional(), clave: secreto.nullable() }),
  /** With `clave`, which the receiver knows too, each call is signed. */
  webhook.extend({ recibe: queRecibe.optional(), url: secreto, clave: secreto.optional() }),
]);
/** What of all goes to a channel that there is. */
export const cambioDeCanal = z.object({ nombre: z.string(), recibe: queRecibe });
export type CambioDeCanal = z.infer<typeof cambioDeCanal>;
export type CanalNuevo = z.infer<typeof canalNuevo>;
export const pruebaDeCanal = z.object({
  entregado: z.boolean(),
  mensaje: z.string(),
  /** Empty where nothing is to be done. */
  queHacer: z.string(),
});

export const otecInstalada = z.object({
  rut: z.string(),
  nombre: z.string().nullable(),
  /** Where its token comes from: kept encrypted here, a file, a variable, written in puente.yaml; null: there is none. */
  tokenDe: z.enum(['guardado', 'archivo', 'variable', 'escrito']).nullable(),
  /** On Santiago's clock. */
  ventana,
  /** Whether the window is SENCE's own, 22:00 to 00:00. */
  ventanaOficial: z.boolean(),
  graciaDias: z.number(),
  tardio: z.enum(['perder', 'enviar']),
  /** When the morning summary goes out, on Santiago's clock. */
  resumenA: z.string(),
  alertas: z.array(canal),
});
export type OtecInstalada = z.infer<typeof otecInstalada>;

/** What is left out stays as it is. A token replaces the former one wherever that came from. */
export const cambioDeOtec = z.object({
  nombre: texto.optional(),
  token: secreto.optional(),
  ventana: ventana.optional(),
  graciaDias: z.number().int().min(0).max(366).optional(),
  tardio: z.enum(['perder', 'enviar']).optional(),
  resumenA: hora.optional(),
});
export type CambioDeOtec = z.infer<typeof cambioDeOtec>;
/** Tried without being kept; what is left out is taken from what is kept. */
export const pruebaDeOtec = z.object({ token: secreto.optional(), gestor: texto.optional() });
export type PruebaDeOtec = z.infer<typeof pruebaDeOtec>;
