import { z } from 'zod';
import { CURSO, curso, fallaFuente, fecha, instante, type Ruta } from './base.ts';
import { aceptado } from './curso.ts';
import { errorAbierto } from './errores.ts';

// One student: what was sent, what SENCE has, and how each figure came about.

export const registroEnviado = z.object({
  noche: fecha,
  enviado: instante.nullable(),
  codigoEnvio: z.string(),
  idProceso: z.number().nullable(),
  codigoModulo: z.string(),
  porcentajeAvance: z.number(),
  tiempoConectividad: z.number(),
  estado: z.number(),
  resultado: z.enum(['aceptado', 'rechazado', 'sin respuesta']),
  /** SENCE's own words; empty when accepted. */
  motivo: z.string(),
});
const actividadExplicada = z.object({
  nombre: z.string(),
  tipo: z.string(),
  exigida: z.boolean(),
  sincronica: z.boolean(),
  hecha: z.boolean(),
  cuando: instante.nullable(),
  /** What the LMS holds, in Spanish. */
  estado: z.string(),
});
/** How each figure came about, by the source. */
export const explicacion = z.object({
  cuentas: z.array(z.string()),
  grupos: z.array(z.string()),
  /** Why nothing is sent; empty: it is sent. */
  noSeInforma: z.array(z.string()),
  porcentajeAvance: z.number(),
  exigidas: z.number(),
  hechas: z.number(),
  tiempoConectividad: z.number().nullable(),
  estado: z.object({ valor: z.number(), porque: z.string() }),
  fechas: z.array(
    z.object({
      campo: z.enum(['fechaInicio', 'fechaFin']),
      valor: z.string().nullable(),
      de: z.string().nullable(),
    }),
  ),
  modulos: z.array(
    z.object({
      codigoModulo: z.string(),
      secciones: z.array(z.string()),
      porcentajeAvance: z.number(),
      tiempoConectividad: z.number().nullable(),
      estado: z.object({ valor: z.number(), porque: z.string() }),
      actividades: z.array(actividadExplicada),
    }),
  ),
  fueraDeModulos: z.array(actividadExplicada),
  /** Connected time by day; null: the source does not know clicks. */
  dias: z
    .array(
      z.object({
        dia: fecha,
        segundos: z.number(),
        sesiones: z.array(
          z.object({ desde: instante, hasta: instante, clics: z.number(), segundos: z.number() }),
        ),
      }),
    )
    .nullable(),
});
export type Explicacion = z.infer<typeof explicacion>;

export const alumno = curso.extend({
  rut: z.string(),
  /** As the source knows the person; null: it does not. */
  nombre: z.string().nullable(),
  titulo: z.string(),
  /** What was sent of this student in this course on the last nights, oldest first. */
  enviados: z.array(registroEnviado),
  /** From which night on there are older ones; null: there are none. */
  anteriores: z.string().nullable(),
  /** Calls of the course of which student by student nothing is told here: too old, or still being prepared. */
  sinDetalle: z.object({ vencidos: z.number(), porPreparar: z.number() }),
  /** What SENCE has now. */
  aceptados: z.array(aceptado.extend({ codigoModulo: z.string() })),
  errores: z.array(errorAbierto),
});
export type AlumnoHistoria = z.infer<typeof alumno>;
/** Asks the source: may take some seconds. `explicacion` is null where the source cannot explain. */
export const alumnoExplicado = z.object({
  explicacion: explicacion.nullable(),
  fallas: z.array(fallaFuente),
});

export const ALUMNOS = {
  alumno: {
    metodo: 'GET',
    ruta: `${CURSO}/alumnos/:rut`,
    rol: 'lector',
    filtro: z.object({ antes: fecha.optional() }),
    responde: alumno,
  },
  explicacion: {
    metodo: 'GET',
    ruta: `${CURSO}/alumnos/:rut/explicacion`,
    rol: 'lector',
    responde: alumnoExplicado,
  },
} as const satisfies Record<string, Ruta>;
