import { isObject, type JsonObject } from '../judge/values.ts';

/** One call of another Gestor: what was sent to it, when, and its whole answer. */
export interface Copiada {
  cuando: Date;
  /** As posted; its token is not needed, and never looked at. */
  cuerpo: JsonObject;
  /** The body of the answer, as text. */
  respuesta: string;
}

/** Why a line of a traffic file cannot be compared; Spanish, for people. */
export class LineaIlegible extends Error {}

/**
 * A line of a traffic file: `{"cuando":"2026-11-22T22:31:07-03:00","cuerpo":{…},"respuesta":"…"}`. Body and answer may
 * be JSON or text that holds JSON.
 * @throws LineaIlegible with what is wrong with it. It never quotes the line, which may hold a token.
 */
export function readCopiada(line: string): Copiada {
  const read = parse(line);
  if (!isObject(read)) throw new LineaIlegible('no es un objeto JSON');
  const cuando = typeof read.cuando === 'string' && ZONED.test(read.cuando) ? new Date(read.cuando) : null;
  if (cuando === null || Number.isNaN(cuando.getTime()))
    throw new LineaIlegible('«cuando» no es un instante con su zona, como 2026-11-22T22:31:07-03:00');
  const cuerpo = typeof read.cuerpo === 'string' ? parse(read.cuerpo) : read.cuerpo;
  if (!isObject(cuerpo)) throw new LineaIlegible('«cuerpo» no es el cuerpo de un envío');
  if (read.respuesta === undefined || read.respuesta === null) throw new LineaIlegible('falta «respuesta»');
  const { respuesta } = read;
  return { cuando, cuerpo, respuesta: typeof respuesta === 'string' ? respuesta : JSON.stringify(respuesta) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
