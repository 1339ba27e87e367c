import { z } from 'zod';
import { texto } from './texts.ts';

const codigo = z.object({
  /** Null: nothing there looks like one; a person types it. */
  codigo: z.string().nullable(),
  /** Where it was found, in Spanish: `nombre corto del curso`. */
  de: z.string(),
});
export const cursoSugerido = z.object({
  /** How the source calls it; for `cursoInstalado.curso`. */
  curso: z.string(),
  titulo: z.string(),
  /** Likely one of SENCE's: it has module codes. */
  probable: z.boolean(),
  codigoOferta: codigo,
  /** `grupo` is the LMS's group; null: everybody. */
  grupos: z.array(codigo.extend({ grupo: z.string().nullable(), alumnos: z.number() })),
  modulos: z.array(codigo.extend({ seccion: z.object({ id: z.string(), nombre: z.string() }) })),
  /** Somebody in it has no first, or no last, day by the source: a person says the course's. */
  sinInicio: z.boolean(),
  sinFin: z.boolean(),
});
export type CursoSugerido = z.infer<typeof cursoSugerido>;

/** One entry of `cursos` in puente.yaml: a course, or one group of it. Codes left out are those that the source has. */
export const cursoInstalado = z.object({
  curso: texto,
  codigoOferta: texto.optional(),
  codigoGrupo: texto.optional(),
  /** The LMS's group, where its name differs from codigoGrupo. */
  grupo: texto.optional(),
  /** Section of the LMS (name or id) → codigoModulo. */
  modulos: z.record(z.string().max(300), texto).optional(),
  /** First and last day, where the LMS has none: `YYYY-MM-DD`. */
  inicio: texto.optional(),
  fin: texto.optional(),
  descenso: z.enum(['omitir', 'mantener']).optional(),
  modo: z.enum(['completo', 'cambios']).optional(),
});
export type CursoInstalado = z.infer<typeof cursoInstalado>;
/** Replaces what is said of this source and provider; null: all that the data names (only where there is one provider). */
export const cambioDeCursos = z.object({
  rutOtec: z.string(),
  cursos: z.array(cursoInstalado).max(5000).nullable(),
});
export const cambioDeReglasDeCurso = z.object({
  descenso: z.enum(['omitir', 'mantener']).optional(),
  modo: z.enum(['completo', 'cambios']).optional(),
});
export type CambioDeReglasDeCurso = z.infer<typeof cambioDeReglasDeCurso>;
