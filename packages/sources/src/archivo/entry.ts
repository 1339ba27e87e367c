import type { Codigo } from '@puente-sic/protocol';
import type { Place } from '../source.ts';

/** One student × module as one row (or one element of an API body) tells it; nothing merged, nothing judged. */
export interface Entry {
  file: string;
  curso: CursoFields;
  /** Who it is about: entries with equal keys are one student. */
  key: string;
  rut: { rutAlumno?: unknown; dvAlumno?: unknown };
  name?: string;
  /** Spec fields that the row has; blank cells are left out. Null: the row is only about a module. */
  alumno: Record<string, unknown> | null;
  place: Place;
  /** Null: the row is only about the student. */
  modulo: Record<string, unknown> | null;
  moduloPlace: Place;
  /** Why nobody can trust what the row says of its module, in Spanish; the student's other modules are not touched. */
  moduloDoubts: Doubt[];
  /** Why nobody can trust this row, in Spanish. */
  doubts: Doubt[];
}

export interface Doubt {
  /** The service's own code for it, where there is one. */
  code?: Codigo;
  message: string;
  fix: string;
  /** Left out: the row as a whole. */
  place?: string;
  /** What a person may answer about it, once for all. */
  asks?: readonly Ask[];
}

/** A question about columns that is answered by choosing. */
export interface Ask {
  /** What the answer is kept under among those about the columns of its source. */
  clave: string;
  /** What may be answered, the likeliest first; null: the code of a module. */
  opciones: readonly string[] | null;
}

export interface CursoFields {
  codigoOferta?: string;
  codigoGrupo?: string;
  nombreCurso?: string;
  /** Rows without a codigoOferta of their own: what around them names their course. */
  named?: CourseName;
  rutOtec?: string;
  cantActividadSincronica?: unknown;
  cantActividadAsincronica?: unknown;
}

export interface CourseName {
  /** In capitals; of several codes nobody knows whose each row is. */
  codes: string[];
  /** Where it stands: `su hoja se llama «CAP-26-01-13-0446-1»`. */
  said: string;
}
