import type { MarkScale, ProgressScale, TimeUnit } from './decide/scales.ts';

/** A header that says something besides its name: `Tiempo (min)`, `Tiempo en horas`, `Nota módulo (1 a 7)`. */
export interface Qualified {
  /** The name alone. */
  bare: string;
  /** What else it says. */
  said: string;
}

/** What a header says of its column's figures, as an answer about that column would. */
export type Statement = TimeUnit | ProgressScale | MarkScale;

/** A way to say more than a name. `of`: the names that it is said of; asked first, since nearly no cell is one. */
interface Pattern {
  said: RegExp;
  of?: RegExp;
}

const BRACKET: Pattern = { said: /\s*[([]\s*([^()[\]]*?)\s*[)\]]/u };
const IN_UNIT: Pattern = { said: /\s+en\s+(\p{L}+)\.?(?=\s|$)/u };
/** `Minutos de conexión`, `Hrs conexión`; minutes or hours alone may be those that a course lasts. */
const UNIT_FIRST: Pattern = {
  said: /^\s*(minutos|mins?|horas|hrs?|segundos|segs?)\.?\s+(?=(?:de\s+)?(?:conect|conexi))/iu,
};
const UNIT_LAST: Pattern = { said: /\s+(minutos|mins?|horas|hrs?|segundos|segs?)\.?\s*$/iu };
/** `RUT sin puntos y con guión`. */
const RUT_WRITTEN: Pattern = { of: /^\s*ru[tn]\b/iu, said: /\s+((?:con|sin)\s.*)$/iu };
/** `Avance total`, `% Avance real módulo`: of all that was done up to now. */
const OF_ALL: Pattern = {
  of: /^\s*(?:avance|progreso|tiempo|porcentaje|%)/iu,
  said: /\s+(total|real|actual|acumulado|a\s+la\s+fecha)(?=\s|$)/iu,
};
/** `Cód. módulo SENCE`. */
const OF_CODE: Pattern = { of: /^\s*c[oó]d(?:igo)?(?!\p{L})/iu, said: /\s+(sic|sence)\s*$/iu };
const PATTERNS = [BRACKET, IN_UNIT, UNIT_FIRST, UNIT_LAST, RUT_WRITTEN, OF_ALL, OF_CODE];

/** Longer than any name of a column: the patterns above take the square of it, and it is whatever stands in a file. */
const MAX_LENGTH = 200;

/** The header without what it says besides its name; null where it is a name alone. */
export function qualifiedHeader(header: string): Qualified | null {
  if (header.length > MAX_LENGTH) return null;
  for (const pattern of PATTERNS) {
    if (pattern.of && !pattern.of.test(header)) continue;
    const match = pattern.said.exec(header);
    if (match?.[1] === undefined) continue;
    return { bare: header.replace(pattern.said, pattern === UNIT_FIRST ? 'tiempo ' : ' '), said: match[1] };
  }
  return null;
}

const UNITS: readonly [RegExp, TimeUnit][] = [
  [/^(ms|mseg|milisegundos?)\.?$/i, 'milisegundos'],
  [/^(s|seg|segs|segundos?)\.?$/i, 'segundos'],
  [/^(mins?|minutos?)\.?$/i, 'minutos'],
  [/^(h|hrs?|horas?)\.?$/i, 'horas'],
  [/^(d[ií]as?)\.?$/i, 'dias'],
];
const CLOCK = /^(?:\[?hh?\]?:mm(?::ss)?|dd?:hh?:mm(?::ss)?)$/i;
const SCALE = /^(?:escala\s+)?(?:de\s+)?(\d+)(?:[.,]0)?\s*(?:al?|-|–|—)\s*(\d+)(?:[.,]0)?$/i;
const OF_RUT =
  /^(?:(?:y\s+)?(?:(?:con|sin)\s+)?(?:dv|gui[oó]n|puntos?|d[ií]gito(?:\s+verificador)?)[\s,]*)+$/i;
const OF_DATE = /^(?:(?:aaaa|yyyy)([-/.])mm\1dd|dd([-/.])mm\2(?:aaaa|yyyy))$/i;

/**
 * What the words beside a name say of the column of that field. Null: nothing that its figures depend on (how its
 * values are written); undefined: they are not understood, so that it may be another column (`Avance (esperado)`).
 */
export function statementOf(field: string, said: string): Statement | null | undefined {
  const text = said.trim();
  if (/^(total|real|actual|acumulado|a\s+la\s+fecha)$/i.test(text)) return null;
  switch (field) {
    case 'tiempoConectividad':
      return unitOf(text) ?? (CLOCK.test(text) ? null : undefined);
    case 'porcentajeAvance':
      return scaleOf(text, ['0-1']);
    case 'evaluacionFinal':
    case 'notaModulo':
      return scaleOf(text, ['1-7', '10-70', '0-10', '0-1']);
    case 'rutAlumno':
      return OF_RUT.test(text) ? null : undefined;
    case 'fechaInicio':
    case 'fechaFin':
      return OF_DATE.test(text) ? null : undefined;
    case 'codigoOferta':
    case 'codigoGrupo':
    case 'codigoModulo':
      return /^(sic|sence)$/i.test(text) ? null : undefined;
    default:
      return undefined;
  }
}

export function unitOf(text: string): TimeUnit | undefined {
  return UNITS.find(([words]) => words.test(text))?.[1];
}

/** `0-100` is what a column is in where it says nothing: it settles no doubt. */
function scaleOf<T extends Statement>(text: string, scales: readonly T[]): T | null | undefined {
  if (/^(%|porcentaje)$/i.test(text)) return null;
  const [, from, to] = SCALE.exec(text) ?? [];
  const scale = `${from}-${to}`;
  return scale === '0-100' ? null : scales.find((each) => each === scale);
}
