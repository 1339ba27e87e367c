import { z } from 'zod';
import { curso, type Ruta } from './base.ts';

// Courses and students by whatever a person typed.

export const encontrado = z.object({
  cursos: z.array(curso.extend({ titulo: z.string() })),
  alumnos: z.array(curso.extend({ titulo: z.string(), rut: z.string(), nombre: z.string().nullable() })),
  hayMas: z.boolean(),
});
export type Encontrado = z.infer<typeof encontrado>;

export const BUSCAR = {
  /** What is typed names people: it stands in the body, where no log of addresses sees it. */
  buscar: {
    metodo: 'POST',
    ruta: '/api/buscar',
    rol: 'lector',
    pide: z.object({ texto: z.string().max(100), rutOtec: z.string().optional() }),
    responde: encontrado,
  },
} as const satisfies Record<string, Ruta>;
