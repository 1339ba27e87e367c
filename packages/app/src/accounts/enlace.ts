import { randomBytes, timingSafeEqual } from 'node:crypto';
import { access, constants, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_CONFIG } from '../config/settings.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';
import { hashOf } from './hash.ts';

/** A link that opens the panel once, within ten minutes, to whoever can read the files of this computer. */
export interface Enlace {
  /** Whose session it opens; null: it lets make an administrator's account, or give one a new password. */
  usuario: string | null;
}

/** The links of one panel. */
export interface Enlaces {
  /** What a code opens; null where it opens nothing (any more). */
  look(codigo: string): Promise<Enlace | null>;
  /** Uses it up. False: somebody else was first, or it opens nothing. */
  take(codigo: string): Promise<boolean>;
}

/** Where the link stands for whoever does not see what `puente servir` prints. */
export const ENLACE_FILE = 'puente.enlace';
export const ENLACE_MINUTES = 10;

export interface EnlacePlace extends PlaceOptions {
  env: NodeJS.ProcessEnv;
}

/**
 * Makes a link in the place of the former one, and writes it beside puente.yaml (in the state folder, where it cannot be
 * there) for this user alone. The code stands behind a `#`: no browser sends it along with an address.
 */
export async function makeEnlace(
  place: EnlacePlace,
  panel: string,
  now: Date,
  usuario: string | null = null,
): Promise<{ url: string; archivo: string }> {
  const codigo = randomBytes(32).toString('base64url');
  const url = new URL(`/#codigo=${codigo}`, panel).href;
  const vence = new Date(now.getTime() + ENLACE_MINUTES * 60_000).toISOString();
  for (const file of filesOf(place)) await rm(file, { force: true });
  const archivo = await writableOf(place);
  // A name that was free until now: nobody has it open already.
  await writeFile(archivo, [url, vence, usuario ?? '', ''].join('\n'), { mode: 0o600, flag: 'wx' });
  return { url, archivo };
}

/** The links that {@link makeEnlace} wrote, also from another process. */
export function enlacesIn(place: EnlacePlace, clock: () => Date): Enlaces {
  const look = (file: string, codigo: string) => readEnlace(file, codigo, clock());
  return {
    async look(codigo) {
      for (const file of filesOf(place)) {
        const enlace = await look(file, codigo);
        if (enlace !== null) return enlace;
      }
      return null;
    },
    async take(codigo) {
      for (const file of filesOf(place)) {
        if ((await look(file, codigo)) === null) continue;
        // Of many at once only one finds the file to rename.
        const used = `${file}.${randomBytes(4).toString('hex')}`;
        const isFirst = await rename(file, used).then(
          () => true,
          () => false,
        );
        const isRight = isFirst && (await look(used, codigo)) !== null;
        await rm(used, { force: true });
        return isRight;
      }
      return false;
    },
  };
}

async function readEnlace(file: string, codigo: string, now: Date): Promise<Enlace | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [url = '', vence = '', usuario = ''] = text.split('\n');
  const [, known = ''] = url.split('#codigo=');
  const left = Date.parse(vence) - now.getTime();
  const isInTime = left > 0 && left <= ENLACE_MINUTES * 60_000;
  if (!isInTime || known === '' || !isSame(known, codigo)) return null;
  return { usuario: usuario === '' ? null : usuario };
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)));
}

/** In the order in which they are tried. */
function filesOf({ config = DEFAULT_CONFIG, datos, env }: EnlacePlace): string[] {
  const folders = [path.dirname(path.resolve(config)), stateFolder(datos, env)];
  return folders.map((folder) => path.join(folder, ENLACE_FILE));
}

async function writableOf(place: EnlacePlace): Promise<string> {
  const [beside = '', inState = ''] = filesOf(place);
  return access(path.dirname(beside), constants.W_OK).then(
    () => beside,
    () => inState,
  );
}
