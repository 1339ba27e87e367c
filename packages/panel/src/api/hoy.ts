import { z } from 'zod';
import { curso, fecha, instante, type Ruta } from './base.ts';

// The night at a glance, and whether all is well.

/** One night of one course. Counts are of student × module records. */
export const nocheDeCurso = z.object({
  noche: fecha,
  /** `sin-envio`: nothing was to be sent, or the service was not in use yet. */
  estado: z.enum([
    'aceptado',
    'parcial',
    'rechazado',
    'incierto',
    'enviando',
    'pendiente',
    'perdida',
    'sin-envio',
  ]),
  aceptados: z.number(),
  rechazados: z.number(),
});
export type NocheDeCurso = z.infer<typeof nocheDeCurso>;

/**
 * Students by where they stand at SENCE, each in exactly one state: the parts make up `alumnos`. `loTiene` includes those
 * of `sinConfirmar`: accepted, and not in the history that was read last. `pendientes`: refused, not sent, held or not known.
 */
export const cuenta = z.object({
  alumnos: z.number(),
  rechazados: z.number(),
  sinEnviar: z.number(),
  retenidos: z.number(),
  noSeSabe: z.number(),
  conocidos: z.number(),
  loTiene: z.number(),
  sinConfirmar: z.number(),
  pendientes: z.number(),
});
export type Cuenta = z.infer<typeof cuenta>;

export const lineaDeCurso = curso.extend({
  titulo: z.string(),
  /** Where it is opened in the LMS. */
  url: z.string().nullable(),
  /** As the source gave them the last time that the course was sent; null where that is not known. */
  alumnos: z.number().nullable(),
  /** Its last day, as its students' dates say; null: not known. */
  termina: fecha.nullable(),
  /** Of the list that was read last; null: not reported any more, or never read. */
  cuenta: cuenta.nullable(),
  /** The last night on which it was sent; null: never. */
  ultima: nocheDeCurso.nullable(),
  /** Problems that are open now: refused by SENCE, held back before the send. */
  erroresRechazados: z.number(),
  erroresRetenidos: z.number(),
  /** When SENCE last accepted something. */
  ultimoAceptado: instante.nullable(),
  /** Sent by day although its window has not begun; `faltan`: students of whom SENCE has not accepted everything today. */
  enviadoHoy: z.object({ cuando: instante, faltan: z.number() }).nullable(),
  /** The last 30, oldest first, the one now under way included. */
  noches: z.array(nocheDeCurso),
});
export type LineaDeCurso = z.infer<typeof lineaDeCurso>;

/** A course that a source has and that is not reported. */
const cursoSinInformar = curso.extend({
  fuente: z.string(),
  titulo: z.string(),
  /** Null: only a reading of the course would tell. */
  alumnos: z.number().nullable(),
  primerDia: fecha.nullable(),
  ultimoDia: fecha.nullable(),
  /**
   * `nuevo`: waits for somebody's word. `terminado`: was over before anything of it was reported, and no night sends it.
   * `elegido`: somebody said that it is reported, from the coming night on. `no-se-informa`: somebody said so, or left it
   * out when choosing.
   */
  estado: z.enum(['nuevo', 'terminado', 'elegido', 'no-se-informa']),
  decision: z.object({ id: z.number(), quien: z.string(), cuando: instante }).nullable(),
});
export type CursoSinInformar = z.infer<typeof cursoSinInformar>;

const pendientes = z.array(
  z.object({
    mensaje: z.string(),
    queHacer: z.string(),
    /** Nobody chose any course, or all were taken out. */
    clave: z.literal('sin-cursos').optional(),
  }),
);
/** Something that is not well now: what, why and what to do. */
const problema = z.object({
  /** `token`, `conexion`, `reloj` or `fuente:NAME`. */
  clave: z.string(),
  titulo: z.string(),
  mensaje: z.string(),
  queHacer: z.string(),
  desde: instante,
  /** Tried again and likely to end by itself: said, but nobody has to act yet, and `estado` counts it as well. */
  pasajero: z.boolean(),
});

/** What a night tells of a course, of a student in it, or of a source as a whole (`curso` is `*`). */
const dicho = z.object({
  fuente: z.string(),
  curso: z.string(),
  codigoOferta: z.string().nullable(),
  codigoGrupo: z.string().nullable(),
  titulo: z.string().nullable(),
  rut: z.string().nullable(),
  nombre: z.string().nullable(),
  causa: z.string(),
  gravedad: z.enum(['rojo', 'amarillo', 'gris']),
  mensaje: z.string(),
  queHacer: z.string(),
});

export const hoy = z.object({
  ahora: instante,
  /** What keeps puente, or one of its providers, from reporting at all. */
  pendientes,
  proveedores: z.array(
    z.object({
      rutOtec: z.string(),
      nombre: z.string(),
      /** The window that is open, else the next one. */
      ventana: z.object({
        noche: fecha,
        comienza: instante,
        termina: instante,
        abierta: z.boolean(),
        /** On Santiago's clock, `HH:MM`. */
        desde: z.string(),
        hasta: z.string(),
      }),
      /** The night under way or, until the next one begins, the last; without courses: nothing was planned (yet). */
      noche: z.object({
        noche: fecha,
        cursos: z.array(
          z.object({
            /** As people call it: its title; until that is known, as the source names it. */
            curso: z.string(),
            /** `reintento`: it did not go well yet; `incierto`: it waits for SENCE's history. */
            estado: z.enum(['por-enviar', 'enviando', 'reintento', 'incierto', 'hecho', 'perdido']),
            /** Why not yet. */
            motivo: z.string().nullable(),
            /** When it is tried, or asked about, next; null: nothing is left to do. */
            proximo: instante.nullable(),
          }),
        ),
      }),
      estado: z.enum(['bien', 'mal']),
      /** Token, connection, clock, sources: what is not well now. */
      problemas: z.array(problema),
      /** What `noche` tells a person, what must be acted on first. */
      dichos: z.array(dicho),
      /** Of all its courses; a student of two courses counts twice. */
      cuenta,
      /** Of the last 30, newest first. */
      nochesPerdidas: z.array(
        z.object({
          noche: fecha,
          /** As people call them; empty: the whole night. */
          cursos: z.array(z.string()),
          motivo: z.string().nullable(),
          /** SENCE has accepted something of each of its courses since. */
          recuperada: z.boolean(),
        }),
      ),
      cursos: z.array(lineaDeCurso),
      /** By title. */
      sinInformar: z.array(cursoSinInformar),
    }),
  ),
});
export type Hoy = z.infer<typeof hoy>;

export const salud = z.object({
  estado: z.enum(['bien', 'mal']),
  pendientes,
  proveedores: z.array(
    z.object({
      rutOtec: z.string(),
      estado: z.enum(['bien', 'mal']),
      noche: fecha,
      cursos: z.number(),
      perdidos: z.number(),
      /** Lost, and accepted by SENCE since. */
      recuperados: z.number(),
      pendientes: z.number(),
      rojos: z.number(),
      problemas: z.array(problema),
    }),
  ),
});

export const HOY = {
  hoy: { metodo: 'GET', ruta: '/api/hoy', rol: 'lector', responde: hoy },
  salud: { metodo: 'GET', ruta: '/api/salud', rol: 'lector', responde: salud },
} as const satisfies Record<string, Ruta>;
