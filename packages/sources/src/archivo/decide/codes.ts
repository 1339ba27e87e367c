import { showInvisible, withoutInvisible } from '@puente-sic/protocol';
import type { Doubt } from '../entry.ts';
import { type Cell, cellText } from '../grid.ts';
import type { Read, Tell } from './reader.ts';

/** Excel keeps so many digits of a number; the rest become zeros. */
const DIGITS_KEPT = 15;

/**
 * A code, as text and as its sheet shows it. What has one meaning is cleaned and told (invisible characters, other
 * dashes, blanks that are none); what a program has spoilt on the way (`2,02601E+14`, digits beyond the fifteenth) is
 * held back.
 */
export function readCodeCell(cell: Cell, header: string, tell: Tell): Read {
  const text = cellText(cell);
  const spoilt = spoiltBy(cell, text);
  if (spoilt !== null) return { value: text, doubt: doubtOf(text, header, spoilt) };
  const seen = withoutInvisible(text);
  const clean = seen
    .replace(/\s+/g, ' ')
    .replace(/[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g, '-')
    .replace(/^'+/, '')
    .trim();
  if (seen !== text) tell('invisible', showInvisible(text), clean);
  else if (clean !== text.trim()) tell('signs', text, clean);
  return { value: clean };
}

const MONTH = '(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|dec)[a-z]*';
/** What Excel makes of a code such as `5-10`, and how it writes it into a CSV. */
const DATE = new RegExp(
  `^(?:\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}|\\d{4}[-/.]\\d\\d[-/.]\\d\\d|\\d{1,2}[-/ ]${MONTH}\\.?(?:[-/ ]\\d{2,4})?|${MONTH}[-/ ]\\d{2,4})(?: [\\d:]+)?$`,
  'i',
);

function spoiltBy(cell: Cell, text: string): string | null {
  const kind = typeof cell === 'object' ? cell?.kind : undefined;
  if (kind === 'date' || kind === 'duration' || kind === 'percent' || isDate(text))
    return 'es una fecha o un número con formato: la hoja de cálculo cambió lo que estaba escrito';
  if (/^\d+[.,]0+$/.test(text))
    return 'trae decimales: un programa lo tomó por un número, y pudo perder ceros';
  if (text.includes('\uFFFD')) return 'tiene un carácter que se perdió al guardar el archivo';
  if (/^\d([.,]\d+)?E\+\d{1,3}$/i.test(text))
    return 'está en notación científica: el número entero se perdió';
  const digits = typeof cell === 'number' && Number.isInteger(cell) ? BigInt(cell).toString() : text;
  const significant = /^0*([1-9]\d*)$/.exec(digits)?.[1] ?? '';
  if (significant.length <= DIGITS_KEPT) return null;
  const cut = typeof cell !== 'string' || /^0+$/.test(significant.slice(DIGITS_KEPT));
  return cut ? 'tiene más de 15 cifras, y las hojas de cálculo cambian por ceros las que siguen' : null;
}

/** `MAR-01` is a code: no program writes a month in capitals. */
function isDate(text: string): boolean {
  return DATE.test(text) && !/[A-Z]{3}/.test(text);
}

function doubtOf(text: string, header: string, why: string): Doubt {
  return {
    message: `El código «${showInvisible(text)}» de la columna «${header}» ${why}.`,
    fix: 'Dé formato de texto a la columna, escriba los códigos de nuevo como están en SIC y guarde el archivo.',
  };
}
