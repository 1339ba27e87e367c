import { Temporal } from '@js-temporal/polyfill';
import { rawWorkbook } from '../../archivo/workbooks.ts';
import { csvOf } from '../aula.ts';
import type { Kind, Site, SiteTable, Value } from './site.ts';

/** `2026-10-06 10:00:00`, the wall clock's in Santiago. */
export function wallClock(moment: number): string {
  const at = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO('America/Santiago');
  return at.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
}

/** As people and exports write it into a CSV. */
export function csvText({ columns, rows }: SiteTable, naive: boolean): string {
  const cell = (value: Value, kind: Kind): string => {
    if (value === null) return '';
    if (typeof value === 'boolean') return value ? 'sí' : 'no';
    if (isMoment(value, kind)) return naive ? wallClock(value) : new Date(value).toISOString();
    if (kind === 'day') return String(value).split('-').reverse().join('-');
    return kind === 'percent' ? String(value).replace('.', ',') : String(value);
  };
  const cells = rows.map((row) => row.map((value, at) => cell(value, columns[at]?.[1] as Kind)));
  return csvOf([columns.map(([name]) => name), ...cells]);
}

/** What the contract asks for is there, also where it is blank. */
const NEEDED = new Set(['rut', 'codigoModulo', 'completada', 'instante']);

/** As a program writes it into JSON: numbers and truths as such, and nothing where there is nothing. */
export function jsonRows({ columns, rows }: SiteTable, naive: boolean): Record<string, unknown>[] {
  return rows.map((row) =>
    Object.fromEntries(
      row.flatMap((value, at): [string, unknown][] => {
        const [name, kind] = columns[at] as [string, Kind];
        if (value === null) return NEEDED.has(name) ? [[name, null]] : [];
        if (isMoment(value, kind)) return [[name, naive ? wallClock(value).replace(' ', 'T') : value / 1000]];
        const isNumber = (kind === 'key' || kind === 'text') && /^[1-9]\d{0,8}$/.test(String(value));
        return [[name, isNumber ? Number(value) : value]];
      }),
    ),
  );
}

const FORMATS = ['yyyy-mm-dd', 'dd-mm-yyyy hh:mm:ss', '0.00%'];

/** One book with a sheet per entity, each cell of the type that a spreadsheet has for it. */
export function workbook({ tables, naive }: Site): Uint8Array {
  return rawWorkbook({
    formats: FORMATS,
    sheets: Object.entries(tables).map(([name, table]) => ({ name, xml: sheetXml(table, naive) })),
  });
}

function sheetXml({ columns, rows }: SiteTable, naive: boolean): string {
  const header = columns.map(([name], at) => textCell(name, ref(at, 1))).join('');
  const body = rows.map((row, index) => {
    const cells = row.map((value, at) =>
      sheetCell(value, columns[at]?.[1] as Kind, ref(at, index + 2), naive),
    );
    return `<row r="${index + 2}">${cells.join('')}</row>`;
  });
  return `<sheetData><row r="1">${header}</row>${body.join('')}</sheetData>`;
}

function sheetCell(value: Value, kind: Kind, at: string, naive: boolean): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (isMoment(value, kind)) {
    if (!naive) return textCell(new Date(value).toISOString(), at);
    return `<c r="${at}" s="2"><v>${serial(Date.parse(`${wallClock(value).replace(' ', 'T')}Z`))}</v></c>`;
  }
  if (kind === 'day') return `<c r="${at}" s="1"><v>${serial(Date.parse(`${value}T00:00:00Z`))}</v></c>`;
  // As Excel keeps what is written as 28,5 %.
  if (kind === 'percent')
    return `<c r="${at}" s="3"><v>${Number((Number(value) / 100).toPrecision(15))}</v></c>`;
  const isNumber = typeof value === 'number' || (kind === 'key' && /^[1-9]\d{0,8}$/.test(value));
  return isNumber ? `<c r="${at}"><v>${value}</v></c>` : textCell(String(value), at);
}

/** Days since the end of 1899. */
function serial(moment: number): number {
  return moment / 86_400_000 + 25_569;
}

function textCell(text: string, at: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`;
}

function ref(column: number, row: number): string {
  return `${String.fromCharCode(65 + column)}${row}`;
}

export function isMoment(value: Value, kind: Kind): value is number {
  return typeof value === 'number' && (kind === 'moment' || kind === 'done');
}
