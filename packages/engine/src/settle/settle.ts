import { santiagoDateTime } from '@puente-sic/protocol';
import { noteAskedToWait, pauseNow } from '../asked-to-wait.ts';
import { takeLease } from '../lease.ts';
import { recoverEnvios, unprovenEnvios } from '../ledger/envios.ts';
import type { SendRequest } from '../request.ts';
import type { Resuelto } from '../results.ts';
import { type Settlement, settleOne } from './settle-one.ts';

export type SettleRequest = Pick<SendRequest, 'ledger' | 'otecs' | 'clientFor' | 'clock' | 'signal'>;

/**
 * Asks the history for every uncertain envío, oldest first. A provider that another process sends for is left to it.
 * Where the history cannot be asked, or has asked to be left alone, the rest stays uncertain and no further question is put.
 */
export async function settle(request: SettleRequest): Promise<Resuelto[]> {
  const perOtec = await Promise.all(
    request.otecs.map(async (otec) => {
      const lease = takeLease(request.ledger, otec.rut);
      if (lease === null) return [];
      try {
        await recoverEnvios(request.ledger.db, otec.rut, request.clock());
        const client = request.clientFor(otec);
        const pause = await pauseNow(request.ledger, otec.rut, request.clock());
        let cannotAsk = pause && unasked(patience(pause));
        const resolved: Resuelto[] = [];
        for (const row of await unprovenEnvios(request.ledger.db, { rutOtec: otec.rut })) {
          const settlement: Settlement = cannotAsk ?? (await settleOne(row, { ...request, client }));
          resolved.push(resueltoOf(row, settlement));
          if (cannotAsk !== null || settlement.kind !== 'open' || settlement.error === null) continue;
          await noteAskedToWait(request.ledger, otec, settlement.error, request.clock());
          cannotAsk = unasked(settlement.mensaje);
        }
        return resolved;
      } finally {
        lease.release();
      }
    }),
  );
  return perOtec.flat();
}

function unasked(mensaje: string): Settlement {
  return { kind: 'open', mensaje, error: null, isStuck: false };
}

function patience({ mensaje, until }: { mensaje: string; until: Date }): string {
  return `Todavía no se pregunta. ${mensaje} Puente vuelve a preguntar desde las ${santiagoDateTime(until).slice(11, 16)} (hora de Santiago).`;
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
