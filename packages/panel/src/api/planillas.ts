import { z } from 'zod';
import { curso, hallazgo, instante, nada, type Ruta } from './base.ts';

// The files that a provider's people hand over, and what a new one would change.

const persona = z.object({ rut: z.string(), nombre: z.string().nullable() });

export const planilla = z.object({
  fuente: z.string(),
  /** What it is asked for by. */
  id: z.string(),
  archivo: z.string(),
  bytes: z.number(),
  /** When it was saved or, where it is not in use any more, put aside. */
  cuando: instante,
  enUso: z.boolean(),
});
export type Planilla = z.infer<typeof planilla>;
/** `fuentes`: where files can be handed over. */
export const planillas = z.object({ fuentes: z.array(z.string()), planillas: z.array(planilla) });

/** What a course would be with the file, student by student, against what SENCE took last. Each is in one list. */
export const cambiosDeCurso = curso.extend({
  titulo: z.string(),
  alumnos: z.number(),
  /** Had something to be corrected, and would have nothing. */
  corregidos: z.array(persona),
  /** Something of them would not be sent. */
  retenidos: z.array(persona.extend({ mensaje: z.string(), queHacer: z.string() })),
  /** A percentage is below the one that SENCE has. */
  bajaron: z.array(persona.extend({ codigoModulo: z.string(), de: z.number(), a: z.number() })),
  /** SENCE refused something of them, and the file brings nothing else: it is tried again. */
  reintentos: z.array(persona),
  nuevos: z.array(persona),
  avanzaron: z.array(persona),
  iguales: z.number(),
  /** SENCE has something of them, and they are in the file no more: outside the sum. */
  ausentes: z.array(persona),
});
export type CambiosDeCurso = z.infer<typeof cambiosDeCurso>;
export const planillaVista = z.object({
  archivo: z.string(),
  /** Files in use that give way to it. */
  reemplaza: z.array(z.string()),
  /** Files in use that share a course with it and have others too. */
  comparte: z.array(z.string()),
  cursos: z.array(cambiosDeCurso),
  /** What was seen while reading it. */
  hallazgos: z.array(hallazgo),
  /** Courses of the file that no provider reports. */
  sinInformar: z.array(z.string()),
});
export type PlanillaVista = z.infer<typeof planillaVista>;

/** What the columns of a file are taken for. */
export const columnasVistas = z.object({
  columnas: z.array(
    z.object({
      /** Where its table stands. */
      tabla: z.string(),
      letra: z.string(),
      encabezado: z.string(),
      ejemplo: z.string(),
      /** The template's name of what it is; null: it is not used. */
      campo: z.string().nullable(),
      /** The module that it is of, as the sheet calls it, where the modules stand side by side. */
      modulo: z.string().optional(),
      /** How the example was read; null: the table cannot be read yet, or the column is not used. */
      leido: z.string().nullable(),
    }),
  ),
  /** Modules that stand side by side, as the sheet calls them; null: nobody has said the code. */
  modulos: z.array(z.object({ nombre: z.string(), codigo: z.string().nullable() })),
  /** What is asked about the columns, once for all; the answers are said as the columns are. */
  preguntas: z.array(
    z.object({
      clave: z.string(),
      /** Why, with what stands in the sheet. */
      porque: z.string(),
      /** The likeliest first; null: the code of a module, as `modulo CODE`. */
      opciones: z.array(z.string()).nullable(),
    }),
  ),
  /** What a column may be said to be. */
  campos: z.array(z.string()),
});
/** By the header; `no`: it is not used; null: as it is found without a word. */
export const columnasDichas = z.object({
  columnas: z.record(z.string().min(1).max(300), z.string().max(200).nullable()),
});

export const guardarPlanillaHecha = z.object({ archivo: z.string(), reemplazadas: z.array(z.string()) });

const PLANILLA = '/api/planillas/:fuente/:archivo' as const;

export const PLANILLAS = {
  planillas: { metodo: 'GET', ruta: '/api/planillas', rol: 'operador', responde: planillas },
  /** Reads the file and says what would change; keeps and sends nothing. */
  mirarPlanilla: {
    metodo: 'PUT',
    ruta: `${PLANILLA}/vista`,
    rol: 'operador',
    recibe: 'application/octet-stream',
    responde: planillaVista,
  },
  /** Reads the file's columns; keeps nothing. */
  mirarColumnas: {
    metodo: 'PUT',
    ruta: `${PLANILLA}/columnas`,
    rol: 'operador',
    recibe: 'application/octet-stream',
    responde: columnasVistas,
  },
  /** What they are is remembered beside the files of the source, and counts from the next reading on. */
  decirColumnas: {
    metodo: 'POST',
    ruta: '/api/planillas/:fuente/columnas',
    rol: 'operador',
    pide: columnasDichas,
    responde: nada,
  },
  /** An empty sheet to fill in, with an example and what goes where. */
  plantilla: {
    metodo: 'GET',
    ruta: '/api/planillas/plantilla',
    rol: 'lector',
    responde: 'application/octet-stream',
  },
  /** Files whose courses are all in it are put aside. */
  guardarPlanilla: {
    metodo: 'PUT',
    ruta: PLANILLA,
    rol: 'operador',
    recibe: 'application/octet-stream',
    responde: guardarPlanillaHecha,
  },
  /** Puts it aside: its courses are not reported any more, unless another file has them. */
  quitarPlanilla: { metodo: 'DELETE', ruta: PLANILLA, rol: 'operador', responde: nada },
  recuperarPlanilla: { metodo: 'POST', ruta: `${PLANILLA}/recuperar`, rol: 'operador', responde: nada },
} as const satisfies Record<string, Ruta>;
