import { search } from '@puente-sic/engine';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';

/** Finds courses and students of the providers that puente reports for. */
export function buscar(mount: Mount, { ledger }: Context): void {
  mount('buscar', async ({ pide: { texto, rutOtec }, running }) => {
    const rutOtecs = running.providers
      .map(({ otec }) => otec.rut)
      .filter((rut) => rutOtec === undefined || rut === rutOtec);
    return search(ledger, { texto, rutOtecs });
  });
}
