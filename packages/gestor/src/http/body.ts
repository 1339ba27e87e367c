import { isUtf8 } from 'node:buffer';
import { isObject, type JsonObject } from '../judge/values.ts';
import type { Limits } from '../options.ts';
import type { Steps } from '../steps.ts';
import type { JsonScan } from './json-scan.ts';
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

/** Bytes of a body from which on it is parsed, judged and answered in slices. */
export const LONG_BODY = 256 * 1024;

/**
 * Reads a long body that was scanned on its way in, some students at a time.
 * @param step bytes of students in one step.
 * @throws Refusal (400) as {@link readBody} does.
 */
export function* readLongBody(body: Buffer, scan: JsonScan, step = LONG_BODY / 4): Steps<JsonObject> {
  if (!isUtf8(body)) throw unreadable('utf8');
  const kind = scan.finish();
  if (kind !== 'object') throw unreadable(kind);
  const { items } = scan;
  const [first, last] = [items[0], items.at(-1)];
  if (scan.lists !== 1 || first === undefined || last === undefined) return readBody(body);
  const text = body.subarray(byteOrderMark(body));
  const envio = JSON.parse(`${text.toString('utf8', 0, first)}${text.toString('utf8', last)}`);
  for (let at = 0; at < items.length; ) {
    const from = items[at];
    while (at < items.length && (items[at + 1] ?? 0) - (from ?? 0) < step) at += 2;
    if (items[at] === from) at += 2;
    for (const alumno of JSON.parse(`[${text.toString('utf8', from, items[at - 1])}]`))
      envio.listaAlumnos.push(alumno);
    yield;
  }
  return envio;
}

/** How long the mark at the beginning of a body is, which is left aside. */
export function byteOrderMark(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
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
