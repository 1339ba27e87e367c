import path from 'node:path';
import { answersAbout, DEFAULT_CONFIG, Failure, loadSettings, readAll, STDIN } from '@puente-sic/app';
import type { Hallazgo } from '@puente-sic/engine';
import { archivoSource, decodeText, withoutEnvelope } from '@puente-sic/sources';
import type { Context } from '../context.ts';
import { parseJson, readBytes } from '../read-json.ts';
import { meansBodies, toldBySource, validateBodies } from './json.ts';
import { validateTable } from './table.ts';

/**
 * API bodies are judged as they are; anything else as the source `archivo` reads it, with what puente.yaml says of the
 * columns of that file (`config`: as given with --config).
 */
export async function validateFile(context: Context, archivo: string, config?: string): Promise<Hallazgo[]> {
  const { stdin, clock } = context;
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
  const ruta = fromStdin ? STDIN : path.resolve(archivo);
  const source = archivoSource({
    name,
    ruta,
    ...(contenido && { contenido }),
    ...(await answersIn(context, ruta, config)),
  });
  return validateTable(source, clock());
}

/** Whoever checks a file may have no puente.yaml yet, or be in the middle of writing it. */
async function answersIn({ env, onNotice }: Context, ruta: string, config: string | undefined) {
  try {
    const { settings } = await loadSettings({
      ...(config !== undefined && { config }),
      needsTokens: false,
      env,
    });
    return answersAbout(ruta, settings);
  } catch (error) {
    if (config !== undefined || !(error instanceof Failure)) throw error;
    onNotice(
      `No se tuvo en cuenta lo que ${DEFAULT_CONFIG} dice de las columnas, porque no se pudo leer: ${error.message}`,
    );
    return {};
  }
}

/** The standard input has no name that tells what it is; an empty one is told as such. */
function looksLikeJson(contenido: Uint8Array | null): boolean {
  return (
    contenido !== null &&
    (/^\s*[[{]/.test(decodeText(contenido.subarray(0, 100)).text) || contenido.length === 0)
  );
}
