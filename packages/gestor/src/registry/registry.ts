/** What the Gestor must know before it can judge: who may send, and who studies what. */
export interface Registry {
  otecs: OtecEntry[];
  /** Everybody known to the platform, those of the courses included; RUT → the rest. */
  alumnos: Map<number, AlumnoEntry>;
  cursos: CursoEntry[];
}

export interface OtecEntry {
  rut: number;
  dv: string;
  nombre: string;
  vigente: boolean;
  tokens: TokenEntry[];
}

export interface TokenEntry {
  token: string;
  /** First and last day that it is good for, `YYYY-MM-DD`. */
  desde: string | null;
  hasta: string | null;
}

export interface AlumnoEntry {
  dv: string;
  nombre: string;
}

export interface CursoEntry {
  codigoOferta: string;
  codigoGrupo: string;
  rutOtec: number;
  nombre: string;
  fechaInicio: string | null;
  fechaFin: string | null;
  modulos: { codigoModulo: string; nombre: string }[];
  alumnos: InscripcionEntry[];
}

export interface InscripcionEntry {
  rut: number;
  /** Null: every module of the course. */
  modulos: string[] | null;
}

/** A registry that cannot be used as it is. The message is Spanish and names the place. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}
