import { santiagoDate } from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { addDicho, type Dicho } from '../ledger/dichos.ts';
import { dropNoche, type NocheRow, pendingRows, planNoche } from '../ledger/noches.ts';
import { noteTold, partidaOf } from '../ledger/partidas.ts';
import type { Tables } from '../ledger/tables.ts';
import { type Night, nextNight, nightOf, type Ventana } from '../window.ts';
import { nameOfUnit, UNKNOWN_COURSES } from './units.ts';

/** Nights between a backup and the moment at which it was restored: the ledger does not know what became of them. */
export interface Doubt {
  /** Whether a night is one of them. */
  includes(night: Night): boolean;
  /**
   * Once SENCE's history has been read: those of them that are over are known by it, or told as not known; nobody can
   * say that they were lost.
   */
  tell(current: Night, isOpen: boolean, now: Date): Promise<void>;
}

/** @returns null where nothing was restored, or all of it was told. */
export async function doubtOf(db: Kysely<Tables>, rutOtec: string, ventana: Ventana): Promise<Doubt | null> {
  const partida = await partidaOf(db, rutOtec);
  if (partida === undefined || partida.restaurado === null || partida.contado === 1) return null;
  const { ultimaNoche } = partida;
  const restored = new Date(partida.restaurado);
  const first = ultimaNoche ?? (await beganOn(db, rutOtec));
  return {
    includes: ({ noche, start }) => first !== null && noche >= first && start < restored,
    async tell(current, isOpen, now) {
      const isOver = ({ noche }: Night) => noche < current.noche || (noche === current.noche && !isOpen);
      let night = first === null ? null : nightOf(first, ventana);
      for (; night !== null && night.start < restored && isOver(night); night = nextNight(night, ventana)) {
        const { noche } = night;
        const waiting = await pendingRows(db, rutOtec, noche);
        // Of its last night the backup knows what was settled by then.
        if (noche !== ultimaNoche || waiting.length > 0)
          await tellNight(db, { rutOtec, noche }, waiting, now);
      }
      await noteTold(db, rutOtec);
    },
  };
}

async function beganOn(db: Kysely<Tables>, rutOtec: string): Promise<string | null> {
  const query = db.selectFrom('servicio').select('desde').where('rutOtec', '=', rutOtec);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : santiagoDate(new Date(row.desde));
}

async function tellNight(
  db: Kysely<Tables>,
  { rutOtec, noche }: Pick<NocheRow, 'rutOtec' | 'noche'>,
  waiting: readonly NocheRow[],
  now: Date,
): Promise<void> {
  const sent = await sentOn(db, rutOtec, noche);
  const whole = { rutOtec, noche, fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
  await db.transaction().execute(async (tx) => {
    for (const row of waiting) await dropNoche(tx, row);
    await planNoche(tx, [{ ...whole, estado: 'hecha', desde: now.toISOString(), motivo: TITLE }], now);
    await addDicho(
      tx,
      whole,
      dichoOf(
        sent,
        waiting.map((row) => nameOfUnit(row)),
      ),
    );
  });
}

/** How many calls for a night SENCE has, as far as the ledger knows by now. */
async function sentOn(db: Kysely<Tables>, rutOtec: string, noche: string): Promise<number> {
  const { sent } = await db
    .selectFrom('envio')
    .select(({ fn }) => fn.countAll<number>().as('sent'))
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('estado', 'in', ['aceptado', 'parcial', 'rechazado'])
    .executeTakeFirstOrThrow();
  return sent;
}

function dichoOf(sent: number, cursos: readonly string[]): Dicho {
  const common = { titulo: TITLE, causa: 'sin-registro' } as const;
  const envios = sent === 1 ? '1 envío' : `${sent} envíos`;
  if (sent > 0 && cursos.length === 0) {
    const mensaje = `El respaldo restaurado no llega hasta esta noche. El historial de SENCE muestra ${envios} de ella; si algo más quedó retenido o sin enviar, no se sabe.`;
    return { ...common, gravedad: 'gris', mensaje, queHacer: '' };
  }
  const ofWhich = cursos.length === 0 ? '' : ` de ${cursos.join(', ')}`;
  const shown = sent === 0 ? 'no muestra ningún envío' : `muestra ${envios}, ninguno`;
  const mensaje = `El respaldo restaurado no llega hasta esta noche, y el historial de SENCE ${shown}${ofWhich}: no se sabe qué pasó.`;
  return { ...common, gravedad: 'amarillo', mensaje, queHacer: LOOK };
}

const TITLE = 'Respaldo restaurado';
const LOOK =
  'Si esa noche había cursos que informar, revise en SIC qué llegó. El avance de hoy sale con el próximo envío.';
