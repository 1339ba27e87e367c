import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isLedgerFile } from '@puente-sic/engine';
import { ENLACE_FILE } from '../accounts/enlace.ts';
import { KEY_FILE } from '../config/secrets.ts';
import { DEFAULT_CONFIG, type FuenteSettings, type Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';
import { sqliteFileOf } from './otros-lms.ts';

/**
 * Holds what the panel may have read to the folders that puente.yaml's owner allowed: its own, those of `carpetas`, and
 * whatever the file names already. What puente keeps its secrets and its ledger in is never data, nor is a file that has
 * no data file's name: a token's or a service's variables lie beside puente.yaml too, and what cannot be read is quoted.
 * @throws Failure for any other file or folder.
 */
export function requireAllowed(
  fuente: FuenteSettings,
  before: Settings,
  { config = DEFAULT_CONFIG, datos, env }: PlaceOptions & { env: NodeJS.ProcessEnv },
): void {
  const folder = path.dirname(path.resolve(config));
  for (const file of filesOf(fuente)) requireOne(file);

  function requireOne({ file: asked, kind }: NamedFile): void {
    // Where a link leads is what is read.
    const real = realOf(asked);
    const tokens = before.otecs.flatMap(({ tokenArchivo }) => tokenArchivo ?? []);
    const own = [
      path.resolve(config),
      ...[KEY_FILE, ENLACE_FILE].map((name) => path.join(folder, name)),
      ...tokens,
    ];
    const state = stateFolder(datos, env);
    const known = before.fuentes.flatMap(filesOf);
    const isOwn = [asked, real].some(
      (one) => isSame(own, one) || isWithin(one, state) || isWithin(one, realOf(state)),
    );
    const isAllowed = [folder, ...(before.carpetas ?? [])].some(
      (one) => isWithin(asked, one) && (isWithin(real, one) || isWithin(real, realOf(one))),
    );
    if (known.some((one) => one.file === asked && one.kind === kind)) return;
    if (isOwn)
      throw new Failure(
        `Desde el panel no se puede leer ${asked}: es un archivo del propio Puente, no de avances.`,
        'Use la carpeta o la planilla donde están los avances de sus alumnos.',
      );
    if (isAllowed && kind === 'base' && isLedgerFile(real))
      throw new Failure(
        `Desde el panel no se puede leer ${asked}: es un libro del propio Puente o una copia suya, no la base de un LMS.`,
        'Use la base de datos de su plataforma.',
      );
    if (isAllowed) {
      if ([asked, real].every((one) => hasNameOf(kind, one))) return;
      const [what, use] = KINDS[kind];
      throw new Failure(
        `Desde el panel no se puede leer ${asked}: no es ${what}.`,
        `Use ${use}; otro archivo se escribe en puente.yaml.`,
      );
    }
    throw new Failure(
      `Desde el panel no se puede leer ${asked}: no está en una de las carpetas permitidas.`,
      `Use una carpeta dentro de ${folder}, o pida a quien instaló puente que agregue esa a «carpetas» en puente.yaml.`,
    );
  }
}

type Kind = 'avances' | 'consultas' | 'base' | 'entidades' | 'registro';

interface NamedFile {
  file: string;
  kind: Kind;
}

/** What each has to be, and how to say so. */
const KINDS: Record<Kind, [what: string, use: string, name: RegExp | null]> = {
  avances: [
    'una carpeta ni una planilla',
    'una carpeta, o un archivo que termine en .csv, .xlsx, .ods o .json',
    /\.(csv|xlsx|ods|json)$/i,
  ],
  consultas: ['un archivo de consultas', 'un archivo que termine en .sql', /\.sql$/i],
  base: [
    'una base de datos SQLite',
    'un archivo que termine en .db, .db3, .sqlite o .sqlite3',
    /\.(db3?|sqlite3?)$/i,
  ],
  registro: [
    'un registro de eventos ni su carpeta',
    'la carpeta de tracking.log, o un archivo que termine en .log o .gz',
    /\.(log|gz)$/i,
  ],
  entidades: ['una carpeta', 'una carpeta con un archivo por entidad', null],
};

/** Absolute, as settings that were read are. */
function filesOf(fuente: FuenteSettings): NamedFile[] {
  if (fuente.tipo === 'archivo') return [{ file: fuente.ruta, kind: 'avances' }];
  if (fuente.tipo === 'entidades') return [{ file: fuente.ruta, kind: 'entidades' }];
  if (fuente.tipo === 'moodle-ws') {
    const csv = fuente.tiempo?.csv;
    return csv === undefined ? [] : [{ file: csv, kind: 'avances' }];
  }
  if (fuente.tipo !== 'sql') return [];
  const base = sqliteFileOf(fuente.url);
  return [
    ...(base === null ? [] : [{ file: base, kind: 'base' as const }]),
    ...(fuente.consultas === undefined ? [] : [{ file: fuente.consultas, kind: 'consultas' as const }]),
    ...(fuente.registro === undefined ? [] : [{ file: fuente.registro, kind: 'registro' as const }]),
  ];
}

/** A disk may take capitals and small letters for the same. */
function isSame(files: readonly string[], asked: string): boolean {
  return files.some((file) => [file, realOf(file)].some((one) => one.toLowerCase() === asked.toLowerCase()));
}

/** As the disk writes it, capitals too. */
function realOf(file: string): string {
  return existsSync(file) ? realpathSync.native(file) : file;
}

/** Of a folder, also of one that is still to be made, or of a file of the kind that is read there. */
function hasNameOf(kind: Kind, file: string): boolean {
  const [, , name] = KINDS[kind];
  const stats = statSync(file, { throwIfNoEntry: false });
  const isFolder = stats === undefined ? path.extname(file) === '' : stats.isDirectory();
  const mayBeFolder = kind === 'avances' || kind === 'entidades' || kind === 'registro';
  return isFolder ? mayBeFolder : (name?.test(file) ?? false);
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
