import type { AroundErasure, Erasure, Ledger, PersonData } from '@puente-sic/engine';
import { mask, santiagoDate } from '@puente-sic/protocol';
import type { KeptOfPerson } from '@puente-sic/sources';
import { writeBitacora } from './accounts/bitacora.ts';
import type { Actor } from './accounts/deed.ts';
import type { FuenteSettings } from './config/settings.ts';
import { forgetAside, sheetsThatHold } from './setup/sheets-of-person.ts';

/** Whose data, and the sources whose sheets are looked through; null: which they are cannot be told now. */
export interface OfPerson {
  rut: string;
  fuentes: readonly FuenteSettings[] | null;
}

/** Everything that puente has of a person. */
export type DatosDePersona = PersonData &
  KeptOfPerson & {
    /** Sheets in which the person stands, in use or put aside: the person's rows are in the file itself. */
    planillas: string[];
  };

/** What an erasure reached beside the ledger, and what it did not, by name. */
export interface Olvido {
  /** Null: there was nothing of the person, or no more. */
  borrado: Erasure | null;
  /** Files out of which the person was taken, and put-aside sheets that were deleted for it. */
  archivos: string[];
  queda: {
    /** Backups that puente keeps itself. */
    respaldos: string[];
    /** Of clicks: of accounts of which nobody knows whose they are, or files that cannot be opened. */
    clics: string[];
    /** Sheets in use that have the person, or that cannot be looked through. */
    planillas: string[];
    /** Whether no sheet was looked at, since the settings cannot be read. */
    sinPlanillas: boolean;
  };
}

/**
 * Takes a person out of everything that puente keeps and writes down who did it, without saying whom. The ledger and its
 * trail change together; the files after it, and what came of them is noted then: done again, it finishes.
 * @param confirmando whose request it fulfils; null: it was asked for at the computer itself.
 * @throws EngineFailure where somebody holds this erasure, or an envío of the person is still uncertain.
 */
export async function forgetPerson(
  ledger: Ledger,
  actor: Actor,
  { rut, fuentes, confirmando = null }: OfPerson & { confirmando?: { id: number; pidio: string } | null },
  clock: () => Date,
  before?: AroundErasure['before'],
): Promise<Olvido> {
  const { assertNotHeld, backupsThatHold, erasePerson } = await import('@puente-sic/engine');
  const { forgetKept, huellaOfText } = await import('@puente-sic/sources');
  const { datos } = ledger;
  const sheets = await sheetsThatHold(fuentes ?? [], rut);
  const isElsewhere = sheets.aside.length > 0 || (await isKept(datos, rut));
  const borrado = await erasePerson(ledger, rut, clock(), {
    isElsewhere,
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
      const files = isElsewhere ? ' Comenzó a sacarla de los archivos.' : '';
      const detalle = `Borró a una persona: ${what.join(', ')}.${asked ?? ''}${files}`;
      return writeBitacora(inside, { ...actor, accion: 'persona-borrada', detalle }, clock());
    },
  });
  const kept = datos === null ? NOTHING_KEPT : forgetKept(datos, new Set([huellaOfText(rut) ?? '']));
  const archivos = [...kept.archivos, ...(await forgetAside(sheets.aside))];
  if (archivos.length > 0) {
    const detalle = `Sacó a una persona borrada de ${archivos.map((file) => mask(file)).join(', ')}.`;
    await writeBitacora(ledger, { ...actor, accion: 'persona-borrada-archivos', detalle }, clock());
  }
  return {
    borrado,
    archivos,
    queda: {
      respaldos: datos === null ? [] : await backupsThatHold(datos, rut),
      clics: [...kept.sinPersona, ...kept.ilegibles],
      planillas: [...sheets.inUse, ...sheets.unreadable],
      sinPlanillas: fuentes === null,
    },
  };
}

const NOTHING_KEPT = { archivos: [], sinPersona: [], ilegibles: [] };

async function isKept(datos: string | null, rut: string): Promise<boolean> {
  const { entregas, clics } = await keptOf(datos, rut);
  return entregas.length + clics.length > 0;
}

async function keptOf(datos: string | null, rut: string): Promise<KeptOfPerson> {
  if (datos === null) return { entregas: [], clics: [] };
  const { huellaOfText, keptOfPerson } = await import('@puente-sic/sources');
  return keptOfPerson(datos, huellaOfText(rut) ?? '');
}

/** Everything that there is of a person; that it was given out is written down, without saying whose it is. Null: nothing is. */
export async function giveOutPerson(
  ledger: Ledger,
  actor: Actor,
  { rut, fuentes }: OfPerson,
  now: Date,
): Promise<DatosDePersona | null> {
  const { exportPerson } = await import('@puente-sic/engine');
  const own = await exportPerson(ledger, rut);
  const { aside, inUse } = await sheetsThatHold(fuentes ?? [], own.rut);
  const data = { ...own, ...(await keptOf(ledger.datos, own.rut)), planillas: [...inUse, ...aside] };
  if (isEmpty(data)) return null;
  const detalle = 'Descargó los datos de una persona.';
  await writeBitacora(ledger, { ...actor, accion: 'persona-exportada', detalle }, now);
  return data;
}

function isEmpty({ rut: _, noches, ...lists }: DatosDePersona): boolean {
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
