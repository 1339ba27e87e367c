import type { Generated } from 'kysely';

/** docs/estados.md draws the transitions. */
export type EstadoEnvio =
  | 'preparado'
  | 'enviando'
  | 'aceptado'
  | 'parcial'
  | 'rechazado'
  | 'incierto'
  | 'no-enviado';

/** Instants are ISO 8601 text in UTC; `migrations.ts` says what each column holds. */
export interface Tables {
  envio: EnvioTable;
  aceptado: AceptadoTable;
  error: ErrorTable;
  noche: NocheTable;
  servicio: { rutOtec: string; desde: string };
  condicion: CondicionTable;
  aviso: AvisoTable;
  curso: CursoTable;
  historial: { rutOtec: string; hasta: string; leido: string };
  borrado: BorradoTable;
  secreto: { nombre: string; cifrado: Uint8Array; cambiado: string };
}

export interface EnvioTable {
  codigoEnvio: string;
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  noche: string;
  version: number;
  estado: EstadoEnvio;
  registros: number;
  cuerpo: Uint8Array | null;
  huella: string;
  creado: string;
  enviado: string | null;
  cortado: string | null;
  respondido: string | null;
  httpStatus: number | null;
  respuesta: Uint8Array | null;
  via: 'respuesta' | 'historial' | null;
  idProceso: number | null;
  aceptados: Generated<number>;
  rechazados: Generated<number>;
  porComprobar: Generated<number>;
  preguntado: string | null;
  preguntadoSence: string | null;
  procesoAnterior: number | null;
  confirmado: string | null;
}

export interface AceptadoTable {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  rut: string;
  codigoModulo: string;
  porcentajeAvance: number;
  tiempoConectividad: number | null;
  estado: number | null;
  huella: string | null;
  cuando: string;
  codigoEnvio: string | null;
  idProceso: number | null;
}

export interface ErrorTable {
  id: Generated<number>;
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  rut: string | null;
  codigoModulo: string | null;
  codigo: string | null;
  origen: 'gestor' | 'previa';
  mensaje: string;
  explicacion: string;
  queHacer: string;
  lugar: string | null;
  url: string | null;
  conocido: string | null;
  codigoEnvio: string | null;
  desde: string;
  ultimaVez: string;
  cerrado: string | null;
  cierre: 'aceptado' | 'desaparecido' | 'cambiado' | null;
}

export interface NocheTable {
  rutOtec: string;
  fuente: string;
  curso: string;
  noche: string;
  estado: 'pendiente' | 'hecha' | 'perdida';
  desde: string;
  intentos: Generated<number>;
  motivo: string | null;
  inciertos: Generated<string>;
  tarde: Generated<number>;
  actualizado: string;
}

export interface CondicionTable {
  rutOtec: string;
  clave: string;
  mal: number;
  mensaje: string;
  queHacer: string;
  desde: string;
}

export interface AvisoTable {
  id: Generated<number>;
  rutOtec: string;
  clave: string;
  canal: string;
  contenido: string;
  creado: string;
  desde: string;
  intentos: Generated<number>;
  enviado: string | null;
}

export interface BorradoTable {
  id: Generated<number>;
  cuando: string;
  huella: string;
  envios: number;
  aceptados: number;
  errores: number;
}

export interface CursoTable extends CourseKey {
  fuente: string;
  curso: string;
  titulo: string;
  url: string | null;
  alumnos: number;
  actualizado: string;
}

/** What a course is known by: one provider's oferta + grupo. */
export interface CourseKey {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
}
