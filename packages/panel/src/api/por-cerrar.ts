import { z } from 'zod';
import { CURSO, curso, fecha, instante, nada, type Ruta } from './base.ts';
import { cuenta } from './hoy.ts';

// Courses that end, and what comes after: by the provider's own minima and value, never by a figure of ours.

export const PROGRAMAS = ['franquicia', 'social', 'otro'] as const;
export const PASOS_DE_CIERRE = [
  'sence',
  'dj-otec',
  'dj-parcial',
  'dj-complementaria',
  'dj-participantes',
  'documentos',
  'liquidacion',
] as const;

const avance = z.number().min(0).max(100).nullable();
const horas = z.number().min(0).max(10_000).nullable();
/** Pesos per student, as the provider reckons. */
const valor = z.number().int().min(0).max(1_000_000_000).nullable();
/** Null: nothing is asked of that. */
export const minimos = z.object({ avance, horas, valor });
export type Minimos = z.infer<typeof minimos>;

const programa = z.enum(PROGRAMAS).nullable();

export const alumnoPorCerrar = z.object({
  rut: z.string(),
  nombre: z.string().nullable(),
  /** As SENCE has it. */
  avance: z.number(),
  segundos: z.number(),
  /** What is missing to the minima; null: not that. */
  faltaAvance: z.number().nullable(),
  faltaSegundos: z.number().nullable(),
});

export const pasoDeCierre = z.object({
  paso: z.enum(PASOS_DE_CIERRE),
  estado: z.enum(['hecho', 'ahora', 'despues']),
  desde: fecha.nullable(),
  hasta: fecha.nullable(),
  hecho: z.object({ quien: z.string(), cuando: instante }).nullable(),
});

export const cursoPorCerrar = curso.extend({
  titulo: z.string(),
  termina: fecha,
  /** Days from today to its end; negative: it is over. */
  dias: z.number(),
  porque: z.enum(['pronto', 'sin-cerrar', 'ano-nuevo']),
  cruzaAno: z.boolean(),
  /** Null: nobody has said; then neither steps nor money are told. */
  programa,
  minimos,
  /** Whether the minima are this course's own. */
  propios: z.boolean(),
  cuenta,
  /** Null: there is no minimum. */
  bajo: z.array(alumnoPorCerrar).nullable(),
  /** By the provider's own value; null: there is none, or no franquicia. */
  enRiesgo: z.object({ alumnos: z.number(), pesos: z.number() }).nullable(),
  pasos: z.array(pasoDeCierre),
  /** Figures that somebody decided to go on reporting. */
  mantenidas: z.array(
    z.object({
      rut: z.string().nullable(),
      nombre: z.string().nullable(),
      codigoModulo: z.string().nullable(),
      motivo: z.string().nullable(),
      quien: z.string(),
      cuando: instante,
    }),
  ),
});
export type CursoPorCerrar = z.infer<typeof cursoPorCerrar>;

export const porCerrar = z.object({
  proveedores: z.array(
    z.object({
      rutOtec: z.string(),
      nombre: z.string(),
      hoy: fecha,
      /** Days before its end on which a course comes into the list. */
      diasAntes: z.number(),
      minimos,
      /** Over New Year, and not in the list yet; `desde`: the day on which it comes into it. */
      cruzan: z.array(curso.extend({ titulo: z.string(), termina: fecha, programa, desde: fecha })),
      cursos: z.array(cursoPorCerrar),
    }),
  ),
});

export const diasDeCierre = z.object({ dias: z.number().int().min(0).max(120) });
/** Keeps nothing of the file. */
export const sesionesDeCurso = z.object({
  /** In how many rows each stands. */
  con: z.array(z.object({ rut: z.string(), nombre: z.string().nullable(), filas: z.number() })),
  sin: z.array(z.object({ rut: z.string(), nombre: z.string().nullable() })),
  /** People of the file who are none of the course's. */
  otros: z.number(),
});
export const programaDeCurso = z.object({ programa });
export const pasoMarcado = z.object({ paso: z.enum(PASOS_DE_CIERRE), hecho: z.boolean() });

export const POR_CERRAR = {
  porCerrar: { metodo: 'GET', ruta: '/api/por-cerrar', rol: 'lector', responde: porCerrar },
  minimosDeOtec: {
    metodo: 'PUT',
    ruta: '/api/por-cerrar/:rutOtec/minimos',
    rol: 'operador',
    pide: minimos,
    responde: nada,
  },
  diasDeCierre: {
    metodo: 'PUT',
    ruta: '/api/por-cerrar/:rutOtec/dias',
    rol: 'operador',
    pide: diasDeCierre,
    responde: nada,
  },
  /** SENCE's list of sessions, as it is downloaded from GCA. */
  sesionesDeCurso: {
    metodo: 'PUT',
    ruta: `${CURSO}/sesiones/:archivo`,
    rol: 'operador',
    recibe: 'application/octet-stream',
    responde: sesionesDeCurso,
  },
  minimosDeCurso: {
    metodo: 'PUT',
    ruta: `${CURSO}/minimos`,
    rol: 'operador',
    pide: minimos,
    responde: nada,
  },
  programaDeCurso: {
    metodo: 'PUT',
    ruta: `${CURSO}/programa`,
    rol: 'operador',
    pide: programaDeCurso,
    responde: nada,
  },
  marcarPaso: {
    metodo: 'POST',
    ruta: `${CURSO}/cierre`,
    rol: 'operador',
    pide: pasoMarcado,
    responde: nada,
  },
} as const satisfies Record<string, Ruta>;
