import type { Codigo } from './catalogue.ts';
import type { Position } from './position.ts';
import type { Scope } from './scope.ts';

/** `error`: the service rejects what it is about. `warning`: accepted, but likely not meant. */
export type Severity = 'error' | 'warning';

/** One thing found in data before or after it was sent. Invalid data is a value, never an exception. */
export interface Issue {
  /** Official code; null where none exists. */
  code: Codigo | null;
  severity: Severity;
  scope: Scope;
  /** Where in the API body: `listaAlumnos[0].listaModulos[1].porcentajeAvance`; `` for the whole body. */
  path: string;
  /** Of what is about a student, or a student × module: where in the body, as numbers. */
  position?: Position | readonly [alumno: number];
  /** What happened and why, in Spanish; names the student in full, so it is never logged. */
  message: string;
  /** What to do, in Spanish. */
  fix: string;
  /** Whom it is about, as `11222333-K` (or as written where it cannot be read). */
  rut?: string;
  codigoModulo?: string;
  /** Where in the provider's own data: `avance.xlsx, hoja Alumnos, fila 12, columna rutAlumno`, or a link into the LMS. */
  place?: string;
  /** The page of that place, for a link. */
  placeUrl?: string;
}
