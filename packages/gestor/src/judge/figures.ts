import { readFigure } from '@puente-sic/protocol';
import { isFecha } from './fechas.ts';

/** A number that is not negative. */
export function isCount(value: unknown): boolean {
  const figure = readFigure(value);
  return figure !== null && figure >= 0;
}

/** Left out, or a number that is not negative: null is refused. [A 5] */
export function isOptionalCount(value: unknown): boolean {
  return value === undefined || isCount(value);
}

/** A number from 0 to the highest that is taken (100). */
export function isPercentage(value: unknown, maximum: number): boolean {
  const figure = readFigure(value);
  return figure !== null && figure >= 0 && figure <= maximum;
}

export function isOptionalPercentage(value: unknown, maximum: number): boolean {
  return value === undefined || isPercentage(value, maximum);
}

/** Whether both dates can be read and the second comes before the first. */
export function isReversed(fechaInicio: unknown, fechaFin: unknown): boolean {
  return isFecha(fechaInicio) && isFecha(fechaFin) && comparable(fechaFin) < comparable(fechaInicio);
}

/** Whether a readable date lies outside two readable dates, both days included. */
export function isOutside(fecha: unknown, fechaInicio: unknown, fechaFin: unknown): boolean {
  if (!isFecha(fecha)) return false;
  const day = fecha.slice(0, 10);
  return (
    (isFecha(fechaInicio) && day < fechaInicio.slice(0, 10)) ||
    (isFecha(fechaFin) && day > fechaFin.slice(0, 10))
  );
}

/** Text order is time order once both have a time of day. */
function comparable(fecha: string): string {
  return fecha.length === 10 ? `${fecha} 00:00:00` : fecha;
}
