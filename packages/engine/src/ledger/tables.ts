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
  registro: RegistroTable;
  decision: DecisionTable;
  aceptado: AceptadoTable;
  error: ErrorTable;
  noche: NocheTable;
  lectura: LecturaTable;
  freno: FrenoTable;
  dicho: DichoTable;
  alumno: AlumnoTable;
  sinRut: SinRutTable;
  servicio: { rutOtec: string; desde: string };
  condicion: CondicionTable;
  aviso: AvisoTable;
  curso: CursoTable;
  cursoNuevo: CursoNuevoTable;
  historial: { rutOtec: string; hasta: string; leido: string };
  partida: PartidaTable;
  borrado: BorradoTable;
  pedidoBorrado: PedidoBorradoTable;
  cierre: CierreTable;
  pasoCierre: PasoCierreTable;
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
  /** `persona`: somebody has looked for it at SENCE, see `settleByHand`. */
  via: 'respuesta' | 'historial' | 'persona' | null;
  idProceso: number | null;
  aceptados: Generated<number>;
  rechazados: Generated<number>;
  porComprobar: Generated<number>;
  preguntado: string | null;
  preguntadoSence: string | null;
  procesoAnterior: number | null;
  confirmado: string | null;
  /** `servicio`: the service sent it by itself, for its night. */
  origen: Generated<'servicio' | 'mano'>;
  desglose: Generated<'hecho' | 'pendiente' | 'perdido'>;
}

export interface RegistroTable {
  codigoEnvio: string;
  alumno: number;
  modulo: number;
  noche: string;
  rut: string;
  codigoModulo: string;
  porcentajeAvance: number;
  tiempoConectividad: number;
  estado: number;
  avanceAlumno: number;
  estadoAlumno: number;
  huella: string;
  resultado: 'pendiente' | 'aceptado' | 'rechazado' | 'desconocido' | 'no-enviado';
  codigo: string | null;
  motivo: string | null;
}

export interface DecisionTable extends CourseKey {
  id: Generated<number>;
  rut: string | null;
  codigoModulo: string | null;
  tipo: 'mantener' | 'codigo' | 'conocido' | 'no-informar' | 'informar';
  valor: string | null;
  quien: string;
  cuando: string;
  motivo: string | null;
  hasta: string | null;
  quienHasta: string | null;
  cierre: 'deshecha' | 'superada' | null;
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
  noche: string | null;
  avanceAlumno: number | null;
  estadoAlumno: number | null;
  fechas: string | null;
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
  causa: Generated<CausaNoche | null>;
}

/** What keeps a course of a night from being done, or lost it. */
export type CausaNoche =
  /** Asked for, and its source did not give it. */
  | 'no-entregado'
  | 'sin-alumnos'
  /** The source as a whole could not be read. */
  | 'fuente'
  | 'token'
  | 'conexion'
  /** Whether it arrived is not known yet. */
  | 'incierto'
  /** SENCE or the connection did not take a call of it. */
  | 'no-enviado'
  /** A defect of puente. */
  | 'defecto'
  /** The service was not running. */
  | 'apagado';

export interface LecturaTable {
  rutOtec: string;
  noche: string;
  fuente: string;
  lecturas: number;
  proxima: string;
  actualizado: string;
}

export interface FrenoTable {
  rutOtec: string;
  clave: 'token' | 'conexion';
  noche: string;
  pedidos: number;
  mensaje: string;
  queHacer: string;
  proximo: string;
  huella: string;
  actualizado: string;
}

export interface DichoTable {
  rutOtec: string;
  noche: string;
  fuente: string;
  curso: string;
  orden: number;
  codigoOferta: string | null;
  codigoGrupo: string | null;
  titulo: string | null;
  rut: string | null;
  nombre: string | null;
  causa: CausaDicho;
  gravedad: 'rojo' | 'amarillo' | 'gris';
  mensaje: string;
  queHacer: string;
}

/** Why a night tells something. */
export type CausaDicho =
  | CausaNoche
  /** What a source found in its own data. */
  | 'hallazgo'
  /** Was there the night before and is not now. */
  | 'ausente'
  /** So many are missing that the source is more likely wrong than they gone. */
  | 'muchos-ausentes'
  /** A module of a student who is there is not. */
  | 'modulo-ausente'
  /** Not reported any more, as it should be. */
  | 'no-se-pide'
  /** A course was reported for the first time. */
  | 'primera-noche'
  /** A course that nobody has said of whether it is reported. */
  | 'curso-nuevo'
  /** Was over before puente could report it. */
  | 'curso-terminado'
  /** SENCE's history does not have what its answer accepted. */
  | 'sin-confirmar'
  /** A night that a restored backup does not know. */
  | 'sin-registro';

export interface AlumnoTable extends CourseKey {
  rut: string;
  nombre: string | null;
  visto: string;
  fin: string | null;
  ausente: string | null;
}

export interface SinRutTable extends CourseKey {
  orden: number;
  escrito: string;
  nombre: string | null;
  lugar: string | null;
  visto: string;
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

export interface PartidaTable {
  rutOtec: string;
  restaurado: string | null;
  ultimaNoche: string | null;
  leido: string | null;
  contado: Generated<number>;
}

export interface BorradoTable {
  id: Generated<number>;
  cuando: string;
  huella: string;
  envios: number;
  aceptados: number;
  errores: number;
}

export interface PedidoBorradoTable {
  id: Generated<number>;
  rut: string;
  motivo: string;
  pidio: string;
  pedido: string;
  retuvo: string | null;
  retenido: string | null;
  retencion: string | null;
}

export interface CursoTable extends CourseKey {
  fuente: string;
  curso: string;
  titulo: string;
  url: string | null;
  alumnos: number;
  actualizado: string;
  visto: Generated<string | null>;
  ultimoDia: Generated<string | null>;
  noPedido: Generated<string | null>;
}

export interface CursoNuevoTable extends CourseKey {
  fuente: string;
  curso: string;
  titulo: string;
  alumnos: number | null;
  primerDia: string | null;
  ultimoDia: string | null;
  clase: 'nuevo' | 'antiguo' | 'terminado';
  desde: string;
}

export interface CierreTable extends CourseKey {
  programa: 'franquicia' | 'social' | 'otro' | null;
  minAvance: number | null;
  minHoras: number | null;
  valor: number | null;
  dias: number | null;
}

export interface PasoCierreTable extends CourseKey {
  paso: string;
  quien: string;
  cuando: string;
}

/** What a course is known by: one provider's oferta + grupo. */
export interface CourseKey {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
}
