import { z } from 'zod';
import { curso, falla, fallaFuente, hallazgo, instante, type Ruta } from './base.ts';
import { errorAbierto } from './errores.ts';

// Sends that a person asks for, and how they go.

export const pedidoDeEnvio = z.object({
  /** Left out: every course of every provider. */
  curso: curso.optional(),
  /**
   * RUTs as {@link errorAbierto} names them; left out: everybody. A RUT that was corrected in the source is no longer
   * there under its old form: to send that student use `soloErrores` without `alumnos`.
   */
  alumnos: z.array(z.string().max(20)).min(1).max(5000).optional(),
  /** Only what is refused or held; what is right already is not sent again. */
  soloErrores: z.boolean().default(false),
  /** Without it a send outside the window is refused with 409 `fuera-de-ventana`. */
  fueraDeVentana: z.boolean().default(false),
  /** Also what SENCE accepted today with the same values. */
  repetir: z.boolean().default(false),
});
export type PedidoDeEnvio = z.input<typeof pedidoDeEnvio>;

export const envioHecho = curso.extend({
  codigoEnvio: z.string().nullable(),
  titulo: z.string(),
  idProceso: z.number().nullable(),
  resultado: z.enum(['aceptado', 'parcial', 'rechazado', 'retenido', 'incierto']),
  aceptados: z.number(),
  rechazados: z.number(),
  retenidos: z.number(),
  errores: z.array(
    errorAbierto
      .pick({
        rut: true,
        codigoModulo: true,
        codigo: true,
        origen: true,
        mensaje: true,
        explicacion: true,
        queHacer: true,
      })
      .extend({ lugar: z.string().optional(), url: z.string().optional() }),
  ),
  avisos: z.array(hallazgo),
});
export const noEnviado = curso.extend({
  motivo: z.enum(['sin-conexion', 'no-autenticado', 'ocupado']),
  mensaje: z.string(),
  queHacer: z.string(),
});
/** What of a course is at SENCE already with the same values, and was not sent again. */
export const yaEnviado = curso.extend({ titulo: z.string(), registros: z.number(), enviado: instante });
/** A course that was asked for and that its source did not give. */
export const noEntregado = z.object({
  fuente: z.string(),
  curso: z.string(),
  codigoOferta: z.string().nullable(),
  codigoGrupo: z.string().nullable(),
  causa: z.string(),
  mensaje: z.string(),
  queHacer: z.string(),
  hallazgos: z.array(hallazgo),
});
export const resultadoDeEnvio = z.object({
  envios: z.array(envioHecho),
  yaEnviados: z.array(yaEnviado),
  noEnviados: z.array(noEnviado),
  noEntregados: z.array(noEntregado),
  /** Sent the last time and not in the source now: a student, a student's module, or (`rut` null) a module of all. */
  ausentes: z.array(
    curso.extend({
      titulo: z.string(),
      rut: z.string().nullable(),
      nombre: z.string().nullable(),
      mensaje: z.string(),
      queHacer: z.string(),
    }),
  ),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});
export type ResultadoDeEnvio = z.infer<typeof resultadoDeEnvio>;

export const progreso = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), source: z.string() }),
  z.object({ kind: z.literal('planned'), courses: z.number() }),
  z.object({
    kind: z.literal('settling'),
    codigoEnvio: z.string(),
    codigoOferta: z.string(),
    codigoGrupo: z.string(),
  }),
  z.object({
    kind: z.literal('sending'),
    codigoEnvio: z.string(),
    codigoOferta: z.string(),
    codigoGrupo: z.string(),
    part: z.number(),
    parts: z.number(),
    records: z.number(),
  }),
  z.object({
    kind: z.literal('course'),
    codigoOferta: z.string(),
    codigoGrupo: z.string(),
    done: z.number(),
    courses: z.number(),
  }),
]);
/** A send that somebody asked for; kept until the service ends. */
export const trabajo = z.object({
  id: z.string(),
  quien: z.string(),
  comenzado: instante,
  terminado: instante.nullable(),
  estado: z.enum(['en-curso', 'terminado', 'fallado']),
  /** The last that was told; null at the beginning. */
  progreso: progreso.nullable(),
  resultado: resultadoDeEnvio.nullable(),
  /** Why it failed, in Spanish. */
  falla: falla.shape.error.nullable(),
});
export type Trabajo = z.infer<typeof trabajo>;
export const trabajos = z.object({ trabajos: z.array(trabajo) });

export const TRABAJOS = {
  /** Begins the send and answers at once; how it goes is told by `eventos` and by `trabajo`. */
  enviar: { metodo: 'POST', ruta: '/api/envios', rol: 'operador', pide: pedidoDeEnvio, responde: trabajo },
  trabajos: { metodo: 'GET', ruta: '/api/trabajos', rol: 'lector', responde: trabajos },
  trabajo: { metodo: 'GET', ruta: '/api/trabajos/:id', rol: 'lector', responde: trabajo },
} as const satisfies Record<string, Ruta>;
