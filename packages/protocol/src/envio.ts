/** 1 cursando, 2 aprobado, 3 reprobado; 1 when left out. [I] */
export type Estado = 1 | 2 | 3;

/** Something a student does in a module; texts over 50 characters are cut by the service. [I p.7] */
export interface Actividad {
  codigoActividad: string;
}

/** One student's progress in one module. */
export interface Modulo {
  codigoModulo: string;
  /** Seconds, ≥ 0. [S, I] */
  tiempoConectividad: number;
  /** 0–100: share of the module's mandatory activities completed; never lower than the last accepted. [S, I] */
  porcentajeAvance: number;
  estado?: Estado;
  /** `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, America/Santiago. [S, O] */
  fechaInicio: string;
  fechaFin: string;
  /** 0–100; version 2. [I] */
  notaModulo?: number;
  /** Whole, ≥ 0; version 2. [I] */
  cantActividadSincronica?: number;
  cantActividadAsincronica?: number;
  listaActividades: Actividad[];
}

/** One student's progress in a course. */
export interface Alumno {
  /** RUT without check digit; text is accepted by the service too. [S, I] */
  rutAlumno: number | string;
  /** Check digit `0`–`9`, `k` or `K`. [S] */
  dvAlumno: string;
  /** Seconds, ≥ 0. [S, I] */
  tiempoConectividad: number;
  estado?: Estado;
  /** Whole 0–100: share of the course's mandatory activities completed. [S, I, M] */
  porcentajeAvance: number;
  fechaInicio: string;
  fechaFin: string;
  /** The Santiago date that the progress belongs to; today for the service when left out. [O] */
  fechaEjecucion?: string;
  /** 0–100, final grade as a percentage; version 2. [I] */
  evaluacionFinal?: number;
  listaModulos: Modulo[];
}

/** What one call of enviarAvance reports: one course (oferta + grupo). [I p.8] */
export interface Curso {
  codigoOferta: string;
  codigoGrupo: string;
  /** The sender's own id of this send, at most 30 ASCII characters; `codigo_externo` in the history. [I, A 10] */
  codigoEnvio?: string;
  /** Totals of the course; version 2. [I] */
  cantActividadSincronica?: number;
  cantActividadAsincronica?: number;
  listaAlumnos: Alumno[];
}

/** Who sends: goes into every call, and alone it is the connection test. */
export interface Credenciales {
  /** Without dots, hyphen, check digit: `11222333-4`. [S] */
  rutOtec: string;
  /** Always {@link ID_SISTEMA}. [S] */
  idSistema: typeof ID_SISTEMA;
  /** UUID, all upper case. [S faq 15] */
  token: string;
}

/** The body of `POST {base}/avance-sic/enviarAvance`. */
export interface Envio extends Credenciales, Curso {}

/** A wire shape as a person or a file gave it: any leaf may still be missing, text or rubbish. */
export type Draft<T> = { [K in keyof T]?: T[K] extends readonly (infer Item)[] ? Draft<Item>[] : unknown };

export const ID_SISTEMA = 1350;
export const BASE_URL = 'https://auladigital.sence.cl/gestor/API';
export const SOPORTE_SENCE = 'administradorelearning@sence.cl';

/** Fields of the 2023 document that the seed's version 1 does not know. [I] */
export const V2_FIELDS = {
  curso: ['cantActividadSincronica', 'cantActividadAsincronica', 'codigoEnvio'],
  alumno: ['evaluacionFinal'],
  modulo: ['notaModulo', 'cantActividadSincronica', 'cantActividadAsincronica'],
} as const;

/** Students in one call at most; bigger courses go in parts. [A 10] */
export const MAX_ALUMNOS_POR_ENVIO = 200;
/** Characters of a codigoActividad that the service keeps. [I p.7] */
export const MAX_CODIGO_ACTIVIDAD = 50;
/** Characters of a codigoEnvio that our sender uses at most. [A 10] */
export const MAX_CODIGO_ENVIO = 30;
