import type { ErrorAbierto } from '../results.ts';

/** What is to be put right, with what a person needs to know whom it is about and how to mend it. */
export interface PorCorregir extends ErrorAbierto {
  /** Null where the source has none, and of what is about no student. */
  nombre: string | null;
  /** Students that it keeps: one, or those of the course's last list where it is about the whole course. */
  alumnos: number;
  /** Of a percentage that fell: the one that SENCE has and the one that the source says; null: it is about something else. */
  bajada: { de: number; a: number } | null;
  /** Of a module that SENCE does not know: the one that it most likely is, and of how many students SENCE took that. */
  sugerencia: { codigoModulo: string; alumnos: number } | null;
  /** How it is told, the same way everywhere. */
  problema: Problema;
}

/** How a problem is called and explained, in the same words on a page and in a mail. */
export interface Problema {
  /** Problems that are mended in the same way share it. */
  clave: string;
  titulo: string;
  porQue: string;
}
