import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CourseKey, type Hallazgo, hallazgoOf } from '@puente-sic/engine';
import type { CourseTree, Source } from '@puente-sic/sources';
import type { FuenteSettings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { ASIDE, acceptedName, placeOf, writeWhole } from './files.ts';

export type FuenteDeArchivos = Extract<FuenteSettings, { tipo: 'archivo' }>;
/** A course of a file, without the provider, which no file names. */
export type CursoDePlanilla = Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'> & {
  titulo: string;
  alumnos: number;
};

/** A file of a source: in use, or put aside when another took its place or somebody removed it. */
export interface PlanillaGuardada {
  fuente: string;
  /** What it is asked for by; of one that is put aside it says when. */
  id: string;
  archivo: string;
  bytes: number;
  /** When it was saved or, where it is not in use any more, put aside. */
  cuando: Date;
  enUso: boolean;
}

/** What a file would bring, before anything is kept. */
export interface PlanillaVista {
  archivo: string;
  cursos: CursoDePlanilla[];
  /** Files in use of which every course is in this one: they give way to it. */
  reemplaza: string[];
  /** Files in use that share a course with it and have others too: the course would be in both. */
  comparte: string[];
  /** What was seen while reading it, and what of it is not given. */
  hallazgos: Hallazgo[];
  /** It alone, to be compared; nothing of it is kept. */
  source: Source;
}

/** A source of files as puente.yaml has it. */
export type Options = Pick<FuenteDeArchivos, 'nombre' | 'ruta' | 'columnas'> & { exigencia?: number };

/** Reads a file that somebody hands over as it would be read from the source's folder. Throws a `SourceError` for what cannot be. */
export async function lookAtFile(
  options: Options,
  name: string,
  content: Buffer,
  at: Date,
): Promise<PlanillaVista> {
  const archivo = acceptedName(name);
  const source = await sourceOf(options, archivo, content);
  const { courses, notGiven, findings } = await source.read({ at });
  const { issuesOf } = await import('@puente-sic/sources');
  const told = [...issuesOf(notGiven), ...findings];
  if (courses.length === 0) {
    const [first] = told;
    throw new Failure(
      `En «${archivo}» no hay ningún curso que informar.${first ? ` ${first.message}` : ''}`,
      first?.fix ?? 'Descargue la planilla de ejemplo y compare sus columnas con las suyas.',
    );
  }
  const own = new Set(courses.map(keyOf));
  const others = await coursesByFile(options, at, archivo);
  const shared = others.filter(({ cursos }) => cursos.some((curso) => own.has(keyOf(curso))));
  const isCovered = ({ cursos }: { cursos: readonly CursoDePlanilla[] }) =>
    cursos.every((curso) => own.has(keyOf(curso)));
  return {
    archivo,
    cursos: courses.map(cursoOf),
    hallazgos: told.map(hallazgoOf),
    reemplaza: shared.filter(isCovered).map((one) => one.archivo),
    comparte: shared.filter((one) => !isCovered(one)).map((one) => one.archivo),
    source,
  };
}

/** Keeps a file; those that it takes the place of, one of the same name too, are put aside. */
export async function keepFile(
  options: Options,
  name: string,
  content: Buffer,
  at: Date,
): Promise<{ archivo: string; bytes: number; reemplazadas: string[] }> {
  const { archivo, reemplaza } = await lookAtFile(options, name, content, at);
  const file = await placeOf(options.ruta, archivo);
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  const reemplazadas = [...reemplaza, ...(isThere ? [path.basename(file)] : [])];
  await writeWhole(file, content, async () => {
    for (const former of reemplazadas) await putAside(path.join(path.dirname(file), former), at);
  });
  return { archivo: path.basename(file), bytes: content.length, reemplazadas };
}

/** Puts a file aside, so that it is not read any more; what courses it had. */
export async function removeFile(options: Options, archivo: string, at: Date): Promise<CursoDePlanilla[]> {
  const before = await coursesByFile(options, at);
  const file = before.find((one) => one.archivo === archivo);
  if (file === undefined) throw gone(archivo);
  await putAside(file.path, at);
  const left = new Set(before.flatMap((one) => (one === file ? [] : one.cursos.map(keyOf))));
  return file.cursos.filter((curso) => !left.has(keyOf(curso)));
}

/** Brings back what was put aside; what has its courses now is put aside in its turn. */
export async function recoverFile(options: Options, id: string, at: Date): Promise<CursoDePlanilla[]> {
  const aside = (await asideOf(options)).find((one) => one.id === id);
  if (aside === undefined) throw gone(id);
  const content = await readFile(path.join(asideFolder(options.ruta, await isFolder(options.ruta)), id));
  const { cursos } = await lookAtFile(options, aside.archivo, content, at);
  await keepFile(options, aside.archivo, content, at);
  return cursos;
}

/** Files in use and put aside, the newest first. */
export async function listFiles(options: Options): Promise<PlanillaGuardada[]> {
  const used = await Promise.all(
    (await filesIn(options.ruta)).map((file) => guardadaOf(options.nombre, file)),
  );
  return [...used, ...(await asideOf(options))].sort((a, b) => b.cuando.getTime() - a.cuando.getTime());
}

async function guardadaOf(fuente: string, file: string): Promise<PlanillaGuardada> {
  const { size, mtime } = await stat(file);
  const archivo = path.basename(file);
  return { fuente, id: archivo, archivo, bytes: size, cuando: mtime, enUso: true };
}

async function asideOf({ nombre, ruta }: Options): Promise<PlanillaGuardada[]> {
  const folder = asideFolder(ruta, await isFolder(ruta));
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (id) => {
      const [, stamp, archivo] = /^(\d{8}T\d{9}Z)_(.+)$/.exec(id) ?? [];
      if (stamp === undefined || archivo === undefined) return [];
      const { size } = await stat(path.join(folder, id));
      return { fuente: nombre, id, archivo, bytes: size, cuando: instantOf(stamp), enUso: false };
    }),
  );
  return found.flat();
}

interface FileCourses {
  archivo: string;
  path: string;
  cursos: CursoDePlanilla[];
}

/** What of the folder cannot be read has no course that could be shared. `but`: a file that is not asked about. */
async function coursesByFile(options: Options, at: Date, but?: string): Promise<FileCourses[]> {
  const files = await filesIn(options.ruta);
  const found: FileCourses[] = [];
  for (const file of files) {
    const archivo = path.basename(file);
    if (archivo === but) continue;
    const source = await sourceOf(options, archivo, await readFile(file));
    const cursos = await source.read({ at }).then(
      ({ courses }) => courses.map(cursoOf),
      (error: unknown) => {
        if (error instanceof Error && error.name === 'SourceError') return [];
        throw error;
      },
    );
    found.push({ archivo, path: file, cursos });
  }
  return found;
}

async function filesIn(ruta: string): Promise<string[]> {
  if (!(await isFolder(ruta))) {
    return stat(ruta).then(
      () => [ruta],
      () => [],
    );
  }
  const names = await readdir(ruta).catch(() => []);
  return names
    .filter((name) => /^[^.~].*\.(csv|xlsx|ods|json)$/i.test(name))
    .sort()
    .map((name) => path.join(ruta, name));
}

async function sourceOf(options: Options, archivo: string, contenido: Uint8Array): Promise<Source> {
  const { archivoSource } = await import('@puente-sic/sources');
  const { answers, exigencia } = await decidingOf(options);
  return archivoSource({
    ...{ name: archivo, ruta: archivo, contenido, columnas: answers },
    ...(exigencia !== undefined && { exigencia }),
  });
}

/** What was said of the columns of a source: in puente.yaml and, beside its files, in the panel. */
export async function decidingOf({ ruta, columnas, exigencia }: Options) {
  const { rememberedColumns } = await import('@puente-sic/sources');
  const { answers } = await rememberedColumns(ruta);
  return { answers: { ...answers, ...columnas }, ...(exigencia !== undefined && { exigencia }) };
}

async function putAside(file: string, at: Date): Promise<void> {
  const folder = asideFolder(file, false);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(file, path.join(folder, `${at.toISOString().replace(/[-:.]/g, '')}_${path.basename(file)}`));
}

function asideFolder(ruta: string, isFolder: boolean): string {
  return path.join(isFolder ? ruta : path.dirname(ruta), ASIDE);
}

function isFolder(ruta: string): Promise<boolean> {
  return stat(ruta).then(
    (stats) => stats.isDirectory(),
    () => path.extname(ruta) === '',
  );
}

/** A workbook to fill in, with an example row that is not read. */
export async function emptySheet(): Promise<Buffer> {
  const { templateBook } = await import('@puente-sic/sources');
  return templateBook();
}

/** `20261130T114100000Z`. */
function instantOf(stamp: string): Date {
  const [, y, mo, d, h, mi, s, ms] = /^(....)(..)(..)T(..)(..)(..)(...)Z$/.exec(stamp) ?? [];
  return new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);
}

function cursoOf({ codigoOferta, codigoGrupo, title, name, students }: CourseTree): CursoDePlanilla {
  return {
    codigoOferta: String(codigoOferta),
    codigoGrupo: String(codigoGrupo),
    titulo: title || name,
    alumnos: students.length,
  };
}

function keyOf({ codigoOferta, codigoGrupo }: { codigoOferta: unknown; codigoGrupo: unknown }): string {
  return JSON.stringify([String(codigoOferta), String(codigoGrupo)]);
}

function gone(archivo: string): Failure {
  return new Failure(
    `La planilla «${archivo}» ya no está.`,
    'Vuelva a abrir la página: puede que otra persona la haya quitado.',
  );
}
