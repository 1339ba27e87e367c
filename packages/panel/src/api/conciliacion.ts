import { CAMPOS } from '@puente-sic/engine';
import { z } from 'zod';
import { curso, fallaFuente, fecha, instante, pedidoDePrueba, prueba, type Ruta } from './base.ts';

// The sources beside SENCE's history, the proof of a course, the test of a connection.

export const filtroConciliacion = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
});
/** Times in seconds, days as `YYYY-MM-DD`; null: that side does not tell it. */
const valor = z.union([z.number(), z.string()]).nullable();
const datoDistinto = z.object({
  campo: z.enum(CAMPOS),
  nombre: z.string(),
  lms: valor,
  registro: valor,
  sence: valor,
});
/** What the three sides have of a module; percentages, null: that side has none. */
const moduloConciliado = z.object({
  codigoModulo: z.string(),
  lms: z.number().nullable(),
  registro: z.number().nullable(),
  sence: z.number().nullable(),
  distintos: z.array(datoDistinto),
});
/** A student of a course, in exactly one `lado`. */
const alumnoConciliado = curso.extend({
  titulo: z.string(),
  rut: z.string(),
  nombre: z.string().nullable(),
  /** `cambio`: changed since the last send, and leaves with the next. `ya-no-viene`: outside the sum of the others. */
  lado: z.enum(['igual', 'cambio', 'por-mirar', 'conocido', 'sin-comparar', 'ya-no-viene']),
  /** Of `por-mirar` and `ya-no-viene`; `rechazado` to `no-se-sabe` are the states of the one count. */
  causa: z
    .enum([
      'rechazado',
      'sin-enviar',
      'retenido',
      'no-se-sabe',
      'falta-en-sence',
      'no-coincide',
      'modulo-que-no-viene',
      'salio',
      'solo-en-sence',
    ])
    .nullable(),
  /** Of which the sides do not say the same. */
  modulos: z.array(moduloConciliado),
});
/** Asks the sources and SENCE's history: may take minutes. */
export const conciliacion = z.object({
  /** When it was asked. */
  comparado: instante,
  alumnos: z.array(alumnoConciliado),
  comparados: z.number(),
  iguales: z.number(),
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

/** What is kept of the calls that left for SENCE, by course. */
export const resumenDeEvidencia = z.object({
  cursos: z.array(
    curso.extend({
      titulo: z.string(),
      envios: z.number(),
      /** Of those who are in its list now: how many there are, and of how many SENCE's history has shown all. */
      alumnos: z.number(),
      confirmados: z.number(),
      /** Whose answer is kept as it came, or the history that settled them. */
      conRespuesta: z.number(),
      desde: fecha,
      hasta: fecha,
      ultimo: instante.nullable(),
    }),
  ),
});

/** Whether the audit trail is as it was written, looked at now. */
export const comprobacion = z.object({
  cuando: instante,
  hechos: z.number(),
  /** The first entry that is not as it was written, or is missing; null: there is none. */
  roto: z.number().nullable(),
});

export const CONCILIACION = {
  comprobacion: {
    metodo: 'GET',
    ruta: '/api/evidencia/comprobacion',
    rol: 'lector',
    responde: comprobacion,
  },
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
  resumenDeEvidencia: {
    metodo: 'GET',
    ruta: '/api/evidencia/resumen',
    rol: 'lector',
    responde: resumenDeEvidencia,
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
