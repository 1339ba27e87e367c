import type { Erasure, Ledger } from '@puente-sic/engine';
import { mask, santiagoDate } from '@puente-sic/protocol';
import { writeBitacora } from './accounts/bitacora.ts';
import type { Actor } from './accounts/deed.ts';

/** Takes a person out of the ledger and writes down who did it, without saying whom: both or neither. Null: nothing is there of it. */
export async function forgetPerson(
  ledger: Ledger,
  actor: Actor,
  { rut }: { rut: string },
  now: Date,
): Promise<Erasure | null> {
  const { erasePerson } = await import('@puente-sic/engine');
  return erasePerson(ledger, rut, now, (inside, { envios, aceptados, errores }) => {
    const what = [
      envios === 1 ? '1 envío' : `${envios} envíos`,
      aceptados === 1 ? '1 avance aceptado' : `${aceptados} avances aceptados`,
      errores === 1 ? '1 error' : `${errores} errores`,
    ];
    const detalle = `Borró a una persona: ${what.join(', ')}.`;
    return writeBitacora(inside, { ...actor, accion: 'persona-borrada', detalle }, now);
  });
}

/** Decides that a person who was erased is reported again, and writes down who decided and why, without saying of whom. */
export async function reportPerson(
  ledger: Ledger,
  actor: Actor,
  { rut, motivo }: { rut: string; motivo: string },
  now: Date,
): Promise<Date> {
  const { reportAgain } = await import('@puente-sic/engine');
  return reportAgain(ledger, rut, now, (inside, borrado) => {
    const day = santiagoDate(borrado);
    const detalle = `Decidió volver a informar a una persona cuyos datos se borraron el ${day}. Motivo: ${mask(motivo)}`;
    return writeBitacora(inside, { ...actor, accion: 'persona-informada', detalle }, now);
  });
}
