import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { Failure } from '../failure.ts';
import { readText } from './load.ts';
import { DEFAULT_CONFIG } from './settings.ts';

/** The text of puente.yaml; of one that does not exist yet, its first line. */
export async function settingsText(config: string | undefined): Promise<string> {
  return (await readText(config ?? DEFAULT_CONFIG, false)) ?? FIRST_LINE;
}

/** A text of puente.yaml with a change made to it; comments, order and what the change does not touch stay. */
export function edited(text: string, change: (doc: Document) => void): string {
  // As it is read: every value is the text that is written, so that a code such as `0012` stays what it is.
  const doc: Document = parseDocument(text, { schema: 'failsafe' });
  const [wrong] = doc.errors;
  if (wrong) {
    throw new Failure(
      'puente.yaml tiene un error de escritura y no se puede cambiar desde aquí.',
      'Corríjalo en el servidor; «puente previsualizar» dice en qué línea está.',
    );
  }
  if (!isMap(doc.contents)) doc.contents = doc.createNode({});
  change(doc);
  return doc.toString({ lineWidth: 0 });
}

/** Puts a text in the place of puente.yaml, whole or not at all, also where the power fails in between. */
export async function writeSettings(config: string | undefined, text: string): Promise<void> {
  const file = path.resolve(config ?? DEFAULT_CONFIG);
  const next = `${file}.nuevo`;
  const mode = await stat(file).then(
    ({ mode: bits }) => bits & 0o777,
    () => 0o600,
  );
  try {
    const handle = await open(next, 'w', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true });
    throw new Failure(`No se pudo escribir ${file}.`, WRITABLE, 2, { cause });
  }
}

/** Why puente.yaml cannot be written; null where it can. */
export async function whyReadOnly(
  config: string | undefined,
): Promise<{ mensaje: string; queHacer: string } | null> {
  const file = path.resolve(config ?? DEFAULT_CONFIG);
  const isWritable = await access(path.dirname(file), constants.W_OK).then(
    () => true,
    () => false,
  );
  if (isWritable) return null;
  return {
    mensaje: `Los ajustes se pueden mirar, no cambiar: puente no puede escribir en ${path.dirname(file)}.`,
    queHacer: WRITABLE,
  };
}

/** A list of the file by its key, made where it is missing. */
export function listAt(doc: Document, key: string): YAMLSeq {
  const node = doc.get(key);
  if (isSeq(node)) return node;
  const made = doc.createNode([]);
  doc.set(key, made);
  return made;
}

/** Its entries; each is a map in a file that could be read. */
export function entriesOf(list: YAMLSeq): YAMLMap[] {
  return list.items.filter((item): item is YAMLMap => isMap(item));
}

/** The value as it is written, variables unfilled; undefined where there is none. */
export function rawAt(entry: YAMLMap, key: string): string | undefined {
  const value = entry.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** Sets what is given, takes away what is null, leaves what is undefined. */
export function put(doc: Document, entry: YAMLMap, fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value === null) entry.delete(key);
    else entry.set(key, doc.createNode(asText(value)));
  }
}

/** The file holds nothing but texts, lists and maps. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) =>
        one === undefined || one === null ? [] : [[key, asText(one)]],
      ),
    );
  }
  if (typeof value === 'boolean') return value ? 'sí' : 'no';
  return String(value);
}

const FIRST_LINE = '# Escrito por el panel de puente; docs/configuracion.md describe cada clave.\n';
const WRITABLE =
  'Permita que el usuario con que funciona puente escriba en esa carpeta (docs/operating.md muestra cómo), o cambie puente.yaml en el servidor y reinicie puente.';
