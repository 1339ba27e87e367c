import { dayOf, isFecha, readFigure } from '@puente-sic/protocol';
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

/** What nobody can have spent in a course of a sheet: nothing beside time in its modules, or more than has passed. */
export function impossibleCourseTime(
  entries: readonly Entry[],
  fields: Record<string, unknown>,
  at: Date,
): Doubt[] {
  const [first] = entries;
  const course = readFigure(fields.tiempoConectividad);
  if (first === undefined || first.place.columns === undefined || course === null) return [];
  const place = `${first.place.text}, columna ${first.place.columns.tiempoConectividad ?? 'tiempoConectividad'}`;
  const modules = entries.reduce((sum, { modulo }) => sum + (readFigure(modulo?.tiempoConectividad) ?? 0), 0);
  if (course === 0 && modules >= AS_GOOD_AS_NONE)
    return [
      {
        message: `El tiempo del curso es 0, y en sus módulos hay ${lengthText(modules)}.`,
        fix: 'Corrija el tiempo del curso de esta persona, que incluye el de sus módulos.',
        place,
      },
    ];
  const { fechaInicio } = fields;
  const start = isFecha(fechaInicio) ? Date.parse(`${dayOf(fechaInicio)}T00:00:00Z`) : Number.NaN;
  const passed = (at.getTime() - start) / 1000 + DAY;
  if (!(passed >= 0) || course <= passed) return [];
  return [
    {
      message: `El tiempo del curso resulta de ${lengthText(course)}, que es más de lo que ha pasado desde su inicio (${fechaInicio}).`,
      fix: 'Revise el tiempo y la fecha de inicio de esta persona: el tiempo puede estar en otra unidad.',
      place,
    },
  ];
}

/** Seconds in which nobody does a module. */
const AS_GOOD_AS_NONE = 60;
/** Between the zones of the world, and between midnight and the hour of the course. */
const DAY = 86_400;
