import { z } from 'zod';
import { curso, fecha, instante, type Ruta } from './base.ts';

// What people decide of a course, a student or a module; it counts from the next plan on.

export const TIPOS_DECISION = ['mantener', 'codigo', 'conocido', 'no-informar', 'informar'] as const;

export const decision = curso.extend({
  id: z.number(),
  /** Null: every student of the course. */
  rut: z.string().nullable(),
  /** As the source knows the person; null: it does not, or it is about no single one. */
  nombre: z.string().nullable(),
  /** As the source has it; null: every module. */
  codigoModulo: z.string().nullable(),
  tipo: z.enum(TIPOS_DECISION),
  /** Of `codigo`: the one that goes. */
  valor: z.string().nullable(),
  /** The course's title; its codigoOferta where none is known. */
  titulo: z.string(),
  /** The course's last day: nothing of it goes after that; null: not known. */
  termina: fecha.nullable(),
  /** Of `mantener` about one student and module: the percentage that goes on being reported. */
  informa: z.number().nullable(),
  quien: z.string(),
  cuando: instante,
  motivo: z.string().nullable(),
  /** Null: it counts. `superada`: the figure has passed what was kept. */
  fin: z
    .object({ cuando: instante, quien: z.string().nullable(), cierre: z.enum(['deshecha', 'superada']) })
    .nullable(),
});
export type DecisionVista = z.infer<typeof decision>;

export const decisionesVistas = z.object({ decisiones: z.array(decision) });

export const filtroDecisiones = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
  codigoGrupo: z.string().optional(),
  /** RUT in any form that people type. */
  alumno: z.string().max(20).optional(),
});

export const decisionNueva = curso.extend({
  rut: z.string().max(20).nullable().default(null),
  codigoModulo: z.string().min(1).max(200).nullable().default(null),
  /**
   * `mantener`: where the figure is below the last one accepted, the last one goes. `codigo`: the module goes under
   * `valor`. `conocido`: what is refused or held asks for nobody's attention. `no-informar`: it is not reported.
   * `informar`: the whole course is, although nothing else names it.
   */
  tipo: z.enum(TIPOS_DECISION),
  valor: z.string().trim().min(1).max(200).optional(),
  motivo: z.string().trim().max(500).optional(),
});

export const DECISIONES = {
  decisiones: {
    metodo: 'GET',
    ruta: '/api/decisiones',
    rol: 'lector',
    filtro: filtroDecisiones,
    responde: decisionesVistas,
  },
  decidir: {
    metodo: 'POST',
    ruta: '/api/decisiones',
    rol: 'operador',
    pide: decisionNueva,
    responde: decision,
  },
  deshacerDecision: {
    metodo: 'POST',
    ruta: '/api/decisiones/:id/deshacer',
    rol: 'operador',
    responde: decision,
  },
} as const satisfies Record<string, Ruta>;
