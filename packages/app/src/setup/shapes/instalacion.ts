import { z } from 'zod';
import { cursoInstalado } from './cursos.ts';
import { fuenteInstalada } from './fuentes.ts';
import { otecInstalada } from './otecs.ts';
import { secreto, texto } from './texts.ts';

/** How Moodle is read; files bring their own figures. */
export const reglas = z.object({
  /** A student passes with more progress than this, 0–100. */
  avanceAprobacion: z.number().min(0).max(100),
  /** And with a grade above this, 0–100. */
  notaAprobacion: z.number().min(0).max(100),
  /** A longer pause between two clicks adds no time. */
  minutosEntreClics: z.number().min(1).max(1440),
  /** Per cent that equals a 4.0; null: its place on the scale (50 % from 1 to 7). */
  exigencia: z.number().min(1).max(99).nullable(),
});
export type Reglas = z.infer<typeof reglas>;

export const instalacion = z.object({
  /** The file that says it all, for the technician. */
  archivo: z.string(),
  /** Why nothing can be changed from here, and what to do; null: it can. */
  soloLectura: z.object({ mensaje: z.string(), queHacer: z.string() }).nullable(),
  gestor: z.string(),
  gestorOficial: z.boolean(),
  otecs: z.array(otecInstalada),
  fuentes: z.array(fuenteInstalada),
  /** Null: every course that the data names. */
  cursos: z.array(cursoInstalado.extend({ fuente: z.string(), rutOtec: z.string() })).nullable(),
  /** Somebody has said which courses are reported, were it all of them. */
  cursosElegidos: z.boolean(),
  reglas,
  /** What is still missing before anything can be sent, in the order in which to see to it. Empty: all is there. */
  falta: z.array(z.enum(['otec', 'token', 'fuente', 'cursos'])),
});
export type Instalacion = z.infer<typeof instalacion>;
export const cambioDeInstalacion = z.object({
  gestor: texto.optional(),
  /** RUT → token. Another server than the one so far needs one for each provider that has one. */
  tokens: z.record(z.string().max(20), secreto).optional(),
  reglas: reglas.optional(),
});
export type CambioDeInstalacion = z.infer<typeof cambioDeInstalacion>;
