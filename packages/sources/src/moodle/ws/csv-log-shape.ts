import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';

const SEPARATORS = [',', ';', '\t', '|'];
/** The heading and some rows: enough to know a file by. */
const BEGINNING = 64 * 1024;

/**
 * How a file is written: as Moodle does, or as Excel saves it again (`;`, the code page of Windows, UTF-16). Its
 * heading has the one separator; all others belong to the texts.
 */
export async function shapeOf(file: string): Promise<Shape> {
  const handle = await open(file);
  const beginning = Buffer.alloc(BEGINNING);
  const { bytesRead } = await handle.read(beginning, 0, BEGINNING, 0).finally(() => handle.close());
  const bytes = beginning.subarray(0, bytesRead);
  const encoding = encodingOf(bytes);
  const [line = '', next = ''] = new TextDecoder(encoding).decode(bytes).split(/\r\n|\n|\r/, 2);
  const isNamed = /^"?sep=.?"?$/i.test(line);
  const heading = isNamed ? next : line;
  const [delimiter = ','] = [...SEPARATORS].sort((a, b) => heading.split(b).length - heading.split(a).length);
  return { encoding, delimiter, first: isNamed ? 2 : 1, workbook: bytes.toString('latin1', 0, 2) === 'PK' };
}

/** How a downloaded log is written. */
interface Shape {
  encoding: string;
  delimiter: string;
  /** The line of the heading, from 1: Excel's own line that names the delimiter may stand above. */
  first: number;
  workbook: boolean;
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    // A letter that the end of the piece cuts in two is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Turns what was read into text. */
export function decoder(encoding: string): Transform {
  const decode = new TextDecoder(encoding);
  return new Transform({
    transform: (piece, _, done) => done(null, decode.decode(piece, { stream: true })),
    flush: (done) => done(null, decode.decode()),
  });
}
