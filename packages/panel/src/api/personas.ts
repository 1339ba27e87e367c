import { z } from 'zod';
import { curso, instante, nada, type Ruta } from './base.ts';

// The data of one person: given out whole, or erased when two people want it.

const motivo = z.string().trim().min(5, 'debe decir por qué, en 5 letras o más').max(500);
export const pedidoPorRut = z.object({ rut: z.string().max(20) });
export const pedidoNuevo = pedidoPorRut.extend({ motivo });

/** A course that may not be settled: SENCE does not tell, so one counts that ended less than 60 days ago, or has no known end. */
export const cursoPorLiquidar = curso.extend({ titulo: z.string().nullable(), fin: z.string().nullable() });

export const pedidoDeBorrado = z.object({
  id: z.number(),
  rut: z.string(),
  motivo: z.string(),
  /** The account that asked for it. */
  pidio: z.string(),
  pedido: instante,
  /** Null: nobody holds it. While somebody does it cannot be confirmed. */
  retencion: z.object({ quien: z.string(), cuando: instante, motivo: z.string() }).nullable(),
  porLiquidar: z.array(cursoPorLiquidar),
  /** Whether who asks may be the second person: another account than the one that asked, and older than the request. */
  puedeConfirmar: z.boolean(),
});
export type PedidoDeBorrado = z.infer<typeof pedidoDeBorrado>;
export const pedidosDeBorrado = z.object({ pedidos: z.array(pedidoDeBorrado) });

/** `aunqueNoLiquidado`: erased also where `porLiquidar` names courses. */
export const confirmacionDeBorrado = z.object({ aunqueNoLiquidado: z.boolean().default(false) });
export const retencionDeBorrado = z.object({ motivo });

/** What was erased, and what an erasure does not reach: told by name. */
export const borrado = z.object({
  /** Null: there was nothing of the person. */
  borrado: z.object({ envios: z.number(), aceptados: z.number(), errores: z.number() }).nullable(),
  /** Files out of which the person was taken, and sheets that had been put aside and were deleted for it. */
  archivos: z.array(z.string()),
  queda: z.object({
    /** Backups that puente keeps itself and that still hold the person. */
    respaldos: z.array(z.string()),
    /** Files with clicks of accounts of which nobody knows whose they are, and those that cannot be opened. */
    clics: z.array(z.string()),
    /** Sheets in use that have the person, and those that cannot be looked through. */
    planillas: z.array(z.string()),
    /** No sheet was looked at: the settings cannot be read. */
    sinPlanillas: z.boolean(),
    /** Courses in which the source still has the person, and where in it. */
    fuentes: z.array(curso.extend({ fuente: z.string(), lugar: z.string().nullable() })),
    /** Evidence that was given out of the person's courses, as the audit has it. */
    evidencias: z.array(z.object({ cuando: instante, quien: z.string().nullable(), detalle: z.string() })),
  }),
});
export type Borrado = z.infer<typeof borrado>;

/** Every list with the columns of the ledger, or as its platform delivered it. */
export const datosDePersona = z.object({
  rut: z.string(),
  envios: z.array(z.unknown()),
  aceptados: z.array(z.unknown()),
  errores: z.array(z.unknown()),
  decisiones: z.array(z.unknown()),
  noches: z.object({
    cursos: z.array(z.unknown()),
    dichos: z.array(z.unknown()),
    avisos: z.array(z.unknown()),
  }),
  pedidosDeBorrado: z.array(z.unknown()),
  entregas: z.array(z.unknown()),
  clics: z.array(z.unknown()),
  planillas: z.array(z.string()),
});

export const PERSONAS = {
  /** By POST: a RUT stands in no address. */
  exportarPersona: {
    metodo: 'POST',
    ruta: '/api/personas/exportacion',
    rol: 'administrador',
    persona: true,
    pide: pedidoPorRut,
    responde: datosDePersona,
  },
  pedidosDeBorrado: {
    metodo: 'GET',
    ruta: '/api/personas/borrados',
    rol: 'administrador',
    persona: true,
    responde: pedidosDeBorrado,
  },
  pedirBorrado: {
    metodo: 'POST',
    ruta: '/api/personas/borrados',
    rol: 'administrador',
    persona: true,
    pide: pedidoNuevo,
    responde: pedidoDeBorrado,
  },
  /** 409 `no-se-puede`: by who asked, while it is held, with courses that may not be settled, or with an uncertain envío. */
  confirmarBorrado: {
    metodo: 'POST',
    ruta: '/api/personas/borrados/:id/confirmacion',
    rol: 'administrador',
    persona: true,
    pide: confirmacionDeBorrado,
    responde: borrado,
  },
  retenerBorrado: {
    metodo: 'PUT',
    ruta: '/api/personas/borrados/:id/retencion',
    rol: 'administrador',
    persona: true,
    pide: retencionDeBorrado,
    responde: pedidoDeBorrado,
  },
  soltarBorrado: {
    metodo: 'DELETE',
    ruta: '/api/personas/borrados/:id/retencion',
    rol: 'administrador',
    persona: true,
    responde: pedidoDeBorrado,
  },
  retirarBorrado: {
    metodo: 'DELETE',
    ruta: '/api/personas/borrados/:id',
    rol: 'administrador',
    persona: true,
    responde: nada,
  },
} as const satisfies Record<string, Ruta>;
