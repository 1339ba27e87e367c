import type { Codigo } from '@puente-sic/protocol';
import type { RegistroTable } from '../store/tables.ts';

/** Why something is refused. Code null: refused, but no official code says so. */
export interface Falla {
  codigo: Codigo | null;
  mensaje: string;
}

/** What became of one call, before it has a process number. */
export interface Veredicto {
  /** Null when the course is unknown to the caller (003). */
  cursoId: number | null;
  /** Not empty: the whole call is refused and there are no students. */
  fallas: Falla[];
  alumnos: AlumnoJuzgado[];
}

export interface AlumnoJuzgado {
  /** As sent. */
  enviado: unknown;
  /** Not empty: all of the student's records are refused. */
  fallas: Falla[];
  modulos: ModuloJuzgado[];
}

export interface ModuloJuzgado {
  /** As sent. */
  enviado: unknown;
  /** Its code as text, null where it has none that can be read. */
  codigoModulo: string | null;
  fallas: Falla[];
  registro: Registro;
  /** Set when the record is accepted: what later calls are judged against. */
  avance: Avance | null;
}

/** One line of the history, before it has its process. */
export type Registro = Omit<RegistroTable, 'procesoId' | 'n'>;

export interface Avance {
  rutAlumno: number;
  codigoModulo: string;
  porcentajeAvance: number;
}
