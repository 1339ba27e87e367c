import { readFigure } from '@puente-sic/protocol';
import { figureText } from './decide/reader.ts';
import type { Doubt, Entry } from './entry.ts';

/** A module is a part of its course; so many times its time is no other way of counting, but another unit. */
const AT_MOST = 5;
/** Seconds below which both may be measured apart: nobody has been there for long. */
const SHORT = 3600;

/**
 * Whether the time of a module of a sheet, in seconds, can be a part of that of its course; null: it can, or nothing
 * is known. One cell of minutes among seconds, or of seconds where minutes were answered, is seen nowhere else. API
 * bodies are in the service's own units and stay as they are.
 */
export function impossibleTime({ modulo, moduloPlace }: Entry, courseTime: unknown): Doubt | null {
  const [seconds, course] = [readFigure(modulo?.tiempoConectividad), readFigure(courseTime)];
  if (moduloPlace.columns === undefined || seconds === null || course === null || course <= 0) return null;
  if (seconds <= SHORT || seconds <= AT_MOST * course) return null;
  const column = moduloPlace.columns.tiempoConectividad ?? 'tiempoConectividad';
  return {
    message: `El tiempo del módulo resulta de ${lengthText(seconds)}, y el del curso entero, de ${lengthText(course)}: uno de los dos está en otra unidad.`,
    fix: 'Revise los dos tiempos de esta persona, y escríbalos como HH:MM:SS.',
    place: `${moduloPlace.text}, columna ${column}`,
  };
}

function lengthText(seconds: number): string {
  return `${figureText(seconds)} segundos (${figureText(Math.round(seconds / 360) / 10)} horas)`;
}
