import { unzipSync } from 'fflate';
import { SourceError } from '../../source.ts';
import { scanXml } from './xml.ts';

/** What all parts of a workbook may come to when unpacked: a zip of a few kB can claim gigabytes. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** The parts of an .xlsx by their names inside it. */
export type Parts = Record<string, Uint8Array>;

export interface Relation {
  type: string;
  /** Name of the part. */
  target: string;
}

/** Unpacks what a workbook's data needs. Throws a {@link SourceError} when it is no zip or too big. */
export function unpack(bytes: Uint8Array, file: string): Parts {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/\.(xml|rels)$/i.test(name)) return false;
        total += originalSize;
        if (total > MAX_UNPACKED_BYTES) throw tooBig(file);
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    throw corrupt(file, cause);
  }
}

/** Relations of a part by id; the package's own for ``. */
export function relations(parts: Parts, part: string, file: string): Map<string, Relation> {
  const cut = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, cut);
  const xml = parts[`${folder}_rels/${part.slice(cut)}.rels`];
  const found = new Map<string, Relation>();
  if (xml === undefined) return found;
  scanXml(xml, file, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const { Id = '', Type = '', Target = '' } = attributes;
      found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target: resolve(folder, Target) });
    },
  });
  return found;
}

export function corrupt(file: string, cause?: unknown): SourceError {
  return new SourceError(
    'wrong',
    `No se pudo leer ${file}: el archivo de Excel está dañado o incompleto.`,
    'Ábralo en Excel, guárdelo de nuevo como «Libro de Excel (.xlsx)» y vuelva a intentarlo.',
    { cause },
  );
}

function tooBig(file: string): SourceError {
  return new SourceError(
    'wrong',
    `No se leyó ${file}: descomprimido ocupa más de ${MAX_UNPACKED_BYTES / 1024 / 1024} MB.`,
    'Deje en el libro solo las hojas de datos, o repártalo en un archivo por curso.',
  );
}

function resolve(folder: string, target: string): string {
  return new URL(target, `file:///${folder}`).pathname.slice(1);
}
