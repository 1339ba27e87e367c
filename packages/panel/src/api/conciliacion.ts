import { CAMPOS } from '@puente-sic/engine';
import { z } from 'zod';
import { curso, fallaFuente, fecha, pedidoDePrueba, prueba, type Ruta } from './base.ts';

// The sources beside SENCE's history, the proof of a course, the test of a connection.

export const filtroConciliacion = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
});
/** Times in seconds, days as `YYYY-MM-DD`; null: that side does not tell it. */
const valor = z.union([z.number(), z.string()]).nullable();
/** Asks the sources and SENCE's history: may take minutes. */
export const conciliacion = z.object({
  comparados: z.number(),
  iguales: z.number(),
  diferencias: z.array(
    curso.extend({
      rut: z.string(),
      codigoModulo: z.string(),
      tipo: z.enum([
        'falta-en-sence',
        'valor-distinto',
        'desconocido-en-lms',
        'salio-del-lms',
        'nunca-enviado',
        'retenido',
      ]),
      lms: z.number().nullable(),
      registro: z.number().nullable(),
      sence: z.number().nullable(),
      /** Of `valor-distinto`: every datum of which the three do not say the same. */
      distintos: z.array(
        z.object({ campo: z.enum(CAMPOS), nombre: z.string(), lms: valor, registro: valor, sence: valor }),
      ),
      explicacion: z.string(),
      queHacer: z.string(),
    }),
  ),
  fallas: z.array(fallaFuente),
  sinHistorial: z.array(z.object({ rutOtec: z.string(), mensaje: z.string(), queHacer: z.string() })),
  /** What is odd about a provider's history: what it does not show is then not called missing. */
  avisos: z.array(z.object({ rutOtec: z.string(), mensaje: z.string() })),
  /** Records that the history does not show, where it was not read to its end. */
  sinComparar: z.number(),
});
export type ConciliacionRespuesta = z.infer<typeof conciliacion>;

export const pedidoDeEvidencia = z.object({
  rutOtec: z.string(),
  codigoOferta: z.string(),
  desde: fecha.optional(),
  hasta: fecha.optional(),
});

export const CONCILIACION = {
  conciliacion: {
    metodo: 'GET',
    ruta: '/api/conciliacion',
    rol: 'lector',
    filtro: filtroConciliacion,
    responde: conciliacion,
  },
  /** `text/csv` for a spreadsheet in Spanish. */
  conciliacionCsv: {
    metodo: 'GET',
    ruta: '/api/conciliacion.csv',
    rol: 'lector',
    filtro: filtroConciliacion,
    responde: 'text/csv',
  },
  /** A ZIP to be saved; 404 `sin-envios` where nothing was sent of the course in that time. */
  evidencia: {
    metodo: 'GET',
    ruta: '/api/evidencia',
    rol: 'lector',
    filtro: pedidoDeEvidencia,
    responde: 'application/zip',
  },
  probarConexion: {
    metodo: 'POST',
    ruta: '/api/conexion',
    rol: 'operador',
    pide: pedidoDePrueba,
    responde: prueba,
  },
} as const satisfies Record<string, Ruta>;
