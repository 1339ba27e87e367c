import type { Erasure, Ledger } from '@puente-sic/engine';
import { writeBitacora } from './accounts/bitacora.ts';
import type { Actor } from './accounts/deed.ts';

/** Takes a person out of the ledger and writes down who did it, without saying whom: both or neither. */
export async function forgetPerson(
  ledger: Ledger,
  actor: Actor,
  { rut }: { rut: string },
  now: Date,
): Promise<Erasure> {
  const { erasePerson } = await import('@puente-sic/engine');
  return erasePerson(ledger, rut, now, (inside, { envios, aceptados, errores }) => {
    const detalle = `Borró a una persona de ${envios} envíos, ${aceptados} avances aceptados y ${errores} errores.`;
    return writeBitacora(inside, { ...actor, accion: 'persona-borrada', detalle }, now);
  });
}
