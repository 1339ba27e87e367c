import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

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
    .where('estado', 'in', ['incierto', 'enviando', 'preparado'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
