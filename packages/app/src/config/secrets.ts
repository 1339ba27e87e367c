import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readToken } from '@puente-sic/protocol';
import { Failure } from '../failure.ts';
import { stateFolder } from '../options.ts';
import { DEFAULT_CONFIG, type Settings } from './settings.ts';

/** The variable with the key of what is kept encrypted in the state folder. */
export const CLAVE = 'PUENTE_CLAVE';
/** Without it the key is in this file beside puente.yaml: never in the state folder, nor in a backup of it. */
export const KEY_FILE = 'puente.clave';

/** Where secrets are looked for. */
export interface SecretPlace {
  config?: string;
  datos?: string;
  env: NodeJS.ProcessEnv;
  /** Told what was found on opening the state folder. */
  onNotice?: (text: string) => void;
}

/** Name of a provider's token among the secrets of the state folder. */
export function tokenName(rut: string): string {
  return `token:${rut}`;
}

/** Name of what `${VARIABLE}` in puente.yaml stands for. */
export function variableName(variable: string): string {
  return `variable:${variable}`;
}

/** The key, from the environment or its file; undefined where there is none yet. */
export async function readKey({ config, env }: SecretPlace): Promise<string | undefined> {
  if (env[CLAVE]) return env[CLAVE];
  const file = keyFile(config);
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
}

/** The key; where there is none yet, a random one is made and its file told with `made`. */
export async function ensureKey(place: SecretPlace): Promise<{ clave: string; made: string | null }> {
  const known = await readKey(place);
  if (known !== undefined) return { clave: known, made: null };
  const file = keyFile(place.config);
  const clave = randomBytes(32).toString('base64');
  await writeFile(file, `${clave}\n`, { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
    throw new Failure(
      `No se pudo crear ${file}, el archivo con la clave que cifra los secretos.`,
      `Permita escribir en esa carpeta, o defina la variable ${CLAVE} con una clave al azar («openssl rand -base64 32»).`,
      2,
      { cause },
    );
  });
  return { clave, made: file };
}

/**
 * Those of the secrets that are kept encrypted in the state folder. Nothing is opened, nor made, where nothing can be
 * there.
 * @throws EngineFailure for a key that is not the one that they were kept with.
 */
export async function readStored(
  place: SecretPlace,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const datos = stateFolder(place.datos, place.env);
  const clave = names.length === 0 || !existsSync(datos) ? undefined : await readKey(place);
  if (clave === undefined) return found;
  const { hasSecret, openLedgerToRead, readSecret } = await import('@puente-sic/engine');
  const ledger = await openLedgerToRead(datos);
  for (const aviso of ledger.avisos) place.onNotice?.(aviso);
  try {
    for (const name of names) {
      if (await hasSecret(ledger, name)) found.set(name, await readSecret(ledger, name, clave));
    }
  } finally {
    await ledger.close();
  }
  return found;
}

/** What of the secrets is new and not kept yet; it goes before what is kept. */
export type Pending = ReadonlyMap<string, string>;

/**
 * Adds the tokens that are not written in puente.yaml: from `tokenArchivo`, else from those kept encrypted in the state
 * folder. A file that cannot be used is thrown as a {@link Failure}, or given to `onUnusable` and its provider has none.
 */
export async function withTokens(
  settings: Settings,
  place: SecretPlace,
  pending: Pending = new Map(),
  onUnusable = (failure: Failure): void => {
    throw failure;
  },
): Promise<Settings> {
  const without = settings.otecs.filter(({ token, tokenArchivo }) => (token ?? tokenArchivo) === undefined);
  const stored = await readStored(
    place,
    without.map(({ rut }) => tokenName(rut)),
  );
  const otecs = [];
  for (const otec of settings.otecs) {
    const name = tokenName(otec.rut);
    const read = otec.token ?? (await fromFile(otec));
    if (read instanceof Failure) onUnusable(read);
    const token = read instanceof Failure ? undefined : (read ?? pending.get(name) ?? stored.get(name));
    otecs.push({ ...otec, ...(token !== undefined && { token }) });
  }
  return { ...settings, otecs };
}

async function fromFile({
  rut,
  tokenArchivo,
}: Settings['otecs'][number]): Promise<string | Failure | undefined> {
  if (tokenArchivo === undefined) return undefined;
  const text = await readFile(tokenArchivo, 'utf8').catch(() => null);
  if (text === null) {
    return new Failure(
      `No se pudo leer el archivo del token de la OTEC ${rut} (${tokenArchivo}).`,
      'Revise «tokenArchivo» en puente.yaml y que este usuario pueda leer ese archivo.',
    );
  }
  const read = readToken(text);
  if (read) return read.token;
  return new Failure(
    `El archivo del token de la OTEC ${rut} (${tokenArchivo}) no contiene un token de SENCE.`,
    'Debe tener solo el token, así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220. Cópielo de nuevo desde https://sistemas.sence.cl/rts.',
  );
}

function keyFile(config = DEFAULT_CONFIG): string {
  return path.join(path.dirname(path.resolve(config)), KEY_FILE);
}
