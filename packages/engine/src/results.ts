import type { Envio } from '@puente-sic/protocol';
import type { NotGivenCause } from '@puente-sic/sources';
import type { CourseKey } from './ledger/tables.ts';

/** One finding as `--json` prints it. */
export interface Hallazgo {
  /** Official code; null where none exists. */
  codigo: string | null;
  /** Path in the API body; `` for the whole. */
  ruta: string;
  mensaje: string;
  queHacer: string;
  gravedad: 'error' | 'aviso';
  /** Whom it is about. */
  rut?: string;
  codigoModulo?: string;
  /** Where it stands in the provider's own data. */
  lugar?: string;
  /** The page where it is corrected. */
  url?: string;
}

/** Something left out of a body before it is sent. */
export interface Retenido {
  /** As written where it cannot be read as a RUT; null for a student without any. */
  rut: string | null;
  /** Null: the whole student. */
  codigoModulo: string | null;
  codigo: string | null;
  mensaje: string;
  queHacer: string;
  lugar?: string;
  url?: string;
}

/** The API body without who sends it. */
export type CuerpoSinToken = Omit<Envio, 'token'>;

/** One call that would be made (a course of more than 200 students is several). */
export interface CursoPrevisto {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  /** The course's title where the source has one. */
  titulo: string;
  /** Null: nothing of the course is left to send. `codigoEnvio` is given out at the send and is not in it. */
  cuerpo: CuerpoSinToken | null;
  retenidos: Retenido[];
  hallazgos: Hallazgo[];
  /** Records of the course that are at SENCE already with the same values and would not go again. */
  yaEnviados: number;
}

/** A source that could not be read; the others are not affected. */
export interface FallaFuente {
  fuente: string;
  mensaje: string;
  queHacer: string;
  /** `mal`: file or settings must be mended; `caida`: may work later by itself. */
  tipo: 'mal' | 'caida';
}

/** A course that was asked for and that its source did not give; it is never done. */
export interface NoEntregado {
  fuente: string;
  /** As puente.yaml (or the source) calls it. */
  curso: string;
  /** As puente.yaml gives them; null where it does not. */
  codigoOferta: string | null;
  codigoGrupo: string | null;
  causa: NotGivenCause | 'sin-alumnos';
  mensaje: string;
  queHacer: string;
  /** Everything that stands against it; `mensaje` and `queHacer` are those of the first. */
  hallazgos: Hallazgo[];
}

export interface PreviewResult {
  cursos: CursoPrevisto[];
  noEntregados: NoEntregado[];
  /** Of the sources as a whole: what gave no course. */
  hallazgos: Hallazgo[];
  fallas: FallaFuente[];
}

export type Resultado =
  | 'aceptado'
  | 'parcial'
  | 'rechazado'
  /** Nothing of the course was left to send. */
  | 'retenido'
  /** Whether it arrived is not known yet; the next run asks the history. */
  | 'incierto';

/** One thing that did not go in, of one student (and module). */
export interface ErrorDeEnvio {
  rut: string | null;
  /** Null: the whole student; both null: the whole call. */
  codigoModulo: string | null;
  codigo: string | null;
  /** `gestor`: SENCE refused it; `previa`: held back before the send. */
  origen: 'gestor' | 'previa';
  /** The service's own text, or ours. */
  mensaje: string;
  /** What it means and the likely cause. */
  explicacion: string;
  queHacer: string;
  lugar?: string;
  /** The page where it is corrected. */
  url?: string;
}

/** One call and what became of it; counts are of student × module records. */
export interface EnvioHecho {
  /** Null when nothing was sent (`retenido`). */
  codigoEnvio: string | null;
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  titulo: string;
  idProceso: number | null;
  resultado: Resultado;
  aceptados: number;
  rechazados: number;
  retenidos: number;
  errores: ErrorDeEnvio[];
  /** Accepted or sent, and worth telling. */
  avisos: Hallazgo[];
}

/** A course that was ready and was not sent, because the provider's connection or token failed. */
export interface NoEnviado {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  /** `ocupado`: another process is sending for this provider. */
  motivo: 'sin-conexion' | 'no-autenticado' | 'ocupado';
  mensaje: string;
  queHacer: string;
}

/** What of a course is at SENCE already, accepted for the same night with the same values, and was not sent again. */
export interface YaEnviado {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  titulo: string;
  /** Student × module records. */
  registros: number;
  /** When the last of them was sent. */
  enviado: Date;
}

/** Who was sent the last time and is not in the source now, or a module that is gone; `rut` null: for everybody. */
export interface Ausente extends CourseKey {
  titulo: string;
  rut: string | null;
  nombre: string | null;
  mensaje: string;
  queHacer: string;
}

/** SENCE's history, read before the first send of a ledger that could not know what had gone out already. */
export interface HistorialLeido {
  rutOtec: string;
  /** `registro-vacio`: it knew nothing of the provider; `respaldo-restaurado`: it came from a backup. */
  motivo: 'registro-vacio' | 'respaldo-restaurado';
  procesos: number;
  /** Student × module records that SENCE had accepted. */
  registros: number;
  /** Sent by puente and known again. */
  enviosRestaurados: number;
}

export interface SendResult {
  /** One of each provider whose history had to be read first. */
  historial: HistorialLeido[];
  envios: EnvioHecho[];
  yaEnviados: YaEnviado[];
  noEnviados: NoEnviado[];
  noEntregados: NoEntregado[];
  ausentes: Ausente[];
  hallazgos: Hallazgo[];
  fallas: FallaFuente[];
}

/** One thing refused or held and not yet put right. */
export interface ErrorAbierto extends ErrorDeEnvio {
  /** The ledger's own number of it, by which it is marked. */
  id: number;
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  /** First and last time it was seen. */
  desde: Date;
  ultimaVez: Date;
  /** The envío that told it; null for what was held before any. */
  codigoEnvio: string | null;
  /** Since when somebody has it marked as known; null: nobody. */
  conocido: Date | null;
}

/** What became of one uncertain envío when the history was asked. */
export interface Resuelto {
  codigoEnvio: string;
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  /** `no-enviado`: proven not to have arrived; `incierto`: still not known. */
  estado: 'aceptado' | 'parcial' | 'rechazado' | 'no-enviado' | 'incierto';
  idProceso: number | null;
  aceptados: number;
  rechazados: number;
  /** For `incierto`: why it is not known yet and when it will be. */
  mensaje: string;
}
