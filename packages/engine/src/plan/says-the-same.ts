import { dayOf, isFecha, readFigure } from '@puente-sic/protocol';
import type { Aceptado } from '../ledger/aceptados.ts';
import type { SealedCandidate } from './candidates.ts';
import type { SealedRegistro } from './registro.ts';

/**
 * Whether a record says what SENCE accepted of it. What is known from the history alone, which does not tell all that
 * was sent, is compared by what it tells: figures of module and student to its five decimals, dates to the day. What it
 * leaves out, or tells so that it cannot be read, says nothing against it. [I]
 */
export function saysTheSame(
  last: Aceptado,
  { alumno }: Pick<SealedCandidate, 'alumno'>,
  { huella, modulo }: SealedRegistro,
): boolean {
  if (last.huella !== null) return last.huella === huella;
  const dates = [alumno.fechaInicio, alumno.fechaFin, modulo.fechaInicio, modulo.fechaFin];
  const told = last.fechas?.split('|') ?? [];
  return (
    isEqual(last.porcentajeAvance, modulo.porcentajeAvance) &&
    isEqual(last.tiempoConectividad, modulo.tiempoConectividad) &&
    isEqual(last.estado, modulo.estado ?? 1) &&
    isEqual(last.avanceAlumno, alumno.porcentajeAvance) &&
    isEqual(last.estadoAlumno, alumno.estado ?? 1) &&
    dates.every((date, at) => isSameDay(told[at], date))
  );
}

function isEqual(had: number | null, now: unknown): boolean {
  const figure = readFigure(now);
  return had === null || (figure !== null && Math.abs(had - figure) < 1e-5);
}

function isSameDay(had: string | undefined, now: unknown): boolean {
  if (!isFecha(had)) return true;
  return isFecha(now) && dayOf(now) === dayOf(had);
}
