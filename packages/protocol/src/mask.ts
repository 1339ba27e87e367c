import { checkDigit } from './rut.ts';

/**
 * A text without RUTs, tokens and passwords: for logs, error traces and whatever strangers may read. A RUT is known by
 * its check digit (right, or behind a hyphen where one of a person would stand) or by the word before it; codes of SIC
 * (`CAP-26-01-13-0446-1`, `C46982-O14-M1`, `P-20261122-7KQ4M2XW9TBD`) stay whole.
 */
export function mask(text: string): string {
  return text
    .replace(TOKEN, '‹token›')
    .replace(API_KEY, '‹clave›')
    .replace(QUERY, '$1?…')
    .replace(FIELD, '$1‹clave›')
    .replace(LOGIN, '$1‹clave›@')
    .replace(LABELLED, '$1‹rut›')
    .replace(CODE_OR_RUT, (found, code: string | undefined, body: string, hyphen: string, dv: string) =>
      code === undefined && isRut(body, hyphen, dv) ? '‹rut›' : found,
    );
}

/** Groups of 8, 4, 4, 4 and 12: SENCE's token, and any UUID. */
const TOKEN = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** Of puente's own API. */
const API_KEY = /\bpuente_[\w-]{20,}/g;
/** What an address asks for may name anybody. */
const QUERY = /(\bhttps?:\/\/[^\s?"'<>]+)\?[^\s"'<>)]*/gi;
/** `token=…` of a form, `Bearer …` of a header. */
const FIELD = /(\b\w*(?:token|clave|password|secret)=|\bBearer\s+)[^\s&"'‹]+/gi;
/** `mariadb://user:password@server` */
const LOGIN = /(:\/\/[^\s/:@"']*:)[^\s/@"']+@/g;

const BODY = String.raw`(?:\d{1,3}(?:\.\d{3}){1,2}|0*\d{6,9})`;
const HYPHEN = String.raw` ?[-\u2010-\u2015\u2212] ?`;
const END = String.raw`(?![\p{L}\d]|\.\d)`;
const LABELLED = new RegExp(
  String.raw`((?<![\p{L}\d])(?:ru[nt]|c[eé]dula|alumno)\w*["']?(?:\s*[:=]?\s*|-)["']?)${BODY}(?:(?:${HYPHEN})?[\dk])?${END}`,
  'giu',
);
/** First what is a code from its first letter to its end (`PRES028008000521` too), so that no part of it is taken for a RUT. */
const CODE_OR_RUT = new RegExp(
  String.raw`((?<![\p{L}\d])(?:[A-Z][A-Z\d]*(?:-[A-Z\d]+)+|[A-Z]{2,}\d{10,})${END})|(?<![\d.])(${BODY})(${HYPHEN})?([\dkK])${END}`,
  'gu',
);

function isRut(body: string, hyphen: string | undefined, dv: string): boolean {
  const numero = Number(body.replaceAll('.', ''));
  if (numero > 0 && checkDigit(numero) === dv.toUpperCase()) {
    // Seven or eight digits that run on into the check digit; fewer are any number.
    return hyphen !== undefined || numero >= 1_000_000;
  }
  // A person who mistyped the check digit is a person.
  return hyphen?.length === 1 && numero >= 1_000_000;
}
