import { z } from 'zod';
import { curso, instante, type Ruta } from './base.ts';

// What is to be corrected.

export const errorAbierto = curso.extend({
  id: z.number(),
  /** Title of the course; its codigoOferta where no title is known. */
  titulo: z.string(),
  /** Null: the whole call. */
  rut: z.string().nullable(),
  /** As the source knows the person; null: it does not, or it is about no student. */
  nombre: z.string().nullable(),
  /** Students that it keeps: one, or all of the course. */
  alumnos: z.number(),
  /** Null: the whole student. */
  codigoModulo: z.string().nullable(),
  codigo: z.string().nullable(),
  /** `gestor`: SENCE refused it; `previa`: held back before the send. */
  origen: z.enum(['gestor', 'previa']),
  mensaje: z.string(),
  explicacion: z.string(),
  queHacer: z.string(),
  /** Where it stands in the provider's own data. */
  lugar: z.string().nullable(),
  /** Where it is corrected in the LMS: the student's page, else the course's. */
  url: z.string().nullable(),
  desde: instante,
  ultimaVez: instante,
  codigoEnvio: z.string().nullable(),
  /** Of a percentage that fell: what SENCE has, what the source says. */
  bajada: z.object({ de: z.number(), a: z.number() }).nullable(),
  /** Of a module that SENCE does not know: what it most likely is, and of how many students SENCE took that one. */
  sugerencia: z.object({ codigoModulo: z.string(), alumnos: z.number() }).nullable(),
  /** How it is told, on a page and in a mail; problems of one `clave` are mended in the same way. */
  problema: z.object({ clave: z.string(), titulo: z.string(), porQue: z.string() }),
  /** Since when somebody marked it as known; null: nobody has. */
  conocido: instante.nullable(),
});
export type ErrorAbierto = z.infer<typeof errorAbierto>;

export const filtroErrores = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
  codigoGrupo: z.string().optional(),
  codigo: z.string().optional(),
  /** RUT in any form that people type. */
  alumno: z.string().max(20).optional(),
});
export const errores = z.object({ errores: z.array(errorAbierto) });
export const marcaDeErrores = z.object({
  ids: z.array(z.number().int()).min(1).max(10_000),
  conocido: z.boolean(),
});
export const erroresMarcados = z.object({ cambiados: z.number() });

export const ERRORES = {
  errores: { metodo: 'GET', ruta: '/api/errores', rol: 'lector', filtro: filtroErrores, responde: errores },
  marcarErrores: {
    metodo: 'POST',
    ruta: '/api/errores/conocidos',
    rol: 'operador',
    pide: marcaDeErrores,
    responde: erroresMarcados,
  },
} as const satisfies Record<string, Ruta>;
