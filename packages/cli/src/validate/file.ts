import path from 'node:path';
import { readAll, STDIN } from '@puente-sic/app';
import type { Hallazgo } from '@puente-sic/engine';
import { archivoSource, decodeText, withoutEnvelope } from '@puente-sic/sources';
import type { Context } from '../context.ts';
import { parseJson, readBytes } from '../read-json.ts';
import { meansBodies, toldBySource, validateBodies } from './json.ts';
import { validateTable } from './table.ts';

/** API bodies are judged as they are; anything else as the source `archivo` reads it. */
export async function validateFile({ stdin, clock }: Context, archivo: string): Promise<Hallazgo[]> {
  const fromStdin = archivo === '-';
  const name = fromStdin ? STDIN : path.basename(archivo);
  const contenido = fromStdin ? await readAll(stdin) : null;
  if (/\.json$/i.test(name) || looksLikeJson(contenido)) {
    const bytes = contenido ?? (await readBytes(archivo));
    const value = withoutEnvelope(parseJson(decodeText(bytes).text, fromStdin ? STDIN : archivo));
    if (meansBodies(value)) {
      const source = archivoSource({ name, ruta: name, contenido: bytes });
      return [...validateBodies(value), ...toldBySource(await source.read({ at: clock() }))];
    }
  }
  const source = archivoSource({
    name,
    ruta: fromStdin ? STDIN : path.resolve(archivo),
    ...(contenido && { contenido }),
  });
  return validateTable(source, clock());
}

/** The standard input has no name that tells what it is; an empty one is told as such. */
function looksLikeJson(contenido: Uint8Array | null): boolean {
  return (
    contenido !== null &&
    (/^\s*[[{]/.test(decodeText(contenido.subarray(0, 100)).text) || contenido.length === 0)
  );
}
