import type { Veredicto } from '../judge/veredicto.ts';
import type { Steps, Turn } from '../steps.ts';

/** Makes calls durable, one at a time per course, so that judging against the last accepted values is exact. */
export interface Recorder {
  /**
   * Reads what the registry and the last accepted values say of the call's course, has it judged, and stores the
   * process with its records in one transaction. Resolves once that is on disk.
   * @param turn for a long call: between the steps of its judging the others have theirs.
   */
  record<T extends Veredicto>(llamada: Llamada, judge: Judge<T>, turn?: Turn): Promise<Recorded<T>>;
}

export type Judge<T> = (curso: CursoInscrito | null) => Steps<T>;

/** An authenticated call of enviarAvance, as far as the store must know it before it is judged. */
export interface Llamada {
  rutOtec: number;
  codigoOferta: string | null;
  codigoGrupo: string | null;
  codigoEnvio: string | null;
  cantActividadSincronica: string | null;
  cantActividadAsincronica: string | null;
  recibidoEn: Date;
  /** Santiago's day of `recibidoEn`. */
  dia: string;
  /** Only what was accepted before this day counts as the last accepted; null: all that came before. */
  avancesAntesDe: string | null;
  /** Well-formed RUTs in the body: of those outside the course it must be known whether the platform knows them. */
  ruts: number[];
}

/** One text for each oferta + grupo. */
export function courseKey({ codigoOferta, codigoGrupo }: Llamada): string {
  return JSON.stringify([codigoOferta, codigoGrupo]);
}

/** A course that is open and the caller's own, with what judging needs of it. */
export interface CursoInscrito {
  id: number;
  fechaInicio: string | null;
  fechaFin: string | null;
  modulos: ReadonlySet<string>;
  /** Student's RUT → the modules that he is in; null: all of the course. */
  alumnos: ReadonlyMap<number, ReadonlySet<string> | null>;
  /** Whether the platform knows a student who is not in the course. */
  conoce(rut: number): boolean;
  /** Last accepted percentages, student's RUT → codigoModulo → percentage. */
  ultimos: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

export interface Recorded<T> {
  idProceso: number;
  veredicto: T;
}
