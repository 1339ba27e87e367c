import type { RecordFate } from './answer.ts';
import type { Reason } from './reason.ts';

/** A field of the history: nearly all of them come as text, many may be null. [I] */
export type TextoHistorial = string | null;

/** One student × module of a process, as the service keeps it. [I] */
export interface RegistroHistorial {
  id_registro: TextoHistorial;
  /** Without check digit. */
  rut_otec: TextoHistorial;
  dv_otec: TextoHistorial;
  oferta_cod: TextoHistorial;
  /** The codigoGrupo. [A 8] */
  seccion_cod: TextoHistorial;
  rut_alumno: TextoHistorial;
  dv_alumno: TextoHistorial;
  /** Seconds. */
  tiempo_conectividad: TextoHistorial;
  estado: TextoHistorial;
  /** 0–100 with five decimals: `10.00000`. */
  porcentaje_avance: TextoHistorial;
  /** `YYYY-MM-DD HH:MM:SS`, America/Santiago. */
  fecha_inicio: TextoHistorial;
  fecha_fin: TextoHistorial;
  fecha_ejecucion: TextoHistorial;
  mod_cod: TextoHistorial;
  mod_tiempo_conectividad: TextoHistorial;
  mod_estado: TextoHistorial;
  mod_porcentaje_avance: TextoHistorial;
  mod_fecha_inicio: TextoHistorial;
  mod_fecha_fin: TextoHistorial;
  mod_obligatorio: TextoHistorial;
  mod_nota: TextoHistorial;
  act_cod: TextoHistorial;
  act_estado: TextoHistorial;
  /** `1` accepted, `3` rejected. */
  estado_registro: TextoHistorial;
  /** Why it was rejected; its bracketed code is not from the code table. */
  obs_registro: TextoHistorial;
  id_proceso_externo: TextoHistorial;
}

/** One call of enviarAvance, as the service keeps it. [I] */
export interface ProcesoHistorial {
  id_proceso_externo: TextoHistorial;
  id_lms: TextoHistorial;
  /** The sender's codigoEnvio. */
  codigo_externo: TextoHistorial;
  /** `YYYY-MM-DD HH:MM:SS`, America/Santiago. [A 8] */
  fecha: TextoHistorial;
  horario: TextoHistorial;
  observaciones: TextoHistorial;
  observaciones_sic: TextoHistorial;
  status_code: TextoHistorial;
  estado: TextoHistorial;
  /** Without check digit. */
  rut_otec: TextoHistorial;
  listaregistros: RegistroHistorial[];
}

/** What historialEnvios answered. */
export type History =
  | {
      kind: 'processes';
      processes: ProcesoHistorial[];
      /** Entries of the list that have not the form of a process: told, never taken for an empty history. */
      skipped: number;
      leaked: boolean;
    }
  | { kind: 'refused'; reason: Reason }
  /** `why` is a Spanish sentence for a person. */
  | { kind: 'unreadable'; why: string };

/** One record of the history in our own terms. */
export interface RegistroLeido {
  /** `11222333-K`. */
  rut: string;
  codigoModulo: string;
  fate: RecordFate;
  /** The module's percentage as the service has it, 0–100; null when it cannot be read. */
  porcentajeAvance: number | null;
  /** Empty when accepted; else at least one, without a text where the service gives none. */
  reasons: Reason[];
}
