import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Issue } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import { several, warning } from './finding.ts';

/** A course of 200 students with five modules is some 300 kB as a CSV. */
const MAX_FILE_BYTES = 40 * 1024 * 1024;

export interface DataFile {
  path: string;
  name: string;
}

export interface Listing {
  files: DataFile[];
  /** `ruta` is a folder: one bad file in it does not stop the others. */
  folder: boolean;
  findings: Issue[];
}

/** The files that `ruta` stands for, in name order. Throws a {@link SourceError} when there is none. */
export async function listFiles(ruta: string): Promise<Listing> {
  const found = await attempt(ruta, () => stat(ruta));
  if (!found.isDirectory())
    return { files: [{ path: ruta, name: basename(ruta) }], folder: false, findings: [] };
  const entries = await attempt(ruta, () => readdir(ruta, { withFileTypes: true }));
  const names = entries
    .filter((entry) => !entry.isDirectory() && !isTemporary(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => (a < b ? -1 : 1));
  const data = names.filter((name) => /\.(csv|xlsx|ods|json)$/i.test(name));
  const others = names.filter((name) => !data.includes(name));
  if (data.length === 0) throw emptyFolder(ruta, others);
  return {
    files: data.map((name) => ({ path: join(ruta, name), name })),
    folder: true,
    findings: others.length === 0 ? [] : [notRead(others)],
  };
}

/** Bytes of a file. Throws a {@link SourceError} when it cannot be read or is too big. */
export async function readBytes({ path, name }: DataFile, signal?: AbortSignal): Promise<Uint8Array> {
  const { size } = await attempt(path, () => stat(path));
  if (size > MAX_FILE_BYTES) throw tooBig(name, size);
  return attempt(path, () => readFile(path, { signal }));
}

/** Open in Excel (`~$x.xlsx`), half copied, or the system's own. */
export function isTemporary(name: string): boolean {
  return /^(\.|~)|~$|\.(tmp|bak|part|crdownload)$|^(thumbs\.db|desktop\.ini)$/i.test(name);
}

/** Does something with a file. @throws SourceError in words where the system refuses. */
export async function attempt<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new SourceError(
      KINDS[cause.code] ?? 'down',
      `No se pudo leer ${what}: ${reasonOf(cause.code)}.`,
      what.includes('*') ? WITHOUT_STARS : what.startsWith('~') ? WITHOUT_TILDE : fixOf(cause.code, what),
      { cause },
    );
  }
}

const WITHOUT_STARS = 'Una ruta no lleva «*»: escriba la carpeta, y se leen todos sus archivos.';

const WITHOUT_TILDE = 'En una ruta «~» no es su carpeta personal: escríbala completa.';

const KINDS: Record<string, 'wrong'> = {
  ENOENT: 'wrong',
  ENOTDIR: 'wrong',
  EACCES: 'wrong',
  EPERM: 'wrong',
  ELOOP: 'wrong',
};

function reasonOf(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no existe';
  if (code === 'EACCES' || code === 'EPERM') return 'no hay permiso para leerlo';
  if (code === 'EBUSY') return 'otro programa lo tiene abierto';
  return `el sistema respondió ${code}`;
}

function fixOf(code: string, what: string): string {
  if (code === 'ENOENT' && /(^|[\\/])~[\\/]/.test(what))
    return 'Escriba la ruta completa: el ~ de su carpeta personal solo se entiende en la línea de comandos.';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `Reponga ${basename(what)} en la carpeta ${dirname(resolve(what))}, o revise la ruta: puede tener otro nombre o estar en otra carpeta.`;
  if (code === 'EACCES' || code === 'EPERM')
    return 'Dé permiso de lectura al usuario con que se ejecuta puente.';
  return 'Cierre el archivo en otros programas, revise el disco o la carpeta de red, y vuelva a intentarlo.';
}

function isSystemError(cause: unknown): cause is Error & { code: string } {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && 'syscall' in cause;
}

function emptyFolder(ruta: string, others: string[]): SourceError {
  const there = others.length === 0 ? '' : ` Lo que hay no se lee: ${several(others)}.`;
  return new SourceError(
    'wrong',
    `En la carpeta ${ruta} no hay ningún archivo .csv, .xlsx, .ods ni .json.${there}`,
    'Revise la ruta, o guarde ahí los archivos de avance. Con «puente plantilla» obtiene uno de ejemplo.',
  );
}

function tooBig(name: string, size: number): SourceError {
  const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  return new SourceError(
    'wrong',
    `No se leyó ${name}: pesa ${megabytes(size)} MB y el máximo es de ${megabytes(MAX_FILE_BYTES)} MB.`,
    'Repártalo en un archivo por curso, sin imágenes ni hojas que no sean de datos.',
  );
}

function notRead(names: string[]): Issue {
  return warning({
    message: `En la carpeta hay archivos que no se leen, porque no son .csv, .xlsx, .ods ni .json: ${several(names)}.`,
    fix: 'Si alguno trae avances, guárdelo desde Excel como .xlsx o .csv; si no, puede dejarlo ahí.',
  });
}
