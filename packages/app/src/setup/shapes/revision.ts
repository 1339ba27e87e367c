import { z } from 'zod';

// What is seen of an LMS that is no Moodle before its source is kept.

const dicho = z.object({ mensaje: z.string(), queHacer: z.string() });

/** Whether a database lets one in, in words. */
export const conexionDeFuente = dicho.extend({
  bien: z.boolean(),
  /** What the account sees in it; empty where it is no database. */
  tablas: z.array(z.string()),
});
export type ConexionDeFuente = z.infer<typeof conexionDeFuente>;

const entidadRevisada = z.object({
  entidad: z.string(),
  /** What it is, in Spanish: `quién está en cada curso`. */
  que: z.string(),
  obligatoria: z.boolean(),
  /** Where its rows come from; null: it is not given. */
  lugar: z.string().nullable(),
  filas: z.number(),
  columnas: z.array(
    z.object({
      campo: z.string(),
      que: z.string(),
      obligatoria: z.boolean(),
      /** As it is called where the rows come from; null: there is none. */
      columna: z.string().nullable(),
      /** Rows of which this is what cannot be read. */
      ilegibles: z.number(),
    }),
  ),
  /** Every column as it is called where the rows come from. */
  nombres: z.array(z.string()),
  /** The first rows in the order of `nombres`; of what is a person's, only the form. */
  muestra: z.array(z.array(z.string())),
  /** Why it cannot be read. */
  problema: dicho.nullable(),
});
export type EntidadRevisada = z.infer<typeof entidadRevisada>;

export const entidadesRevisadas = z.array(entidadRevisada);

/** Rows that name what is not there. */
export const huerfano = z.object({
  curso: z.string(),
  que: z.string(),
  /** `no se leen` */
  consecuencia: z.string(),
  cuantos: z.number(),
  ejemplos: z.array(z.string()),
});
export type Huerfano = z.infer<typeof huerfano>;

export const cursoRevisado = z.object({
  curso: z.string(),
  nombre: z.string().nullable(),
  alumnos: z.number(),
  modulos: z.number(),
  actividades: z.number(),
});

/** What the set-up of another LMS offers to choose from. */
export const otrosLms = z.object({
  recetas: z.array(
    z.object({
      receta: z.string(),
      titulo: z.string(),
      /** Of `base.motor`. */
      motores: z.array(z.string()),
      parametros: z.array(z.object({ nombre: z.string(), que: z.string(), usual: z.string() })),
    }),
  ),
  /** Queries to begin with. */
  modelos: z.array(z.object({ nombre: z.string(), texto: z.string() })),
});
export type OtrosLms = z.infer<typeof otrosLms>;
