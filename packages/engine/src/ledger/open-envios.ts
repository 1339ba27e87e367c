import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Its outcome is not known. SQLite finds those few among all of years only where the very words of their index are
 * asked for, so whoever asks for one of these states by the minute, or for a page, asks for this beside it.
 */
export const isOpen = sql<boolean>`estado IN ('preparado', 'enviando', 'incierto')`;

/** How many calls of the service for a night have been cut since an instant, whatever became of them. */
export async function cutSince(
  db: Kysely<Tables>,
  { rutOtec, noche }: { rutOtec: string; noche: string },
  since: Date,
): Promise<number> {
  const { cut } = await db
    .selectFrom('envio')
    .select(({ fn }) => fn.countAll<number>().as('cut'))
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('origen', '=', 'servicio')
    .where('cortado', '>=', since.toISOString())
    .executeTakeFirstOrThrow();
  return cut;
}

/** Whether there is a call of which it is not known what became, or one that a process which is no more left on its way. */
export async function hasUnsettled(db: Kysely<Tables>, rutOtec: string): Promise<boolean> {
  const row = await db
    .selectFrom('envio')
    .select('codigoEnvio')
    .where('rutOtec', '=', rutOtec)
    .where(isOpen)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
