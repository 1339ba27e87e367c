import type { Alumno, Draft, Estado, Modulo } from '@puente-sic/protocol';
import type { Judging } from '../source.ts';
import type { Dates } from './dates.ts';
import type { Identity } from './identity.ts';
import type { Mark } from './marks.ts';
import type { Progress } from './progress.ts';
import type { JudgingRules } from './settings.ts';

/** What the rules found of a student in a course, or in one module of it. */
export interface Figures {
  progress: Progress;
  /** Seconds; null: nobody knows. */
  seconds: number | null;
  mark: Mark | null;
  estado: Estado;
}

/** What everybody has in common of a module: made once, for thousands of students. */
export type ModuleFields = Pick<
  Modulo,
  'codigoModulo' | 'listaActividades' | 'cantActividadSincronica' | 'cantActividadAsincronica'
>;

/** A student as the API wants it. Field by field and without spreads: sites have tens of thousands of these. */
export function alumnoOf(
  { seconds, estado, progress, mark }: Figures,
  identity: Identity,
  dates: Dates,
  listaModulos: Draft<Modulo>[],
): Draft<Alumno> {
  const alumno: Draft<Alumno> = rutFields(identity);
  if (seconds !== null) alumno.tiempoConectividad = seconds;
  alumno.estado = estado;
  alumno.porcentajeAvance = progress.porcentajeAvance;
  if (dates.fechaInicio !== undefined) alumno.fechaInicio = dates.fechaInicio;
  if (dates.fechaFin !== undefined) alumno.fechaFin = dates.fechaFin;
  if (mark) alumno.evaluacionFinal = mark.sent;
  alumno.listaModulos = listaModulos;
  return alumno;
}

/** One of a student's modules as the API wants it. */
export function moduloOf(
  { seconds, progress, estado, mark }: Figures,
  dates: Dates,
  fields: ModuleFields,
): Draft<Modulo> {
  const modulo: Draft<Modulo> = { codigoModulo: fields.codigoModulo };
  if (seconds !== null) modulo.tiempoConectividad = seconds;
  modulo.porcentajeAvance = progress.porcentajeAvance;
  modulo.estado = estado;
  if (dates.fechaInicio !== undefined) modulo.fechaInicio = dates.fechaInicio;
  if (dates.fechaFin !== undefined) modulo.fechaFin = dates.fechaFin;
  if (mark) modulo.notaModulo = mark.sent;
  modulo.cantActividadSincronica = fields.cantActividadSincronica;
  modulo.cantActividadAsincronica = fields.cantActividadAsincronica;
  modulo.listaActividades = fields.listaActividades;
  return modulo;
}

/** How the figures were judged, for the screen. */
export function judgingOf({
  avanceAprobacion,
  notaAprobacion,
  minutosEntreClics,
  exigencia,
}: JudgingRules): Judging {
  return { avanceAprobacion, notaAprobacion, minutosEntreClics, exigencia: exigencia ?? null };
}

/** A RUT that cannot be read goes as it is written: saying what is wrong with it is preflight's. */
function rutFields({ rut, faulty }: Identity): Draft<Alumno> {
  if (rut) return { rutAlumno: rut.numero, dvAlumno: rut.dv };
  const parts = /^(.*)-(.*)$/.exec(faulty?.trim() ?? '');
  if (parts) return { rutAlumno: numberOr(parts[1] ?? ''), dvAlumno: parts[2] ?? '' };
  return faulty === null ? {} : { rutAlumno: faulty.trim() };
}

function numberOr(text: string): number | string {
  const bare = text.replace(/[.\s]/g, '');
  return /^\d{1,9}$/.test(bare) ? Number(bare) : text;
}
