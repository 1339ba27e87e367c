import { cellText, type Row } from './grid.ts';

/** What codes of SIC were seen to look like, within a text: `PRES028008000001`, `CAP-26-01-13-0446-1`. [S, I, O] */
const CODE =
  /(?<![\p{L}\p{N}-])(?:[A-Z]{2,6}\d{9,}|[A-Z]{2,4}(?:-\d+){3,}(?:-[A-Z0-9]+)?)(?![\p{L}\p{N}-])/giu;
/** After these a code is another thing's. */
const OF_OTHERS =
  /(?<!\p{L})(?:secci[oó]n|grupo|m[oó]dulo|orden(?:\s+de\s+compra)?|o\.?c\.?|folio|licitaci[oó]n|contrato|factura|registro)\s*(?:n[°ºo]?\.?)?\s*[:#-]?\s*$/iu;

/** Codes in a text that may be those of the course that stands below it, in capitals. */
export function courseCodesIn(text: string): string[] {
  const found = [...text.matchAll(CODE)].flatMap(({ 0: code, index }) =>
    OF_OTHERS.test(text.slice(0, index)) ? [] : code.toUpperCase(),
  );
  return [...new Set(found)];
}

/** What a line calls the group of the course that stands below it: `Grupo: CAP-26-01-05-0787-2`. */
const GROUP = new RegExp(
  String.raw`(?<!\p{L})(?:secci[oó]n|grupo)\s*(?:n[°ºo]?\.?)?\s*[:#-]?\s*(${CODE.source})`,
  'giu',
);
/** What closes the block above it says nothing of the one below. */
const CLOSING = /^\s*(?:(?:sub)?total|promedio|fin|suma)(?!\p{L})/iu;

/** Codes that a line says are those of a group, in capitals. */
export function groupCodesIn(text: string): string[] {
  if (CLOSING.test(text)) return [];
  return [...new Set([...text.matchAll(GROUP)].flatMap(([, code]) => code?.toUpperCase() ?? []))];
}

/** Whether a row says something of the table below it. */
export function isTitle(row: Row): boolean {
  const [text, ...others] = row.cells.map(cellText).filter((each) => each !== '');
  return text !== undefined && others.length === 0 && courseCodesIn(text).length > 0 && !/\d\s*%/.test(text);
}
