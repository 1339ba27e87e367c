import type { AroundErasure, Erasure, Ledger, PersonData } from '@puente-sic/engine';
import { mask, santiagoDate } from '@puente-sic/protocol';
import { writeBitacora } from './accounts/bitacora.ts';
import type { Actor } from './accounts/deed.ts';

/**
 * Takes a person out of the ledger and writes down who did it, without saying whom: both or neither. Null: nothing is
 * there of it.
 * @param confirmando whose request it fulfils; null: it was asked for at the computer itself.
 * @throws EngineFailure where somebody holds this erasure, or an envío of the person is still uncertain.
 */
export async function forgetPerson(
  ledger: Ledger,
  actor: Actor,
  { rut, confirmando = null }: { rut: string; confirmando?: { id: number; pidio: string } | null },
  now: Date,
  before?: AroundErasure['before'],
): Promise<Erasure | null> {
  const { assertNotHeld, erasePerson } = await import('@puente-sic/engine');
  return erasePerson(ledger, rut, now, {
    before: async (inside) => {
      await assertNotHeld(inside, rut);
      await before?.(inside);
    },
    also: (inside, { envios, aceptados, errores }) => {
      const what = [
        envios === 1 ? '1 envío' : `${envios} envíos`,
        aceptados === 1 ? '1 avance aceptado' : `${aceptados} avances aceptados`,
        errores === 1 ? '1 error' : `${errores} errores`,
      ];
      const asked = confirmando && ` Lo pidió «${confirmando.pidio}» (pedido ${confirmando.id}).`;
      const detalle = `Borró a una persona: ${what.join(', ')}.${asked ?? ''}`;
      return writeBitacora(inside, { ...actor, accion: 'persona-borrada', detalle }, now);
    },
  });
}

/** Everything that there is of a person; that it was given out is written down, without saying whose it is. Null: nothing is. */
export async function giveOutPerson(
  ledger: Ledger,
  actor: Actor,
  { rut }: { rut: string },
  now: Date,
): Promise<PersonData | null> {
  const { exportPerson } = await import('@puente-sic/engine');
  const data = await exportPerson(ledger, rut);
  if (isEmpty(data)) return null;
  const detalle = 'Descargó los datos de una persona.';
  await writeBitacora(ledger, { ...actor, accion: 'persona-exportada', detalle }, now);
  return data;
}

function isEmpty({ rut: _, noches, ...lists }: PersonData): boolean {
  return [...Object.values(lists), ...Object.values(noches)].every((list) => list.length === 0);
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
