import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ENLACE_FILE } from '../accounts/enlace.ts';
import { KEY_FILE } from '../config/secrets.ts';
import { DEFAULT_CONFIG, type FuenteSettings, type Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';

/**
 * Holds what the panel may have read to the folders that puente.yaml's owner allowed: its own, those of `carpetas`, and
 * whatever the file names already. What puente keeps its secrets and its ledger in is never data.
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
  const own = [path.resolve(config), ...[KEY_FILE, ENLACE_FILE].map((name) => path.join(folder, name))];
  const state = stateFolder(datos, env);
  const known = before.fuentes.flatMap((one) => fileOf(one) ?? []);
  const isOwn = [asked, real].some(
    (one) => isSame(own, one) || isWithin(one, state) || isWithin(one, realOf(state)),
  );
  const isAllowed = [folder, ...(before.carpetas ?? [])].some(
    (one) => isWithin(asked, one) && (isWithin(real, one) || isWithin(real, realOf(one))),
  );
  if (known.includes(asked) || (isAllowed && !isOwn)) return;
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

function realOf(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
