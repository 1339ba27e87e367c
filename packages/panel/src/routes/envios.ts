import { courseNights, envioDetail, findEnvios } from '@puente-sic/engine';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound } from '../http/refusal.ts';

/** Every call that was made, and what was answered. */
export function envios(mount: Mount, { ledger }: Context): void {
  mount('envios', async ({ filtro }) => {
    const { limite, ...asked } = filtro;
    const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== '');
    return findEnvios(ledger, { ...Object.fromEntries(given), limite });
  });

  mount('nochesEnviadas', async ({ filtro: { rutOtec, cuales, buscar, noche, antes } }) =>
    courseNights(ledger, {
      ...(rutOtec !== undefined && { rutOtec }),
      ...(cuales !== undefined && { cuales }),
      ...(buscar !== undefined && { buscar }),
      ...(noche !== undefined && { noche }),
      ...(antes !== undefined && { antes }),
    }),
  );

  mount('envio', async ({ params }) => {
    const detail = await envioDetail(ledger, params.codigoEnvio);
    if (detail === null) throw notFound('No hay ningún envío con ese código.');
    return { ...detail, cuerpo: detail.cuerpo && { ...detail.cuerpo } };
  });
}
