import { courseNights, envioDetail, findEnvios, settle } from '@puente-sic/engine';
import { type Context, providerOf } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound } from '../http/refusal.ts';

/** Every call that was made, and what was answered. */
export function envios(mount: Mount, { access, bus, clock, ledger }: Context): void {
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

  mount('buscarEnvios', async ({ pide: { rutOtec }, running, who, request, signal }) => {
    const { otec } = providerOf(running, rutOtec);
    const found = await settle({ ledger, otecs: [otec], clientFor: running.clientFor, clock, signal });
    await access.note(request, who, 'busqueda', `OTEC ${rutOtec}: ${found.length} sin respuesta.`);
    if (found.some(({ estado }) => estado !== 'incierto')) bus.tell({ tipo: 'recargar' });
    return {
      resueltos: found.map(({ codigoEnvio, codigoOferta, codigoGrupo, estado, mensaje }) => ({
        ...{ codigoEnvio, rutOtec, codigoOferta, codigoGrupo, estado, mensaje },
      })),
    };
  });

  mount('envio', async ({ params }) => {
    const detail = await envioDetail(ledger, params.codigoEnvio);
    if (detail === null) throw notFound('No hay ningún envío con ese código.');
    return { ...detail, cuerpo: detail.cuerpo && { ...detail.cuerpo } };
  });
}
