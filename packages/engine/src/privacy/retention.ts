import type { Ledger } from '../ledger/ledger.ts';
import { forgetTold } from './told.ts';

/**
 * Reduces what is older than the retention to hashes and counts: bodies, answers, records, closed errors and delivered
 * alerts go; the code, the process number, the SHA-256 of the body and the counts of each envío stay, and so does what SENCE
 * accepted last (without it a percentage could go down). What is still uncertain is kept until it is known.
 * @param dias how many days after its night an envío keeps its body.
 * @returns how many envíos were reduced.
 */
export async function applyRetention({ db }: Ledger, dias: number, now: Date): Promise<number> {
  const limit = new Date(now.getTime() - dias * DAY_MS).toISOString();
  return db.transaction().execute(async (tx) => {
    const old = await tx
      .selectFrom('envio')
      .select('codigoEnvio')
      .where('creado', '<', limit)
      .where(({ eb, or }) => or([eb('cuerpo', 'is not', null), eb('respuesta', 'is not', null)]))
      .where('estado', 'in', ['aceptado', 'parcial', 'rechazado', 'no-enviado'])
      .execute();
    for (const { codigoEnvio } of old) {
      await tx.deleteFrom('registro').where('codigoEnvio', '=', codigoEnvio).execute();
      await tx
        .updateTable('envio')
        .set({ cuerpo: null, respuesta: null, desglose: 'perdido' })
        .where('codigoEnvio', '=', codigoEnvio)
        .execute();
    }
    await tx.deleteFrom('error').where('cerrado', '<', limit).execute();
    await forgetTold(tx, limit.slice(0, 10));
    await tx.deleteFrom('aviso').where('creado', '<', limit).where('enviado', 'is not', null).execute();
    return old.length;
  });
}

const DAY_MS = 86_400_000;
