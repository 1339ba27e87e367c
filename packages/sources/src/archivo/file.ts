import { SourceError } from '../source.ts';
import type { FileReading } from './body.ts';
import { readCsv } from './csv.ts';
import { decodeText } from './decode.ts';
import type { Grid } from './grid.ts';
import { readJson } from './json.ts';
import { Notes } from './notes.ts';
import { readRows } from './rows.ts';
import { recogniseTables } from './table.ts';
import { readXlsx } from './xlsx/workbook.ts';

/**
 * One file as entries, by what it holds rather than by what it is called: Excel files named .csv and HTML tables
 * named .xlsx are common. Throws a {@link SourceError} when it cannot be read at all.
 */
export function readDataFile(bytes: Uint8Array, file: string): FileReading {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readGrids(readXlsx(bytes, file), file);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw oldOrEncrypted(bytes, file);
  const text = decodeText(bytes);
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (/\.xlsx$/i.test(file) || start.startsWith('<')) throw noWorkbook(file, start.startsWith('<'));
  if (start === '' || !(/\.json$/i.test(file) || /^[[{]/.test(start)))
    return readGrids([readCsv(text, file)], file);
  const { grids, entries, findings } = readJson(text, file);
  if (grids.length === 0) return { entries, findings };
  const tables = readGrids(grids, file);
  return { entries: [...entries, ...tables.entries], findings: [...findings, ...tables.findings] };
}

function readGrids(grids: Grid[], file: string): FileReading {
  const notes = new Notes(file);
  const { tables, findings } = recogniseTables(grids);
  const readings = tables.map((table) => readRows(table, notes));
  return {
    entries: readings.flatMap(({ entries }) => entries),
    findings: [...findings, ...readings.flatMap((reading) => reading.findings), ...notes.findings()],
  };
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Both are the same kind of container; an encrypted workbook names its only content. */
function oldOrEncrypted(bytes: Uint8Array, file: string): SourceError {
  return Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? new SourceError(
        'wrong',
        `No se pudo leer ${file}: el libro de Excel tiene contraseña.`,
        'Ábralo en Excel, quítele la contraseña (Archivo, Información, Proteger libro) y guárdelo de nuevo.',
      )
    : new SourceError(
        'wrong',
        `No se pudo leer ${file}: es un libro de Excel antiguo (.xls).`,
        'Ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)».',
      );
}

function noWorkbook(file: string, markup: boolean): SourceError {
  return new SourceError(
    'wrong',
    markup
      ? `No se pudo leer ${file}: por dentro es una página web, no un archivo de datos.`
      : `No se pudo leer ${file}: no es un libro de Excel, o está dañado.`,
    'Ábralo en Excel, guárdelo de nuevo como «Libro de Excel (.xlsx)» y vuelva a intentarlo.',
  );
}
