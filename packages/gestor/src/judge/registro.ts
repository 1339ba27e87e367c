import { cutCodigoActividad, type Rut } from '@puente-sic/protocol';
import type { Condiciones } from './condiciones.ts';
import { isFecha } from './fechas.ts';
import {
  fechaText,
  figureText,
  isObject,
  type JsonObject,
  percentageText,
  readEstado,
  sentText,
  storable,
} from './values.ts';
import type { Falla, Registro } from './veredicto.ts';

/** The student's half of a record: the same for each of his modules. */
export type AlumnoColumns = Pick<
  Registro,
  | 'rut_alumno'
  | 'dv_alumno'
  | 'tiempo_conectividad'
  | 'estado'
  | 'porcentaje_avance'
  | 'fecha_inicio'
  | 'fecha_fin'
  | 'fecha_ejecucion'
  | 'evaluacion_final'
>;

/** A fechaEjecucion that is missing or cannot be read becomes today's date. [O, A 5] */
export function alumnoColumns(alumno: JsonObject, rut: Rut | null, hoy: string): AlumnoColumns {
  return {
    rut_alumno: rut ? String(rut.numero) : sentText(alumno.rutAlumno),
    dv_alumno: rut ? rut.dv : sentText(alumno.dvAlumno),
    tiempo_conectividad: figureText(alumno.tiempoConectividad),
    estado: String(readEstado(alumno.estado)),
    porcentaje_avance: percentageText(alumno.porcentajeAvance),
    fecha_inicio: fechaText(alumno.fechaInicio),
    fecha_fin: fechaText(alumno.fechaFin),
    fecha_ejecucion: fechaText(isFecha(alumno.fechaEjecucion) ? alumno.fechaEjecucion : hoy),
    evaluacion_final: percentageText(alumno.evaluacionFinal),
  };
}

/** A student × module as the history will show it, accepted when nothing is wrong with it. */
export function toRegistro(
  columns: AlumnoColumns,
  modulo: JsonObject,
  fallas: Falla[],
  condiciones: Condiciones,
): Registro {
  // Written out: this object is made for every record of the country, and a spread one is made ten times slower.
  return {
    rut_alumno: columns.rut_alumno,
    dv_alumno: columns.dv_alumno,
    tiempo_conectividad: columns.tiempo_conectividad,
    estado: columns.estado,
    porcentaje_avance: columns.porcentaje_avance,
    fecha_inicio: columns.fecha_inicio,
    fecha_fin: columns.fecha_fin,
    fecha_ejecucion: columns.fecha_ejecucion,
    evaluacion_final: columns.evaluacion_final,
    mod_cod: sentText(modulo.codigoModulo),
    mod_tiempo_conectividad: figureText(modulo.tiempoConectividad),
    mod_estado: String(readEstado(modulo.estado)),
    mod_porcentaje_avance: percentageText(modulo.porcentajeAvance),
    mod_fecha_inicio: fechaText(modulo.fechaInicio),
    mod_fecha_fin: fechaText(modulo.fechaFin),
    mod_nota: percentageText(modulo.notaModulo),
    mod_cant_sincronica: figureText(modulo.cantActividadSincronica),
    mod_cant_asincronica: figureText(modulo.cantActividadAsincronica),
    actividades: actividadesText(modulo.listaActividades),
    estado_registro: fallas.length === 0 ? 1 : 3,
    obs_registro: observation(fallas, condiciones),
  };
}

/** The codes of the activities; those over 50 characters are cut. [I p.7] */
function actividadesText(listaActividades: unknown): string | null {
  if (!Array.isArray(listaActividades)) return null;
  const codes = listaActividades.map((actividad: unknown) => {
    const code = isObject(actividad) ? actividad.codigoActividad : null;
    return typeof code === 'string' ? storable(cutCodigoActividad(code)) : null;
  });
  return JSON.stringify(codes);
}

/** `[023] modulo.tiempoConectividad invalido`; several are parted by `; `, and one without a code has no bracket. */
function observation(fallas: Falla[], { supuestos }: Condiciones): string {
  return fallas
    .map(({ codigo, mensaje }) => {
      const shown = codigo === '025' ? supuestos.codigo025EnHistorial : codigo;
      return storable(shown === null ? mensaje : `[${shown}] ${mensaje}`);
    })
    .join('; ');
}
