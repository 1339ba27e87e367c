import {
  conexionDeFuente,
  cursoRevisado,
  entidadesRevisadas,
  fuenteNueva,
  huerfano,
  otrosLms,
  PESOS,
} from '@puente-sic/app';
import { z } from 'zod';
import { explicacion } from './alumno.ts';
import { hallazgo, type Ruta, retenido } from './base.ts';

export { conexionDeFuente, otrosLms } from '@puente-sic/app';

// Setting up an LMS that is no Moodle: a look at its database, at its entities, and at one student before it is kept.

const persona = z.object({
  rut: z.string(),
  nombre: z.string().nullable(),
  /** As SENCE would get it, of this student alone and without token. */
  cuerpo: z.looseObject({}),
  /** Each figure and what it was made of, for people. */
  deDonde: z.array(z.object({ que: z.string(), valor: z.string(), de: z.string() })),
  explicacion: explicacion.nullable(),
});

export const revisionDeFuente = z.object({
  /** Nothing stands against keeping it: it can be read, and what would be sent passes. */
  sePuedeGuardar: z.boolean(),
  mensaje: z.string(),
  /** Empty where nothing is to be done. */
  queHacer: z.string(),
  entidades: entidadesRevisadas,
  huerfanos: z.array(huerfano),
  cursos: z.array(cursoRevisado),
  hallazgos: z.array(hallazgo.extend({ peso: z.enum(PESOS), curso: z.string().nullable() })),
  /** One course as it would be sent now; null: it cannot be read well enough, or has no course. */
  ensayo: z
    .object({
      curso: z.string(),
      titulo: z.string(),
      /** What is chosen where courses are chosen; the body has a stand-in for it. */
      porElegir: z.array(z.enum(['codigoOferta', 'codigoModulo', 'inicio', 'fin'])),
      alumnos: z.number(),
      retenidos: z.array(retenido),
      /** Some of those who would be sent. */
      personas: z.array(z.object({ rut: z.string(), nombre: z.string().nullable() })),
      persona: persona.nullable(),
    })
    .nullable(),
});
export type RevisionDeFuente = z.infer<typeof revisionDeFuente>;

const FUENTE = '/api/instalacion/fuentes/:fuente' as const;
const rol = 'administrador';

/** `:fuente` is the name under which the source is kept so far; a new one's own. Nothing is kept, nothing is sent. */
export const OTROS_LMS = {
  otrosLms: { metodo: 'GET', ruta: '/api/instalacion/otros-lms', rol, responde: otrosLms },
  conectarFuente: {
    metodo: 'POST',
    ruta: `${FUENTE}/conexion`,
    rol,
    pide: z.object({ fuente: fuenteNueva }),
    responde: conexionDeFuente,
  },
  /** Reads it whole: it may take some minutes. Left out, the course and the student are those that show most. */
  revisarFuente: {
    metodo: 'POST',
    ruta: `${FUENTE}/revision`,
    rol,
    pide: z.object({
      fuente: fuenteNueva,
      curso: z.string().max(300).optional(),
      rut: z.string().max(20).optional(),
    }),
    responde: revisionDeFuente,
  },
} as const satisfies Record<string, Ruta>;
