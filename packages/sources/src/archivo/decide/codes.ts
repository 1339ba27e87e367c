import { showInvisible, withoutInvisible } from '@puente-sic/protocol';
import { codeAmongWords, isCodeOfSic, tidyCode } from '../../rules/code-text.ts';
import { inOurLetters, showLookalikes } from '../../rules/lookalikes.ts';
import type { Doubt } from '../entry.ts';
import { type Cell, cellText } from '../grid.ts';

import type { Read, Reader, Tell } from './reader.ts';

/** Excel keeps so many digits of a number; the rest become zeros. */
const DIGITS_KEPT = 15;

/**
 * How a column of codes is read: as text, as its sheet shows it. What has one meaning is cleaned and told (invisible
 * characters, letters of another alphabet, other dashes, thousands, a blank inside a code of SIC); what a program has
 * spoilt on the way (`2,02601E+14`, digits beyond the fifteenth, `PRES1.0`) is held back, but for what another row of
 * the column shows whole. Words around a code are left out where it can only be that one.
 */
export function codeReader(header: string, column: readonly (Cell | undefined)[]): Reader {
  const seen = new Set(column.flatMap((cell) => (cell === undefined ? [] : tidyCode(cellText(cell)))));
  return (cell, tell) => readCode(cell, header, seen, tell);
}

function readCode(cell: Cell, header: string, seen: ReadonlySet<string>, tell: Tell): Read {
  const text = cellText(cell);
  const spoilt = spoiltBy(cell, text);
  if (spoilt !== null) return { value: text, doubt: doubtOf(text, header, spoilt) };
  const clean = tidyCode(text);
  if (withoutInvisible(text) !== text) tell('invisible', showInvisible(text), clean);
  else if (inOurLetters(text) !== text || text.startsWith("'")) tell('codes', showLookalikes(text), clean);
  else if (clean !== text.trim()) tell('signs', text, clean);
  const joined = clean.replace(/ /g, '');
  const among = isCodeOfSic(joined) ? null : codeAmongWords(clean, header);
  if (among?.code === null) return { value: clean, doubt: doubtOf(clean, header, MORE_THAN_A_CODE) };
  if (among !== null) {
    tell('words', clean, among.code);
    return { value: among.code };
  }
  const extra = withoutExtra(clean, seen);
  if (extra === null) return { value: clean };
  if ('doubt' in extra) return { value: clean, doubt: doubtOf(clean, header, extra.doubt) };
  tell('codes', clean, extra.code);
  return { value: extra.code };
}

/** What people and programs add to a code: a blank, thousands, decimals. Null where nothing is added. */
function withoutExtra(code: string, seen: ReadonlySet<string>): { code: string } | { doubt: string } | null {
  const joined = code.replace(/ /g, '');
  if (joined !== code && (isCodeOfSic(joined) || seen.has(joined))) return { code: joined };
  const whole = /^(.*[A-Z].*)[.,]0+$/i.exec(code)?.[1];
  if (whole !== undefined) return seen.has(whole) ? { code: whole } : { doubt: DECIMALS };
  if (!/^[1-9]\d{0,2}(?:([., '’])\d{3})(?:\1\d{3})*$/.test(code)) return null;
  const digits = code.replace(/\D/g, '');
  const zeros = [...seen].find(
    (other) => other !== digits && /^0+/.test(other) && Number(other) === Number(digits),
  );
  if (zeros !== undefined)
    return { doubt: `es un número con miles, y otra fila trae «${zeros}»: pudo perder ceros` };
  const groups = code.length - digits.length;
  return groups > 1 || seen.has(digits) ? { code: digits } : { doubt: THOUSANDS };
}

const MORE_THAN_A_CODE = 'trae más que un código: no se sabe cuál es, o si lo demás es parte de él';
const DECIMALS = 'termina como un número con decimales: un programa se los agregó';
const THOUSANDS = 'es un número con punto o coma: no se sabe si es de miles o de decimales';

const MONTH = '(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|dec)[a-z]*';
/** What Excel makes of a code such as `5-10`, and how it writes it into a CSV. */
const DATE = new RegExp(
  `^(?:\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}|\\d{4}[-/.]\\d\\d[-/.]\\d\\d|\\d{1,2}[-/ ]${MONTH}\\.?(?:[-/ ]\\d{2,4})?|${MONTH}[-/ ]\\d{2,4})(?: [\\d:]+)?$`,
  'i',
);

function spoiltBy(cell: Cell, text: string): string | null {
  if (typeof cell === 'boolean' || /^(verdadero|falso|true|false)$/i.test(text))
    return 'es un verdadero o falso: un programa cambió lo que estaba escrito';
  const kind = typeof cell === 'object' ? cell?.kind : undefined;
  if (kind === 'date' || kind === 'duration' || kind === 'percent' || isDate(text))
    return 'es una fecha o un número con formato: la hoja de cálculo cambió lo que estaba escrito';
  if (/^\d+[.,]0+$/.test(text))
    return 'trae decimales: un programa lo tomó por un número, y pudo perder ceros';
  const foreign = /[^\p{Script=Latin}\P{L}]/u.exec(tidyCode(text))?.[0];
  if (foreign !== undefined) return `tiene una letra de otro alfabeto («${foreign}»)`;
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
