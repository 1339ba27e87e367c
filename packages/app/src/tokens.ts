import { CONSOLE, deed } from './accounts/deed.ts';
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
  const { clave, made } = await ensureKey({ ...place, env });
  const ledger = await openLedger(stateFolder(place.datos, env));
  for (const aviso of ledger.avisos) onNotice(aviso);
  try {
    await deed(ledger, CONSOLE, clock(), async (inside) => {
      await saveSecret(inside, tokenName(rut), token, clave, clock());
      return { result: undefined, hecho: { accion: 'token-guardado', detalle: `OTEC ${rut}.` } };
    });
    return made;
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
