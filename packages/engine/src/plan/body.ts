import {
  type Actividad,
  type Alumno,
  type Curso,
  cutCodigoActividad,
  type Draft,
  dayOf,
  isFecha,
  type Modulo,
  type Rut,
  readFigure,
  readRutAlumno,
  roundPercentage,
  V2_FIELDS,
} from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';

export interface BodyRules {
  version: 1 | 2;
  /** Santiago's date of the night reported: the `fechaEjecucion` of everybody. */
  noche: string;
}

/** The course's own fields, in the order of the official examples. */
export function cursoOf(tree: CourseTree, { version }: BodyRules): Omit<Draft<Curso>, 'listaAlumnos'> {
  const curso = {
    codigoOferta: tree.codigoOferta,
    codigoGrupo: tree.codigoGrupo,
    cantActividadSincronica: figure(tree.cantActividadSincronica),
    cantActividadAsincronica: figure(tree.cantActividadAsincronica),
  };
  return present(curso, version === 1 ? V2_FIELDS.curso : []);
}

/**
 * A student as our sender writes it: RUT as a number, check digit in upper case, days without a time, figures as
 * numbers, percentages whole. What cannot be read, or is no percentage (-0.3, 100.4), stays as it is, for preflight to
 * name.
 */
export function alumnoOf(draft: Draft<Alumno>, rules: BodyRules): Draft<Alumno> {
  const rut = rutOf(draft);
  const alumno: Draft<Alumno> = {
    rutAlumno: rut?.numero ?? draft.rutAlumno,
    dvAlumno: rut?.dv ?? draft.dvAlumno,
    tiempoConectividad: figure(draft.tiempoConectividad),
    porcentajeAvance: progress(draft.porcentajeAvance),
    estado: figure(draft.estado),
    fechaInicio: day(draft.fechaInicio),
    fechaFin: day(draft.fechaFin),
    fechaEjecucion: rules.noche,
    evaluacionFinal: figure(draft.evaluacionFinal),
  };
  const { listaModulos } = draft;
  const kept = present(alumno, rules.version === 1 ? V2_FIELDS.alumno : []);
  if (Array.isArray(listaModulos)) kept.listaModulos = listaModulos.map((item) => moduloOf(item, rules));
  return kept;
}

/** The RUT of a draft; null where it has not the form of one. Strict: `13.5` is no RUT 135. */
export function rutOf({ rutAlumno, dvAlumno }: Draft<Alumno>): Rut | null {
  return readRutAlumno(rutAlumno, dvAlumno);
}

function moduloOf(draft: Draft<Modulo>, { version }: BodyRules): Draft<Modulo> {
  const { codigoModulo, listaActividades } = draft;
  const modulo: Draft<Modulo> = {
    codigoModulo: typeof codigoModulo === 'number' ? String(codigoModulo) : codigoModulo,
    tiempoConectividad: figure(draft.tiempoConectividad),
    porcentajeAvance: progress(draft.porcentajeAvance),
    estado: figure(draft.estado),
    fechaInicio: day(draft.fechaInicio),
    fechaFin: day(draft.fechaFin),
    notaModulo: figure(draft.notaModulo),
    cantActividadSincronica: figure(draft.cantActividadSincronica),
    cantActividadAsincronica: figure(draft.cantActividadAsincronica),
  };
  const kept = present(modulo, version === 1 ? V2_FIELDS.modulo : []);
  if (Array.isArray(listaActividades)) kept.listaActividades = listaActividades.map(actividadOf);
  return kept;
}

function actividadOf(draft: Draft<Actividad>): Draft<Actividad> {
  const { codigoActividad } = draft;
  return {
    codigoActividad:
      typeof codigoActividad === 'string' ? cutCodigoActividad(codigoActividad) : codigoActividad,
  };
}

/** Without fields that have no value, and without those named. */
function present<T extends object>(fields: T, without: readonly string[]): T {
  // One by one: as lists of pairs this was a tenth of what a course of thousands costs.
  const kept: Partial<T> = {};
  for (const name in fields) {
    if (fields[name] !== undefined && !without.includes(name)) kept[name] = fields[name];
  }
  return kept as T;
}

/**
 * Progress of a student or of a module: the only place that rounds it, whatever source it comes from. Whole, half up:
 * 13.5 → 14, 13.49 → 13. [M]
 */
function progress(value: unknown): unknown {
  const read = figure(value);
  return typeof read === 'number' && read >= 0 && read <= 100 ? roundPercentage(read) : read;
}

function figure(value: unknown): unknown {
  return readFigure(value) ?? value;
}

function day(value: unknown): unknown {
  return isFecha(value) ? dayOf(value) : value;
}
