import { takeLease } from '../lease.ts';
import { recoverEnvios, unprovenEnvios } from '../ledger/envios.ts';
import type { SendRequest } from '../request.ts';
import type { Resuelto } from '../results.ts';
import { type Settlement, settleOne } from './settle-one.ts';

export type SettleRequest = Pick<SendRequest, 'ledger' | 'otecs' | 'clientFor' | 'clock' | 'signal'>;

/** Asks the history for every uncertain envío, oldest first. A provider that another process sends for is left to it. */
export async function settle(request: SettleRequest): Promise<Resuelto[]> {
  const perOtec = await Promise.all(
    request.otecs.map(async (otec) => {
      const lease = takeLease(request.ledger, otec.rut);
      if (lease === null) return [];
      try {
        await recoverEnvios(request.ledger.db, otec.rut, request.clock());
        const client = request.clientFor(otec);
        const resolved: Resuelto[] = [];
        for (const row of await unprovenEnvios(request.ledger.db, { rutOtec: otec.rut })) {
          resolved.push(resueltoOf(row, await settleOne(row, { ...request, client })));
        }
        return resolved;
      } finally {
        lease.release();
      }
    }),
  );
  return perOtec.flat();
}

function resueltoOf(
  { codigoEnvio, rutOtec, codigoOferta, codigoGrupo }: Omit<Resuelto, 'estado' | 'mensaje'>,
  settlement: Settlement,
): Resuelto {
  const whose = { codigoEnvio, rutOtec, codigoOferta, codigoGrupo };
  if (settlement.kind === 'arrived') {
    const { estado, idProceso, aceptados, rechazados } = settlement.recorded;
    const mensaje = `SENCE lo recibió como proceso ${idProceso ?? 'sin número'}.`;
    return { ...whose, estado, idProceso, aceptados, rechazados, mensaje };
  }
  const nothing = { ...whose, idProceso: null, aceptados: 0, rechazados: 0 };
  if (settlement.kind === 'open') return { ...nothing, estado: 'incierto', mensaje: settlement.mensaje };
  return { ...nothing, estado: 'no-enviado', mensaje: 'No llegó a SENCE; se puede enviar de nuevo.' };
}
