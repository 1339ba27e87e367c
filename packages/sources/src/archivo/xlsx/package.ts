import { unzipSync } from 'fflate';
import { SourceError } from '../../source.ts';
import { corrupt, MAX_UNPACKED_BYTES, tooBig } from './problems.ts';
import { scanXml } from './xml.ts';

/** The parts of an .xlsx by their names inside it, in small letters: some programs mix them. */
export type Parts = Record<string, Uint8Array>;

export function partOf(parts: Parts, name: string): Uint8Array | undefined {
  return parts[name.toLowerCase()];
}

export interface Relation {
  type: string;
  /** Name of the part. */
  target: string;
}

/** Unpacks what a workbook's data needs. Throws a {@link SourceError} when it is no zip or too big. */
export function unpack(bytes: Uint8Array, file: string): Parts {
  let total = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/\.(xml|rels)$/i.test(name)) return false;
        total += originalSize;
        if (total > MAX_UNPACKED_BYTES) throw tooBig(file);
        return true;
      },
    });
    return Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name.replaceAll('\\', '/').toLowerCase(), part]),
    );
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    throw corrupt(file, cause);
  }
}

/** Relations of a part by id; the package's own for ``. */
export function relations(parts: Parts, part: string, file: string): Map<string, Relation> {
  const cut = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, cut);
  const xml = partOf(parts, `${folder}_rels/${part.slice(cut)}.rels`);
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

function resolve(folder: string, target: string): string {
  return new URL(target, `file:///${folder}`).pathname.slice(1);
}
