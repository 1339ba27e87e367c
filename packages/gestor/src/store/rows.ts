import { storable } from '../judge/values.ts';
import type { Registro, Veredicto } from '../judge/veredicto.ts';
import type { Llamada } from './recorder.ts';
import type { AvanceTable, ProcesoTable, RegistroTable } from './tables.ts';

/** The recorders' rows as plain lists: names here and values below stand in the same order. */
export const PROCESO_COLUMNS = [
  'rutOtec',
  'cursoId',
  'codigoOferta',
  'codigoGrupo',
  'codigoEnvio',
  'cantActividadSincronica',
  'cantActividadAsincronica',
  'recibidoEn',
  'dia',
  'alumnos',
  'aceptados',
  'rechazados',
  'rechazo',
] as const satisfies (keyof ProcesoTable)[];

export function procesoValues(llamada: Llamada, veredicto: Veredicto): (string | number | null)[] {
  let aceptados = 0;
  let registros = 0;
  for (const { modulos } of veredicto.alumnos) {
    registros += modulos.length;
    for (const { avance } of modulos) if (avance) aceptados += 1;
  }
  return [
    llamada.rutOtec,
    veredicto.cursoId,
    llamada.codigoOferta,
    llamada.codigoGrupo,
    llamada.codigoEnvio,
    llamada.cantActividadSincronica,
    llamada.cantActividadAsincronica,
    llamada.recibidoEn.getTime(),
    llamada.dia,
    veredicto.alumnos.length,
    aceptados,
    registros - aceptados,
    veredicto.fallas.length > 0 ? storable(veredicto.fallas.map(({ mensaje }) => mensaje).join('; ')) : null,
  ];
}

export const REGISTRO_COLUMNS = [
  'procesoId',
  'n',
  'rut_alumno',
  'dv_alumno',
  'tiempo_conectividad',
  'estado',
  'porcentaje_avance',
  'fecha_inicio',
  'fecha_fin',
  'fecha_ejecucion',
  'evaluacion_final',
  'mod_cod',
  'mod_tiempo_conectividad',
  'mod_estado',
  'mod_porcentaje_avance',
  'mod_fecha_inicio',
  'mod_fecha_fin',
  'mod_nota',
  'mod_cant_sincronica',
  'mod_cant_asincronica',
  'actividades',
  'estado_registro',
  'obs_registro',
] as const satisfies (keyof RegistroTable)[];

/** All but procesoId and n. */
export function registroValues(registro: Registro): (string | number | null)[] {
  return [
    registro.rut_alumno,
    registro.dv_alumno,
    registro.tiempo_conectividad,
    registro.estado,
    registro.porcentaje_avance,
    registro.fecha_inicio,
    registro.fecha_fin,
    registro.fecha_ejecucion,
    registro.evaluacion_final,
    registro.mod_cod,
    registro.mod_tiempo_conectividad,
    registro.mod_estado,
    registro.mod_porcentaje_avance,
    registro.mod_fecha_inicio,
    registro.mod_fecha_fin,
    registro.mod_nota,
    registro.mod_cant_sincronica,
    registro.mod_cant_asincronica,
    registro.actividades,
    registro.estado_registro,
    registro.obs_registro,
  ];
}

export const AVANCE_COLUMNS = [
  'cursoId',
  'rutAlumno',
  'codigoModulo',
  'porcentajeAvance',
  'procesoId',
] as const satisfies (keyof AvanceTable)[];
