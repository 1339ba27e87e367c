import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readToken } from '@puente-sic/protocol';
import { Failure } from '../failure.ts';
import type { Settings } from './settings.ts';

/** The variable with the key of what is kept encrypted in the state folder. */
export const CLAVE = 'PUENTE_CLAVE';

/** Name of a provider's token among the secrets of the state folder. */
export function tokenName(rut: string): string {
  return `token:${rut}`;
}

/**
 * Adds the tokens that are not written in puente.yaml: from `tokenArchivo`, else from those kept encrypted in the state
 * folder, where PUENTE_CLAVE is set. Throws a {@link Failure} for a file that cannot be used.
 */
export async function withTokens(
  settings: Settings,
  datos: string,
  env: NodeJS.ProcessEnv,
): Promise<Settings> {
  const stored = await openStored(settings, datos, env[CLAVE]);
  try {
    const otecs = [];
    for (const otec of settings.otecs) {
      const token = otec.token ?? (await fromFile(otec)) ?? (await stored?.read(otec.rut));
      otecs.push({ ...otec, ...(token !== undefined && { token }) });
    }
    return { ...settings, otecs };
  } finally {
    await stored?.close();
  }
}

async function fromFile({ rut, tokenArchivo }: Settings['otecs'][number]): Promise<string | undefined> {
  if (tokenArchivo === undefined) return undefined;
  const text = await readFile(tokenArchivo, 'utf8').catch(() => {
    throw new Failure(
      `No se pudo leer el archivo del token de la OTEC ${rut} (${tokenArchivo}).`,
      'Revise «tokenArchivo» en puente.yaml y que este usuario pueda leer ese archivo.',
    );
  });
  const read = readToken(text);
  if (read) return read.token;
  throw new Failure(
    `El archivo del token de la OTEC ${rut} (${tokenArchivo}) no contiene un token de SENCE.`,
    'Debe tener solo el token, así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220. Cópielo de nuevo desde https://sistemas.sence.cl/rts.',
  );
}

/** Nothing is opened, nor made, where nothing can be there or nothing is needed of it. */
async function openStored({ otecs }: Settings, datos: string, clave: string | undefined) {
  if (clave === undefined || otecs.every(({ token, tokenArchivo }) => token ?? tokenArchivo)) return null;
  if (!existsSync(datos)) return null;
  const { hasSecret, openLedgerToRead, readSecret } = await import('@puente-sic/engine');
  const ledger = openLedgerToRead(datos);
  return {
    read: async (rut: string) =>
      (await hasSecret(ledger, tokenName(rut))) ? readSecret(ledger, tokenName(rut), clave) : undefined,
    close: () => ledger.close(),
  };
}
