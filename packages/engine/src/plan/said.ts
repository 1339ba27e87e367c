import { type Alumno, type Draft, dayOf, isFecha, type Modulo, readFigure } from '@puente-sic/protocol';
import type { Aceptado } from '../ledger/aceptados.ts';

/** What SENCE's history tells of a record, of its student (`alumno`) and of the module. [I] */
export const CAMPOS = [
  'modulo.porcentajeAvance',
  'modulo.tiempoConectividad',
  'modulo.estado',
  'modulo.fechaInicio',
  'modulo.fechaFin',
  'alumno.porcentajeAvance',
  'alumno.tiempoConectividad',
  'alumno.estado',
  'alumno.fechaInicio',
  'alumno.fechaFin',
] as const;
export type Campo = (typeof CAMPOS)[number];

/** Percentages 0–100, times in seconds, days as `YYYY-MM-DD`; null where a side does not tell it. */
export type Said = Readonly<Record<Campo, number | string | null>>;

/**
 * In what two sides contradict each other: figures to the five decimals of the history, dates to the day. What one of
 * them does not tell, or tells so that it cannot be read, says nothing against the other. [I]
 */
export function differing(one: Said, other: Said): Campo[] {
  return CAMPOS.filter((campo) => {
    const [left, right] = [one[campo], other[campo]];
    if (left === null || right === null) return false;
    return typeof left === 'number' && typeof right === 'number'
      ? !(Math.abs(left - right) < FIVE_DECIMALS)
      : left !== right;
  });
}

/** The history keeps five decimals. [I] */
export const FIVE_DECIMALS = 1e-5;

/** @param row with the student's own time where it comes from the history; the ledger does not keep it. */
export function saidOfAceptado(row: Aceptado & { tiempoAlumno?: number | null }): Said {
  const [inicio, fin, inicioModulo, finModulo] = row.fechas?.split('|') ?? [];
  return {
    'modulo.porcentajeAvance': row.porcentajeAvance,
    'modulo.tiempoConectividad': row.tiempoConectividad,
    'modulo.estado': row.estado,
    'modulo.fechaInicio': dayIn(inicioModulo),
    'modulo.fechaFin': dayIn(finModulo),
    'alumno.porcentajeAvance': row.avanceAlumno,
    'alumno.tiempoConectividad': row.tiempoAlumno ?? null,
    'alumno.estado': row.estadoAlumno,
    'alumno.fechaInicio': dayIn(inicio),
    'alumno.fechaFin': dayIn(fin),
  };
}

/** A source tells all of it: what is missing there is not the same as what SENCE has. */
export function saidOfSource(alumno: Draft<Alumno>, modulo: Draft<Modulo>): Said {
  return {
    'modulo.porcentajeAvance': figureOf(modulo.porcentajeAvance),
    'modulo.tiempoConectividad': figureOf(modulo.tiempoConectividad),
    'modulo.estado': figureOf(modulo.estado ?? 1),
    'modulo.fechaInicio': dayOrNone(modulo.fechaInicio),
    'modulo.fechaFin': dayOrNone(modulo.fechaFin),
    'alumno.porcentajeAvance': figureOf(alumno.porcentajeAvance),
    'alumno.tiempoConectividad': figureOf(alumno.tiempoConectividad),
    'alumno.estado': figureOf(alumno.estado ?? 1),
    'alumno.fechaInicio': dayOrNone(alumno.fechaInicio),
    'alumno.fechaFin': dayOrNone(alumno.fechaFin),
  };
}

/** Of what cannot be read: nothing. */
export const UNTOLD: Said = {
  ...{ 'modulo.porcentajeAvance': null, 'modulo.tiempoConectividad': null, 'modulo.estado': null },
  ...{ 'modulo.fechaInicio': null, 'modulo.fechaFin': null },
  ...{ 'alumno.porcentajeAvance': null, 'alumno.tiempoConectividad': null, 'alumno.estado': null },
  ...{ 'alumno.fechaInicio': null, 'alumno.fechaFin': null },
};

function dayIn(text: string | undefined): string | null {
  return isFecha(text) ? dayOf(text) : null;
}

function dayOrNone(value: unknown): string {
  return isFecha(value) ? dayOf(value) : '';
}

function figureOf(value: unknown): number | string {
  return readFigure(value) ?? '';
}
