import { type Cell, clock, type Grid, notStruck, type Row, strikeOut } from './grid.ts';
import { RowCount } from './row-count.ts';
import { TIME_WORD } from './xlsx/formats.ts';
import { type Parts, partOf } from './xlsx/package.ts';
import { corrupt } from './xlsx/problems.ts';
import { scanXml } from './xlsx/xml.ts';

/** Repeated blank cells fill a row up to here; what stands beyond is no data of ours. */
const MAX_COLUMNS = 1024;

/** Whether an unpacked container is a sheet of LibreOffice or Google («OpenDocument»). */
export function isOds(parts: Parts): boolean {
  const xml = partOf(parts, 'content.xml');
  return xml !== undefined && Buffer.from(xml.subarray(0, 4096)).includes('urn:oasis:names:tc:opendocument');
}

/** Every sheet of an .ods, in order. Throws a SourceError for a bad file. */
export function readOds(parts: Parts, file: string): Grid[] {
  const xml = partOf(parts, 'content.xml');
  if (xml === undefined) throw corrupt(file);
  const reader = new OdsReader(file);
  scanXml(xml, file, {
    open: (name, attributes) => reader.open(name, unprefixed(attributes)),
    text: (text) => reader.text(text),
    close: (name) => reader.close(name),
  });
  return reader.grids;
}

class OdsReader {
  readonly grids: Grid[] = [];
  readonly #file: string;
  readonly #counted: RowCount;
  readonly #hiddenStyles = new Set<string>();
  readonly #struckStyles = new Set<string>();
  #style = '';
  #hiddenColumns = new Set<number>();
  #column = 0;
  #number = 1;
  #row: Row | null = null;
  #repeatRow = 1;
  #cell: OpenCell | null = null;
  #inAnnotation = false;
  /** Down to which row a merged cell reaches, by column. */
  #merged = new Map<number, { cell: Cell; rows: number; struck: string | null }>();

  constructor(file: string) {
    this.#file = file;
    this.#counted = new RowCount(file);
  }

  open(name: string, attributes: Record<string, string>): void {
    switch (name) {
      case 'style':
        this.#style = attributes.name ?? '';
        break;
      case 'table-properties':
        if (attributes.display === 'false') this.#hiddenStyles.add(this.#style);
        break;
      case 'text-properties':
        if (isStruck(attributes)) this.#struckStyles.add(this.#style);
        break;
      case 'table':
        this.#startTable(attributes);
        break;
      case 'table-column':
        this.#columns(attributes);
        break;
      case 'table-row':
        this.#startRow(attributes);
        break;
      case 'table-cell':
      case 'covered-table-cell':
        this.#cell = {
          attributes: { ...attributes, covered: name === 'table-cell' ? '' : '1' },
          paragraphs: [],
          struck: this.#struckStyles.has(attributes['style-name'] ?? ''),
          ...{ kept: '', spans: [] },
        };
        break;
      case 'span':
        this.#cell?.spans.push(this.#struckStyles.has(attributes['style-name'] ?? ''));
        if (this.#cell?.spans.at(-1)) this.#cell.struck = true;
        break;
      case 'annotation':
        this.#inAnnotation = true;
        break;
      case 'p':
        if (!this.#inAnnotation) this.#cell?.paragraphs.push('');
        break;
      case 's':
        this.text(' '.repeat(Math.min(Number(attributes.c ?? 1) || 1, 100)));
        break;
      case 'tab':
        this.text('\t');
        break;
      case 'line-break':
        this.text('\n');
        break;
    }
  }

  text(text: string): void {
    const paragraphs = this.#cell?.paragraphs;
    if (this.#inAnnotation || paragraphs === undefined || paragraphs.length === 0) return;
    paragraphs[paragraphs.length - 1] += text;
    if (this.#cell && !this.#cell.spans.includes(true)) this.#cell.kept += text;
  }

  close(name: string): void {
    if (name === 'annotation') this.#inAnnotation = false;
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#endCell();
    else if (name === 'table-row') this.#endRow();
    else if (name === 'span') this.#cell?.spans.pop();
  }

  #startTable(attributes: Record<string, string>): void {
    this.#hiddenColumns = new Set();
    this.#merged = new Map();
    this.#column = 0;
    this.#number = 1;
    this.grids.push({
      file: this.#file,
      sheet: attributes.name ?? '',
      unit: 'fila',
      rows: [],
      hidden: this.#hiddenStyles.has(attributes['style-name'] ?? ''),
      hiddenColumns: this.#hiddenColumns,
    });
  }

  #columns(attributes: Record<string, string>): void {
    const repeated = Number(attributes['number-columns-repeated'] ?? 1);
    for (let at = 0; at < Math.min(repeated, MAX_COLUMNS); at++, this.#column++)
      if (isHidden(attributes)) this.#hiddenColumns.add(this.#column);
  }

  #startRow(attributes: Record<string, string>): void {
    this.#column = 0;
    this.#repeatRow = Math.max(1, Number(attributes['number-rows-repeated'] ?? 1) || 1);
    this.#row = { number: this.#number, cells: [], ...(isHidden(attributes) && { hidden: true }) };
  }

  #endCell(): void {
    const { attributes, paragraphs, kept, struck: own } = this.#cell ?? NO_CELL;
    this.#cell = null;
    const text = paragraphs.join('\n');
    const { cell, struck } =
      attributes.covered === '1'
        ? this.#above()
        : { cell: cellOf(attributes, own ? notStruck(kept, text) : text), struck: own ? text : null };
    const repeated = Math.max(1, Number(attributes['number-columns-repeated'] ?? 1) || 1);
    const rows = Number(attributes['number-rows-spanned'] ?? 1);
    if (rows > 1 && cell !== null) this.#merged.set(this.#column, { cell, rows: rows - 1, struck });
    if (cell !== null)
      for (let at = 0; at < repeated && this.#column + at < MAX_COLUMNS; at++)
        if (this.#row) {
          this.#row.cells[this.#column + at] = cell;
          if (struck !== null) strikeOut(this.#row, this.#column + at, struck);
        }
    this.#column += repeated;
  }

  /** What a merged area shows stands in each of the rows that it spans. */
  #above(): { cell: Cell; struck: string | null } {
    const merged = this.#merged.get(this.#column);
    if (merged === undefined) return { cell: null, struck: null };
    if (--merged.rows <= 0) this.#merged.delete(this.#column);
    return merged;
  }

  #endRow(): void {
    const row = this.#row;
    const rows = this.grids.at(-1)?.rows;
    if (row === null || rows === undefined) return;
    if (row.cells.length > 0) {
      this.#counted.add(this.#repeatRow);
      for (let at = 0; at < this.#repeatRow; at++) rows.push({ ...row, number: this.#number + at });
    }
    this.#number += this.#repeatRow;
    this.#row = null;
  }
}

interface OpenCell {
  attributes: Record<string, string>;
  paragraphs: string[];
  struck: boolean;
  /** What is not crossed out; which of the spans that are open is. */
  kept: string;
  spans: boolean[];
}

const NO_CELL: OpenCell = { attributes: {}, paragraphs: [], struck: false, kept: '', spans: [] };

/** `text-line-through-style="solid"`; newer programs write its kind as well. */
function isStruck(attributes: Record<string, string>): boolean {
  return ['text-line-through-style', 'text-line-through-type'].some(
    (name) => (attributes[name] ?? 'none') !== 'none',
  );
}

function isHidden(attributes: Record<string, string>): boolean {
  return attributes.visibility === 'collapse' || attributes.visibility === 'filter';
}

function cellOf(attributes: Record<string, string>, text: string): Cell {
  const type = attributes['value-type'];
  const value = Number(attributes.value);
  switch (type) {
    case undefined:
      return text === '' ? null : text;
    case 'percentage':
      return { kind: 'percent', value: Number((value * 100).toPrecision(15)) };
    case 'float':
    case 'currency':
      return numberOf(value, text);
    case 'date': {
      const date = (attributes['date-value'] ?? '').slice(0, 19).replace('T', ' ');
      const numbers = (text.match(/\d+/g) ?? []).map(Number);
      const dayless = text !== '' && !numbers.includes(Number(date.slice(8, 10)));
      return { kind: 'date', text: date.replace(' 00:00:00', ''), ...(dayless && { dayless }) };
    }
    case 'time':
      return durationOf(attributes['time-value'] ?? '', text) ?? text;
    case 'boolean':
      return attributes['boolean-value'] === 'true';
    default:
      return /^#|^Err:/.test(text) && attributes.formula !== undefined ? { kind: 'error', text } : text;
  }
}

/** A whole number is shown with other digits where its format has zeros or signs in it: `0446`; any, with a unit. */
function numberOf(value: number, text: string): Cell {
  if (text === '#N/A' || /^(#|Err:)/.test(text)) return { kind: 'error', text };
  if (TIME_WORD.test(text)) return { kind: 'shown', value, text: text.trim() };
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const shown = Number.isSafeInteger(value) && digits === String(value) && text.trim() !== String(value);
  // `3.600` is how the format of this country groups a number; it is no other code.
  return shown && !/^\d{1,3}([.,\u00a0\u202f ]\d{3})+$/.test(text.trim())
    ? { kind: 'shown', value, text: text.trim() }
    : value;
}

const DAY = 86_400;

/** `PT26H30M00S`; `shown`: how the sheet shows it, from midnight on where its format leaves days out. */
function durationOf(text: string, shown: string): Cell | null {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text) ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined) return null;
  const all = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Math.round(Number(seconds ?? 0));
  const left = clock(all % DAY);
  const leavesOut =
    all >= DAY && left.startsWith(shown.trim().padStart(shown.trim().length > 5 ? 8 : 5, '0'));
  return { kind: 'duration', seconds: all, ...(leavesOut && { shows: left }) };
}

function unprefixed(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name.slice(name.indexOf(':') + 1), value]),
  );
}
