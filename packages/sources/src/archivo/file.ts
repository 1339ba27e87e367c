import type { Issue } from '@puente-sic/protocol';
import type { FileReading } from './body.ts';
import { readCsv } from './csv.ts';
import { cutRow } from './cut.ts';
import { besideOf } from './decide/beside.ts';
import type { Deciding } from './decide/decide.ts';
import { type Decoded, decodeText } from './decode.ts';
import { warning } from './finding.ts';
import type { Grid } from './grid.ts';
import { readJson } from './json.ts';
import { withJsonDoubts } from './json-doubts.ts';
import { noWorkbook, otherKind, zipOfSomethingElse } from './kinds.ts';
import { withNamedColumns } from './named-columns.ts';
import { Notes } from './notes.ts';
import { isOds, readOds } from './ods.ts';
import { readRows } from './rows.ts';
import { strangersIn } from './strangers.ts';
import { recogniseTables } from './table.ts';
import { withModulesBelow } from './wide/unfold.ts';
import { partOf, unpack } from './xlsx/package.ts';
import { readXlsx } from './xlsx/workbook.ts';

/**
 * One file as entries, by what it holds rather than by what it is called: Excel files named .csv and HTML tables
 * named .xlsx are common. Throws a {@link SourceError} when it cannot be read at all.
 */
export function readDataFile(bytes: Uint8Array, file: string, deciding: Deciding): FileReading {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readGrids(readBook(bytes, file), file, deciding);
  const other = otherKind(bytes, file);
  if (other) throw other;
  const decoded = decodeText(bytes);
  const start = decoded.text.replace(/^\uFEFF/, '').trimStart();
  if (/\.(xlsx|ods)$/i.test(file) || start.startsWith('<')) throw noWorkbook(file, start);
  const reading = readText(decoded.text, start, file, deciding);
  return { ...reading, findings: [...encodingFindings(decoded, file), ...reading.findings] };
}

/** The tables of a file, before anything in them is understood; none of a JSON body. Throws as {@link readDataFile} does. */
export function gridsOf(bytes: Uint8Array, file: string): Grid[] {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readBook(bytes, file);
  const other = otherKind(bytes, file);
  if (other) throw other;
  const { text } = decodeText(bytes);
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (/\.(xlsx|ods)$/i.test(file) || start.startsWith('<')) throw noWorkbook(file, start);
  return isJson(start, file) ? readJson(text, file).grids : [readCsv(text, file)];
}

function isJson(start: string, file: string): boolean {
  return start !== '' && (/\.json$/i.test(file) || /^[[{]/.test(start));
}

function readBook(bytes: Uint8Array, file: string): Grid[] {
  const parts = unpack(bytes, file);
  if (isOds(parts)) return readOds(parts, file);
  if (partOf(parts, '[Content_Types].xml') === undefined && partOf(parts, '_rels/.rels') === undefined)
    throw zipOfSomethingElse(bytes, file);
  return readXlsx(parts, file);
}

function readText(text: string, start: string, file: string, deciding: Deciding): FileReading {
  if (!isJson(start, file)) return readGrids([readCsv(text, file)], file, deciding);
  const { grids, entries, findings } = readJson(text, file);
  const tables: FileReading =
    grids.length === 0 ? { entries: [], findings: [] } : readGrids(grids, file, deciding);
  const sure = withJsonDoubts([...entries, ...tables.entries], text, file);
  return {
    entries: sure.entries,
    findings: [...findings, ...tables.findings, ...sure.findings],
    rosters: tables.rosters ?? [],
    strangers: tables.strangers ?? [],
  };
}

function readGrids(given: Grid[], file: string, deciding: Deciding): FileReading {
  const unfolded = withModulesBelow(withNamedColumns(given, deciding.answers), deciding.answers);
  const notes = new Notes(file);
  const { tables, findings, rosters, unread } = recogniseTables(unfolded.grids);
  const beside = besideOf(tables);
  const readings = tables.map((table) => readRows(table, notes, deciding, beside));
  const [cut] = tables.flatMap((table) => cutRow(table) ?? []);
  return {
    entries: readings.flatMap(({ entries }) => entries),
    findings: [
      ...unfolded.findings,
      ...findings,
      ...readings.flatMap((reading) => reading.findings),
      ...notes.findings(),
    ],
    ...(cut && { cut }),
    rosters,
    strangers: [
      ...unread.flatMap((grid) => strangersIn(grid, grid.rows)),
      ...readings.flatMap(({ strangers }) => strangers),
    ],
  };
}

function encodingFindings({ unusual }: Decoded, file: string): Issue[] {
  if (unusual === null) return [];
  const how = {
    twice: 'con las tildes estropeadas («Ã³» por «ó»), y se repararon',
    mixed: 'con dos codificaciones mezcladas, y se leyó cada parte con la suya',
    'Mac Roman': 'en la codificación de Mac («Mac Roman»), y así se leyó',
    'DOS (CP850)': 'en la codificación de DOS (CP850), y así se leyó',
  }[unusual];
  return [
    warning({
      message: `${file} está guardado ${how}.`,
      fix: 'Revise las tildes y las eñes en la vista previa. Para evitar dudas, guárdelo como «CSV UTF-8».',
      place: file,
    }),
  ];
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
