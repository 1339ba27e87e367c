import type { Cell } from '../grid.ts';
import type { Parts } from './package.ts';
import { scanXml } from './xml.ts';

/** What a cell's number means by its format. */
export type Meaning = 'number' | 'percent' | 'date' | 'duration';

const SECONDS_PER_DAY = 86_400;
/** Excel counts days from here; its 29-02-1900 that never was matters only before March 1900. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** Meaning of each cell style (`s` of a cell) of a workbook. */
export function readMeanings(parts: Parts, part: string | undefined, file: string): Meaning[] {
  const codes = new Map<string, string>();
  const meanings: Meaning[] = [];
  const xml = part === undefined ? undefined : parts[part];
  if (xml === undefined) return meanings;
  let inCellXfs = false;
  scanXml(xml, file, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellXfs = true;
      else if (name === 'xf' && inCellXfs) meanings.push(meaningOf(attributes.numFmtId ?? '0', codes));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellXfs = false;
    },
  });
  return meanings;
}

/** A number of a sheet as what its format says it is. */
export function typedNumber(value: number, meaning: Meaning, date1904: boolean): Cell {
  switch (meaning) {
    case 'percent':
      // 0.57 × 100 is 56.99999999999999: the sheet shows no more than 15 digits.
      return { kind: 'percent', value: Number((value * 100).toPrecision(15)) };
    case 'date':
      return { kind: 'date', text: serialText(value, date1904) };
    case 'duration':
      return { kind: 'duration', seconds: Math.round(value * SECONDS_PER_DAY) };
    default:
      return value;
  }
}

/** An Excel serial as the date that the sheet shows; with the time of day unless it is midnight. */
export function serialText(serial: number, date1904 = false): string {
  const instant = new Date(
    (date1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(serial * SECONDS_PER_DAY) * 1000,
  );
  if (Number.isNaN(instant.getTime())) return String(serial);
  const [day = '', time = ''] = instant.toISOString().slice(0, 19).split('T');
  return time === '00:00:00' ? day : `${day} ${time}`;
}

function meaningOf(id: string, codes: Map<string, string>): Meaning {
  const code = codes.get(id);
  return code === undefined ? builtIn(Number(id)) : meaningOfCode(code);
}

/** Formats that a workbook names by number only (ECMA-376, 18.8.30). */
function builtIn(id: number): Meaning {
  if (id === 9 || id === 10) return 'percent';
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'duration';
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return 'number';
}

/** By the letters of the first section, without quoted text, escapes, colours and currencies. */
export function meaningOfCode(code: string): Meaning {
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';', 1)[0]
    ?.toLowerCase();
  if (letters === undefined || letters === 'general') return 'number';
  if (letters.includes('%')) return 'percent';
  if (/[yd]/.test(letters)) return 'date';
  if (/[hs]/.test(letters)) return 'duration';
  if (/\[m+\]/.test(letters)) return 'duration';
  return letters.includes('m') ? 'date' : 'number';
}
