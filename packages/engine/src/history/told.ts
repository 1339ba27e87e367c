import type { Looked } from '@puente-sic/client';
import type { Unreadable } from './accepted.ts';

/** What of a history could not be read, or was not given, in words for a person. */
export function toldOf({ skipped, cut }: Pick<Looked, 'skipped' | 'cut'>, unreadable: Unreadable): string[] {
  const { registros, estados, fechas } = unreadable;
  return [
    ...(cut ? [CORTADO] : []),
    ...(skipped > 0 ? [`${many(skipped, 'proceso')} del historial no se pueden leer.`] : []),
    ...(registros > 0
      ? [`${many(registros, 'registro')} con curso, módulo o porcentaje que no se puede leer.`]
      : []),
    ...(estados > 0
      ? [
          `${many(estados, 'registro')} con un estado que no es «aceptado» ni «rechazado»: no se cuentan como ninguno.`,
        ]
      : []),
    ...(fechas > 0 ? [`${many(fechas, 'proceso')} con una fecha que no existe; sus datos sí se leen.`] : []),
  ];
}

export const CORTADO =
  'SENCE entregó su historial cortado: lo que no aparece puede estar registrado de todas maneras.';

function many(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
