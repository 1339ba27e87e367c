import { isUtf8 } from 'node:buffer';
import { isObject, type JsonObject } from '../judge/values.ts';
import type { Limits } from '../options.ts';
import { Refusal } from './refusal.ts';

/** A call's body as a JSON object, whatever its Content-Type says. What is none is refused and is no process. [A 2] */
export function readBody(body: unknown): JsonObject {
  const value = parse(body);
  if (isObject(value)) return value;
  throw unreadable('other');
}

/** What the sender of a body that is no JSON object is told. */
export function unreadable(kind: 'utf8' | 'broken' | 'other'): Refusal {
  if (kind === 'utf8') return new Refusal(400, 'El cuerpo no está en UTF-8.');
  if (kind === 'broken') return new Refusal(400, 'El cuerpo no es JSON válido.');
  return new Refusal(400, 'El cuerpo debe ser un objeto JSON: { "rutOtec": … }');
}

function parse(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw new Refusal(400, 'El cuerpo está vacío: se espera un objeto JSON.');
  }
  if (!isUtf8(body)) throw unreadable('utf8');
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    // What went wrong is not repeated: the parser's message quotes the body, and so perhaps its token.
    throw unreadable('broken');
  }
}

/** Refuses what no course can be; within the limits a call is judged in well under a second. */
export function requireSize({ listaAlumnos }: JsonObject, limits: Limits): void {
  if (!Array.isArray(listaAlumnos)) return;
  if (listaAlumnos.length > limits.alumnos) {
    throw new Refusal(413, `Demasiados alumnos en una llamada: el máximo es ${limits.alumnos}.`);
  }
  let registros = 0;
  for (const alumno of listaAlumnos) {
    if (isObject(alumno) && Array.isArray(alumno.listaModulos)) registros += alumno.listaModulos.length;
  }
  if (registros > limits.registros) {
    throw new Refusal(
      413,
      `Demasiados módulos en una llamada, sumados sus alumnos: el máximo es ${limits.registros}.`,
    );
  }
}
