import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { ENLACE_FILE } from '../accounts/enlace.ts';
import { KEY_FILE } from '../config/secrets.ts';
import { DEFAULT_CONFIG, type FuenteSettings, type Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';

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
  const asked = fileOf(fuente);
  if (asked === undefined) return;
  // Where a link leads is what is read.
  const real = realOf(asked);
  const tokens = before.otecs.flatMap(({ tokenArchivo }) => tokenArchivo ?? []);
  const own = [
    path.resolve(config),
    ...[KEY_FILE, ENLACE_FILE].map((name) => path.join(folder, name)),
    ...tokens,
  ];
  const state = stateFolder(datos, env);
  const known = before.fuentes.flatMap((one) => fileOf(one) ?? []);
  const isOwn = [asked, real].some(
    (one) => isSame(own, one) || isWithin(one, state) || isWithin(one, realOf(state)),
  );
  const isAllowed = [folder, ...(before.carpetas ?? [])].some(
    (one) => isWithin(asked, one) && (isWithin(real, one) || isWithin(real, realOf(one))),
  );
  if (known.includes(asked)) return;
  if (isOwn)
    throw new Failure(
      `Desde el panel no se puede leer ${asked}: es un archivo del propio Puente, no de avances.`,
      'Use la carpeta o la planilla donde están los avances de sus alumnos.',
    );
  if (isAllowed) {
    if ([asked, real].every(isDataName)) return;
    throw new Failure(
      `Desde el panel no se puede leer ${asked}: no es una carpeta ni una planilla.`,
      'Use una carpeta, o un archivo que termine en .csv, .xlsx, .ods o .json; otro archivo se escribe en puente.yaml.',
    );
  }
  throw new Failure(
    `Desde el panel no se puede leer ${asked}: no está en una de las carpetas permitidas.`,
    `Use una carpeta dentro de ${folder}, o pida a quien instaló puente que agregue esa a «carpetas» en puente.yaml.`,
  );
}

/** Absolute, as settings that were read are. */
function fileOf(fuente: FuenteSettings): string | undefined {
  if (fuente.tipo === 'archivo') return fuente.ruta;
  return fuente.tipo === 'moodle-ws' ? fuente.tiempo?.csv : undefined;
}

/** A disk may take capitals and small letters for the same. */
function isSame(files: readonly string[], asked: string): boolean {
  return files.some((file) => [file, realOf(file)].some((one) => one.toLowerCase() === asked.toLowerCase()));
}

/** As the disk writes it, capitals too. */
function realOf(file: string): string {
  return existsSync(file) ? realpathSync.native(file) : file;
}

/** Of a folder, also of one that is still to be made, or of a file of a kind that a folder is read for. */
function isDataName(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  const isFolder = stats === undefined ? path.extname(file) === '' : stats.isDirectory();
  return isFolder || /\.(csv|xlsx|ods|json)$/i.test(file);
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
