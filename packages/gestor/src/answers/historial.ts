import { santiagoDateTime } from '@puente-sic/protocol';
import type { Selectable } from 'kysely';
import { formatNumber } from '../pages/format.ts';
import type { LoArchivado } from '../store/archivo.ts';
import type { ProcesoTable, RegistroTable } from '../store/tables.ts';
import type { Supuestos } from '../supuestos.ts';

export type Proceso = Selectable<ProcesoTable>;
export type RegistroRow = Selectable<RegistroTable>;

/** A process as historialEnvios shows it, but for its records; names, order and types of the official example. [I] */
export function procesoFields(
  proceso: Proceso,
  { historialEnUtc }: Pick<Supuestos, 'historialEnUtc'>,
): Record<string, string | null> {
  const recibido = new Date(proceso.recibidoEn);
  return {
    id_proceso_externo: String(proceso.id),
    id_lms: '0',
    codigo_externo: proceso.codigoEnvio,
    fecha: historialEnUtc
      ? recibido.toISOString().slice(0, 19).replace('T', ' ')
      : santiagoDateTime(recibido),
    horario: null,
    observaciones:
      proceso.rechazo ??
      `El proceso ${proceso.id} ha finalizado correctamente, para ver la cantidad de registros y detalle consulte el servicio /avance-sic/historial-envios?id_proceso=${proceso.id}`,
    observaciones_sic: null,
    status_code: '0',
    estado: '2',
    rut_otec: String(proceso.rutOtec),
  };
}

/**
 * Archived processes, as one entry without records that says so in its `observaciones`: a list that left them out in
 * silence would read as if they had never arrived. Its number, 0, is no process's. [A]
 */
export function archivadoFields(
  archivado: LoArchivado,
  { rut }: { rut: number },
): Record<string, string | null> {
  return {
    id_proceso_externo: '0',
    id_lms: '0',
    codigo_externo: null,
    fecha: `${lastDayOf(archivado.hasta)} 23:59:59`,
    horario: null,
    observaciones: archivadoText(archivado),
    observaciones_sic: null,
    status_code: '0',
    estado: '2',
    rut_otec: String(rut),
  };
}

function lastDayOf(mes: string): string {
  return new Date(Date.UTC(Number(mes.slice(0, 4)), Number(mes.slice(5, 7)), 0)).toISOString().slice(0, 10);
}

/** `Hay 1.234 procesos entre 2024-10 y 2024-12 en el archivo del Gestor: …` */
export function archivadoText({ procesos, desde, hasta }: LoArchivado): string {
  const cuantos = procesos === 1 ? 'Hay 1 proceso' : `Hay ${formatNumber(procesos)} procesos`;
  const cuando = desde === hasta ? `de ${desde}` : `entre ${desde} y ${hasta}`;
  return `${cuantos} ${cuando} en el archivo del Gestor, y sus registros ya no se muestran aquí. Llegaron y lo aceptado sigue valiendo: pídalos a quien opera el Gestor, con su mes.`;
}

/** One student × module of a process. [I] */
export function registroFields(
  proceso: Proceso,
  otec: { rut: number; dv: string },
  registro: RegistroRow,
  { seccionConModulo }: Pick<Supuestos, 'seccionConModulo'>,
): Record<string, string | null> {
  return {
    id_registro: idRegistro(registro),
    rut_otec: String(otec.rut),
    dv_otec: otec.dv,
    oferta_cod: proceso.codigoOferta,
    seccion_cod: seccionConModulo ? registro.mod_cod : proceso.codigoGrupo,
    rut_alumno: registro.rut_alumno,
    dv_alumno: registro.dv_alumno,
    tiempo_conectividad: registro.tiempo_conectividad,
    estado: registro.estado,
    porcentaje_avance: registro.porcentaje_avance,
    fecha_inicio: registro.fecha_inicio,
    fecha_fin: registro.fecha_fin,
    fecha_ejecucion: registro.fecha_ejecucion,
    mod_cod: registro.mod_cod,
    mod_tiempo_conectividad: registro.mod_tiempo_conectividad,
    mod_estado: registro.mod_estado,
    mod_porcentaje_avance: registro.mod_porcentaje_avance,
    mod_fecha_inicio: registro.mod_fecha_inicio,
    mod_fecha_fin: registro.mod_fecha_fin,
    mod_obligatorio: null,
    mod_nota: registro.mod_nota,
    act_cod: null,
    act_estado: null,
    estado_registro: String(registro.estado_registro),
    obs_registro: registro.obs_registro,
    id_proceso_externo: String(proceso.id),
  };
}

/** One number for each record of the whole service, without a second sequence to wait for. */
function idRegistro({ procesoId, n }: RegistroRow): string {
  return String(procesoId * 100_000 + n);
}
