import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_CONFIG, type Settings } from '../config/settings.ts';
import { writeWhole } from './files.ts';
import type { FuenteNueva } from './shapes/fuentes.ts';

/** How a file of queries is called that the panel has written: it is its own, and nobody else's. */
const OURS = '.panel.sql';

/** Queries that were pasted, and the file that they are kept in beside puente.yaml. */
export interface Pasted {
  /** The source with the file in place of the text. */
  fuente: FuenteNueva;
  /** What the file will hold; undefined: nothing was pasted, or the file that is there says the same. */
  texto: string | undefined;
  /** Writes the file. It has a new name: what is in force until then is not touched. */
  write(): Promise<void>;
  /** Takes it away again, where the settings that name it could not be kept. */
  undo(): Promise<void>;
  /** Takes away the file that nobody names any more, where it was the panel's own. */
  tidy(after: Settings): Promise<void>;
}

/** Where the pasted queries of a source go, and what becomes of those before. */
export function pastedIn(
  fuente: FuenteNueva,
  before: Settings,
  nombre: string,
  config = DEFAULT_CONFIG,
): Pasted {
  const folder = path.dirname(path.resolve(config));
  const was = before.fuentes.find((one) => one.nombre === nombre);
  const former = was?.tipo === 'sql' ? was.consultas : undefined;
  const nothing = async (): Promise<void> => {};
  const tidy = async (after: Settings): Promise<void> => {
    const isNamed = after.fuentes.some((one) => one.tipo === 'sql' && one.consultas === former);
    if (former !== undefined && !isNamed && isOurs(former, folder)) await rm(former, { force: true });
  };
  const unpasted = { texto: undefined, write: nothing, undo: nothing, tidy };
  if (fuente.tipo !== 'sql' || fuente.lectura.de !== 'texto') return { ...unpasted, fuente };
  const { texto } = fuente.lectura;
  const isKept = former !== undefined && pastedText(former, folder) === texto;
  const file = isKept ? former : freeFile(folder, fuente.nombre);
  const kept = { ...fuente, lectura: { de: 'archivo' as const, ruta: `./${path.basename(file)}` } };
  if (isKept) return { ...unpasted, fuente: kept };
  return {
    fuente: kept,
    texto,
    write: () => writeWhole(file, Buffer.from(texto)),
    undo: () => rm(file, { force: true }),
    tidy,
  };
}

/** What was pasted into the panel; null: the file is somebody's own, or is gone. */
export function pastedText(file: string, folder: string): string | null {
  return isOurs(file, folder) && existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function isOurs(file: string, folder: string): boolean {
  return path.dirname(file) === folder && file.endsWith(OURS);
}

/** A name that nothing has: what is there may be in use until the new settings are in force. */
function freeFile(folder: string, nombre: string): string {
  const plain = nombre
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
  for (let number = 1; ; number += 1) {
    const file = path.join(folder, `${plain}${number === 1 ? '' : `-${number}`}${OURS}`);
    if (!existsSync(file)) return file;
  }
}
