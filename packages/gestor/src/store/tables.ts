import type { Generated } from 'kysely';

/**
 * The store's tables. Columns keep the spec's nouns; `registro` keeps the history's own field names, since it is
 * what the history shows. Instants are milliseconds since 1970; days are `YYYY-MM-DD` in America/Santiago.
 * Booleans are 0/1 and figures doubles, so that both stores give the same values back.
 */
export interface Tables {
  otec: OtecTable;
  token: TokenTable;
  alumno: AlumnoTable;
  curso: CursoTable;
  modulo: ModuloTable;
  inscripcion: InscripcionTable;
  proceso: ProcesoTable;
  registro: RegistroTable;
  avance: AvanceTable;
  noche: NocheTable;
  sic: SicTable;
  latido: LatidoTable;
  archivo: ArchivoTable;
  archivo_otec: ArchivoOtecTable;
}

/** A training provider. Recognised by look-up: some official ones have a wrong check digit. [A 7] */
export interface OtecTable {
  /** RUT without check digit. */
  rut: number;
  dv: string;
  nombre: string;
  /** 0: known, but it may neither send nor read. */
  vigente: number;
}

export interface TokenTable {
  id: Generated<number>;
  rutOtec: number;
  /** SHA-256 in hexadecimal; the token itself is never stored. See docs/decisions/007-gestor-tokens.md. */
  hash: string;
  /** First and last day that it is good for; null: no such limit. */
  desde: string | null;
  hasta: string | null;
  revocadoEn: number | null;
  /** `registro`: closed when the registry file no longer names it; `admin`: only by revocation. */
  origen: 'registro' | 'admin';
}

/** Everybody that the platform knows: whom it does not know gets 012, whom it knows elsewhere 011. */
export interface AlumnoTable {
  rut: number;
  dv: string;
  nombre: string;
}

/** One oferta + grupo of one provider. */
export interface CursoTable {
  id: Generated<number>;
  rutOtec: number;
  codigoOferta: string;
  codigoGrupo: string;
  nombre: string;
  fechaInicio: string | null;
  fechaFin: string | null;
  /** When a registry import closed it; a closed course is as if it did not exist, its history stays. */
  cerradoEn: number | null;
}

export interface ModuloTable {
  cursoId: number;
  codigoModulo: string;
  nombre: string;
  cerradoEn: number | null;
}

/** A student in a course. */
export interface InscripcionTable {
  cursoId: number;
  rutAlumno: number;
  /** JSON list of module codes; null: every module of the course. One row per student keeps a POST's reading short. */
  modulos: string | null;
  cerradoEn: number | null;
}

/** One call that was authenticated, also one that repeats a codigoEnvio. */
export interface ProcesoTable {
  id: Generated<number>;
  rutOtec: number;
  /** Null when the call was refused as a whole with 003. */
  cursoId: number | null;
  /** As sent. */
  codigoOferta: string | null;
  codigoGrupo: string | null;
  codigoEnvio: string | null;
  cantActividadSincronica: string | null;
  cantActividadAsincronica: string | null;
  recibidoEn: number;
  /** Santiago's day of `recibidoEn`, for the night job and for fechaDesde. */
  dia: string;
  alumnos: number;
  aceptados: number;
  rechazados: number;
  /** What the whole call was refused with; null when its students were judged. */
  rechazo: string | null;
  /** The night (its day) that took the accepted records into SIC; null: not yet. */
  noche: string | null;
}

/** What was sent of one student × module and what became of it: text, since a rejected value can be anything. */
export interface RegistroTable {
  procesoId: number;
  /** Place within the process, from 1. */
  n: number;
  rut_alumno: string | null;
  dv_alumno: string | null;
  tiempo_conectividad: string | null;
  estado: string | null;
  porcentaje_avance: string | null;
  fecha_inicio: string | null;
  fecha_fin: string | null;
  fecha_ejecucion: string | null;
  evaluacion_final: string | null;
  mod_cod: string | null;
  mod_tiempo_conectividad: string | null;
  mod_estado: string | null;
  mod_porcentaje_avance: string | null;
  mod_fecha_inicio: string | null;
  mod_fecha_fin: string | null;
  mod_nota: string | null;
  mod_cant_sincronica: string | null;
  mod_cant_asincronica: string | null;
  /** JSON list of codigoActividad, each cut to 50 characters. */
  actividades: string | null;
  /** 1 accepted, 3 rejected. [I] */
  estado_registro: number;
  obs_registro: string;
}

/** The last accepted percentage of a student × module: what 025 is judged against. */
export interface AvanceTable {
  cursoId: number;
  rutAlumno: number;
  codigoModulo: string;
  porcentajeAvance: number;
  procesoId: number;
}

/** One run of the night job: the day whose records it took into SIC. */
export interface NocheTable {
  dia: string;
  iniciadaEn: number;
  /** When the last of its records was in SIC: what arrives later belongs to the next night. */
  tomadaEn: number | null;
  /** When its files were written too. */
  terminadaEn: number | null;
}

/** A month whose processes and records stand in files, and no longer (or soon no longer) here. */
export interface ArchivoTable {
  /** `YYYY-MM` of their `dia`. */
  mes: string;
  procesos: number;
  registros: number;
  /** The highest number of its processes. */
  hastaId: number;
  /** The last night that took something of it into SIC; null: it held nothing that was accepted. */
  ultimaNoche: string | null;
  /** SHA-256 of its manifest, in hexadecimal. */
  huella: string;
  /** Where its files were written. */
  carpeta: string;
  /** When they had been written and checked. */
  escritoEn: number;
  /** When the last of its rows was gone; null: not yet. */
  borradoEn: number | null;
}

/** How many archived processes a provider had in a month. */
export interface ArchivoOtecTable {
  mes: string;
  rutOtec: number;
  procesos: number;
}

/** One row, written to see whether the store takes anything. */
export interface LatidoTable {
  id: number;
  en: number;
  relleno: string;
}

/** What SIC shows of a student × module. */
export interface SicTable {
  cursoId: number;
  rutAlumno: number;
  codigoModulo: string;
  dvAlumno: string;
  tiempoConectividad: number;
  estado: number;
  porcentajeAvance: number;
  fechaInicio: string;
  fechaFin: string;
  fechaEjecucion: string;
  evaluacionFinal: number | null;
  modTiempoConectividad: number;
  modEstado: number;
  modPorcentajeAvance: number;
  modFechaInicio: string;
  modFechaFin: string;
  notaModulo: number | null;
  /** Where it comes from. */
  procesoId: number;
  n: number;
  /** The night that brought it. */
  noche: string;
}
