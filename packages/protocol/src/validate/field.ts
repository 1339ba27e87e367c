import type { Codigo } from '../catalogue.ts';
import { dayOf, isFecha } from '../dates.ts';
import { readFigure } from '../figures.ts';
import { type JsonObject, own } from '../json.ts';
import { joinPath } from '../path.ts';
import type { Report } from './report.ts';
import { show } from './show.ts';

/** An object of the body while it is read, and how a sentence names it: `el alumno 11222333-K`. */
export interface Part {
  value: JsonObject;
  path: string;
  name: string;
  report: Report;
}

/** Path of a field, or of the object that lacks it: a reported path always exists. */
export function pathOf({ value, path }: Pick<Part, 'value' | 'path'>, field: string): string {
  return Object.hasOwn(value, field) ? joinPath(path, field) : path;
}

/** A figure that the service checks: numeric, not negative, and a percentage at most 100. [S, I, A 5] */
export function checkFigure(
  part: Part,
  field: string,
  code: Codigo,
  { required = true, kind }: { required?: boolean; kind: 'segundos' | 'porcentaje' | 'nota' | 'cantidad' },
): void {
  const value = own(part.value, field);
  if (value === undefined && !required) return;
  const figure = readFigure(value);
  const percentage = kind === 'porcentaje' || kind === 'nota';
  const problem =
    figure === null
      ? unreadable(value)
      : figure < 0
        ? `es negativo (${show(value)})`
        : percentage && figure > 100
          ? `es mayor que 100 (${show(value)})`
          : null;
  if (problem) {
    const message = `En ${part.name}, ${field} ${problem}; el servicio lo rechaza con el código ${code}.`;
    part.report.error(code, pathOf(part, field), message, FIXES[kind](field, required));
  } else if (figure !== null && kind === 'porcentaje' && !Number.isInteger(figure)) {
    part.report.warn(
      code,
      pathOf(part, field),
      `En ${part.name}, ${field} lleva decimales (${show(value)}) y el instructivo pide un número entero.`,
      'Redondee como el manual de SENCE: 13,5 sube a 14 y 13,49 baja a 13.',
    );
  }
}

/** A date that the service requires. [S] */
export function checkDate(part: Part, field: 'fechaInicio' | 'fechaFin', code: Codigo): void {
  const value = own(part.value, field);
  if (isFecha(value)) return;
  const problem = value === undefined ? 'no viene' : `no es una fecha válida (${show(value)})`;
  part.report.error(
    code,
    pathOf(part, field),
    `En ${part.name}, ${field} ${problem}; el servicio lo rechaza con el código ${code}.`,
    'Escriba una fecha que exista, con año, mes y día: 2026-08-31 (o 2026-08-31 23:59:00).',
  );
}

/** fechaFin before fechaInicio: seen to be accepted, and never meant. [I, A 5] */
export function checkOrder(part: Part): void {
  const inicio = own(part.value, 'fechaInicio');
  const fin = own(part.value, 'fechaFin');
  if (!isFecha(inicio) || !isFecha(fin) || !isBefore(fin, inicio)) return;
  part.report.warn(
    '027',
    pathOf(part, 'fechaFin'),
    `En ${part.name}, fechaFin (${fin}) es anterior a fechaInicio (${inicio}); el servicio lo acepta, pero el instructivo pide lo contrario.`,
    'Revise ambas fechas: probablemente están cambiadas.',
  );
}

/** Anything but 1, 2 or 3 counts as 1. [A 5] */
export function checkEstado(part: Part): void {
  const value = own(part.value, 'estado');
  const figure = readFigure(value);
  if (value === undefined || figure === 1 || figure === 2 || figure === 3) return;
  part.report.warn(
    null,
    pathOf(part, 'estado'),
    `En ${part.name}, estado es ${show(value)}, que no existe; el servicio lo tomará como 1 (cursando).`,
    'Use 1 (cursando), 2 (aprobado) o 3 (reprobado).',
  );
}

function isBefore(one: string, other: string): boolean {
  return one.length === other.length ? one < other : dayOf(one) < dayOf(other);
}

function unreadable(value: unknown): string {
  if (value === undefined) return 'no viene';
  if (value === null) return 'viene nulo (null)';
  if (typeof value === 'number') return 'no es un número que se pueda usar';
  if (typeof value === 'string' && value.trim() === '') return 'viene vacío';
  if (typeof value === 'string' && /^\s*-?\d+,\d+\s*$/.test(value))
    return `lleva coma decimal (${show(value)})`;
  return `no es un número (${show(value)})`;
}

const leaveOut = (field: string, required: boolean): string =>
  required ? '' : ` Si no tiene el dato, no incluya ${field}.`;

const FIXES = {
  segundos: () => 'Escriba los segundos de conexión como número, de 0 en adelante. Sin conexión es 0.',
  porcentaje: () => 'Escriba el avance como número entero de 0 a 100, sin el signo %.',
  nota: (field: string, required: boolean) =>
    `Escriba la nota en escala de 0 a 100, con punto si lleva decimales (no de 1,0 a 7,0).${leaveOut(field, required)}`,
  cantidad: (field: string, required: boolean) =>
    `Escriba la cantidad de actividades como número, de 0 en adelante.${leaveOut(field, required)}`,
};
