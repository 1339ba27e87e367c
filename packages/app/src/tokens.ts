import { CONSOLE, deed, fileDeed } from './accounts/deed.ts';
import { ensureKey, tokenName } from './config/secrets.ts';
import type { Host } from './host.ts';
import { type PlaceOptions, stateFolder } from './options.ts';

/**
 * Keeps a provider's token encrypted in the state folder, in the place of the former one, and writes that down.
 * Gives the file of the key where there was none and one was made.
 */
export async function keepToken(
  { env, clock, onNotice }: Host,
  place: PlaceOptions,
  { rut, token }: { rut: string; token: string },
): Promise<string | null> {
  const { openLedger, saveSecret } = await import('@puente-sic/engine');
  const ledger = await openLedger(stateFolder(place.datos, env));
  for (const aviso of ledger.avisos) onNotice(aviso);
  try {
    // The file of the key is no part of the ledger's transaction.
    return await fileDeed(ledger, CONSOLE, clock, {
      ...{ accion: 'token-guardado', detalle: `OTEC ${rut}.` },
      outcome: (made) => `OTEC ${rut}.${made === null ? '' : ' Se creó el archivo de la clave maestra.'}`,
      work: async () => {
        const { clave, made } = await ensureKey({ ...place, env });
        await saveSecret(ledger, tokenName(rut), token, clave, clock());
        return made;
      },
    });
  } finally {
    await ledger.close();
  }
}

/** Forgets it. False: none was kept. */
export async function forgetToken(
  { env, clock, onNotice }: Host,
  place: PlaceOptions,
  rut: string,
): Promise<boolean> {
  const { hasSecret, openLedger, removeSecret } = await import('@puente-sic/engine');
  const ledger = await openLedger(stateFolder(place.datos, env));
  for (const aviso of ledger.avisos) onNotice(aviso);
  try {
    return await deed(ledger, CONSOLE, clock(), async (inside) => {
      if (!(await hasSecret(inside, tokenName(rut)))) return { result: false, hecho: null };
      await removeSecret(inside, tokenName(rut));
      return { result: true, hecho: { accion: 'token-borrado', detalle: `OTEC ${rut}.` } };
    });
  } finally {
    await ledger.close();
  }
}
