import { reglas } from '@puente-sic/app';
import { z } from 'zod';
import { CURSO, curso, fallaFuente, fecha, hallazgo, instante, type Ruta, retenido } from './base.ts';
import { cuenta, nocheDeCurso } from './hoy.ts';

// One course as its source has it, beside what SENCE has.

const cifras = z.object({
  porcentajeAvance: z.number().nullable(),
  /** Seconds. */
  tiempoConectividad: z.number().nullable(),
  estado: z.number().nullable(),
});
/** What SENCE accepted last of one student × module; null where only the percentage is known. */
export const aceptado = cifras.extend({
  porcentajeAvance: z.number(),
  cuando: instante,
  codigoEnvio: z.string().nullable(),
  idProceso: z.number().nullable(),
});
export const moduloComparado = z.object({
  codigoModulo: z.string(),
  /** As the source has it now; null: the source no longer has it. Null figures cannot be read. */
  ahora: cifras.nullable(),
  aceptado: aceptado.nullable(),
  /** What would be sent is not what SENCE has. */
  cambia: z.boolean(),
  /** It would be part of a send made now. */
  seEnvia: z.boolean(),
});
/** Where a student of a course stands at SENCE, each in exactly one. */
export const estadoDeAlumno = z.enum([
  'rechazado',
  'sin-enviar',
  'retenido',
  'no-se-sabe',
  'conocido',
  'sin-confirmar',
  'lo-tiene',
]);
export type EstadoDeAlumno = z.infer<typeof estadoDeAlumno>;
export const alumnoComparado = z.object({
  rut: z.string(),
  /** Null: in no list that was read for the count. */
  estado: estadoDeAlumno.nullable(),
  /** As the source knows the person. */
  nombre: z.string().nullable(),
  /** The person's page in the LMS. */
  url: z.string().nullable(),
  lugar: z.string().nullable(),
  /** False: accepted once, and no longer in the source. */
  enLaFuente: z.boolean(),
  ahora: cifras.nullable(),
  modulos: z.array(moduloComparado),
  retenidos: z.array(retenido),
});
export type AlumnoComparado = z.infer<typeof alumnoComparado>;

/** One module with the activities that students see in it. */
export const moduloDelCurso = z.object({
  codigoModulo: z.string(),
  titulo: z.string(),
  actividades: z.array(
    z.object({
      nombre: z.string(),
      /** Its kind, as people call it in Spanish. */
      tipo: z.string(),
      /** Counts for progress; the rest is complementary. */
      exigida: z.boolean(),
      sincronica: z.boolean(),
    }),
  ),
});
export type ModuloDelCurso = z.infer<typeof moduloDelCurso>;

/** What puente.yaml says by hand of a course; null where it leaves it to the source. */
export const mapeo = z.object({
  /** As the source names it. */
  curso: z.string(),
  codigoOferta: z.string().nullable(),
  codigoGrupo: z.string().nullable(),
  /** The LMS's group that was taken. */
  grupo: z.string().nullable(),
  /** A section's name or id → codigoModulo; blank text: it is no module. */
  modulos: z.record(z.string(), z.string()).nullable(),
});
export type Mapeo = z.infer<typeof mapeo>;

/** Read from the source at this moment: may take some seconds. Nothing is sent or written. */
export const cursoComparado = curso.extend({
  titulo: z.string(),
  url: z.string().nullable(),
  fuente: z.string(),
  fechaInicio: z.string().nullable(),
  fechaFin: z.string().nullable(),
  /** Santiago's day. */
  hoy: fecha,
  reglas: z.object({
    descenso: z.enum(['omitir', 'mantener']),
    modo: z.enum(['completo', 'cambios']),
    version: z.literal([1, 2]),
    /** How the source judges the students; null where it brings every figure itself. */
    lectura: reglas.nullable(),
  }),
  /** Null: its entry in puente.yaml is not there, every code comes from the source. */
  mapeo: mapeo.nullable(),
  /** Null: the source does not say. */
  modulos: z.array(moduloDelCurso).nullable(),
  /** What a send made now would do; counts of student × module records. */
  prevision: z.object({
    alumnos: z.number(),
    registros: z.number(),
    cambiados: z.number(),
    retenidos: z.number(),
    llamadas: z.number(),
    /** At SENCE already tonight with the same values, and left out. */
    yaEnviados: z.number(),
  }),
  alumnos: z.array(alumnoComparado),
  /** Of the list that was read last; null: not reported any more, or never read. */
  cuenta: cuenta.nullable(),
  /** Held for the course as a whole. */
  retenidos: z.array(retenido),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});
export type CursoComparado = z.infer<typeof cursoComparado>;

/** Every night of one course, oldest first, from its first known one; at most 26 weeks, Monday to Sunday. */
export const calendario = z.object({ noches: z.array(nocheDeCurso) });

/** The bodies that would be sent now, without token or codigoEnvio. */
export const previsto = z.object({
  cuerpos: z.array(z.record(z.string(), z.unknown())),
  /** What they say as a whole; null: nothing would be sent. */
  resumen: z
    .object({
      alumnos: z.number(),
      /** Student × module. */
      registros: z.number(),
      /** The day that the figures belong to, the same for all. */
      informada: fecha,
      /** The earliest start and the latest end of its students. */
      desde: fecha.nullable(),
      hasta: fecha.nullable(),
    })
    .nullable(),
  retenidos: z.array(retenido),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});

export const CURSOS = {
  curso: { metodo: 'GET', ruta: CURSO, rol: 'lector', responde: cursoComparado },
  calendario: { metodo: 'GET', ruta: `${CURSO}/noches`, rol: 'lector', responde: calendario },
  prevision: { metodo: 'GET', ruta: `${CURSO}/prevision`, rol: 'lector', responde: previsto },
} as const satisfies Record<string, Ruta>;
