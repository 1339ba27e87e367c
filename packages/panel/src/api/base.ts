import { ROLES, type Rol } from '@puente-sic/app';
import { z } from 'zod';

/** What every part of the panel's contract is made of; see api.ts for its rules. */

export const rol = z.enum(ROLES);
export type { Rol };

export const instante = z.string();
export const fecha = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** `codigo` tells a program what happened: `sin-sesion`, `sin-permiso`, `bloqueado`, `fuera-de-ventana`, `solicitud`… */
export const falla = z.object({
  error: z.object({ codigo: z.string(), mensaje: z.string(), queHacer: z.string() }),
});
export type Falla = z.infer<typeof falla>;

/** A course is known by one provider's oferta + grupo; the three stand in the address of its routes. */
export const curso = z.object({ rutOtec: z.string(), codigoOferta: z.string(), codigoGrupo: z.string() });
export type CursoClave = z.infer<typeof curso>;

export const retenido = z.object({
  rut: z.string().nullable(),
  codigoModulo: z.string().nullable(),
  codigo: z.string().nullable(),
  mensaje: z.string(),
  queHacer: z.string(),
  lugar: z.string().optional(),
  url: z.string().optional(),
});
export const hallazgo = z.object({
  codigo: z.string().nullable(),
  ruta: z.string(),
  mensaje: z.string(),
  queHacer: z.string(),
  gravedad: z.enum(['error', 'aviso']),
  rut: z.string().optional(),
  codigoModulo: z.string().optional(),
  lugar: z.string().optional(),
  url: z.string().optional(),
});
export const fallaFuente = z.object({
  fuente: z.string(),
  mensaje: z.string(),
  queHacer: z.string(),
  tipo: z.enum(['mal', 'caida']),
});

export const pedidoDePrueba = z.object({ rutOtec: z.string() });
export const prueba = z.object({
  rutOtec: z.string(),
  alcanzado: z.boolean(),
  tokenAceptado: z.boolean(),
  milisegundos: z.number(),
  /** How far this computer's clock is ahead of the service's, in seconds; null where the service does not tell. */
  relojAdelantadoSegundos: z.number().nullable(),
  mensaje: z.string(),
  /** Empty where nothing is to be done. */
  queHacer: z.string(),
});
export type Prueba = z.infer<typeof prueba>;

export const nada = z.object({});

/** Where the routes of one course stand. */
export const CURSO = '/api/cursos/:rutOtec/:codigoOferta/:codigoGrupo';

export interface Ruta {
  metodo: 'GET' | 'POST' | 'PUT' | 'DELETE';
  ruta: string;
  rol: Rol | 'nadie' | 'sesion';
  /** Only for somebody with an account and a session of their own: no API key. */
  persona?: boolean;
  filtro?: z.ZodObject;
  pide?: z.ZodObject;
  /** The body is a file instead. */
  recibe?: 'application/octet-stream';
  /** The JSON that is answered, or the type of what is not JSON. */
  responde: z.ZodObject | 'text/csv' | 'application/zip' | 'application/octet-stream' | 'text/event-stream';
}
