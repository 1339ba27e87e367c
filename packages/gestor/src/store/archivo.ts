import { type Selectable, sql } from 'kysely';
import { registrosOfDays } from './dias.ts';
import { countRegistros, upTo } from './grupos.ts';
import { REGISTRO_COLUMNS } from './rows.ts';
import type { Db } from './store.ts';
import type { ArchivoTable, ProcesoTable, RegistroTable } from './tables.ts';

type ArchivoRow = Selectable<ArchivoTable>;
export type ProcesoArchivado = Selectable<ProcesoTable>;
export type RegistroArchivado = Pick<RegistroTable, (typeof REGISTRO_COLUMNS)[number]>;

const PROCESOS_PER_READ = 200;
const REGISTROS_PER_READ = 2_000;

/** Months (`YYYY-MM`) before another one of which processes stand here, oldest first. */
export async function monthsBefore(db: Db, mes: string): Promise<string[]> {
  const months: string[] = [];
  for (let from = ''; ; ) {
    const next = await db
      .selectFrom('proceso')
      .select(({ fn }) => fn.min('dia').as('dia'))
      .where('dia', '>', from)
      .where('dia', '<', `${mes}-01`)
      .executeTakeFirst();
    if (!next?.dia) return months;
    months.push(next.dia.slice(0, 7));
    from = `${next.dia.slice(0, 7)}-32`;
  }
}

/** Processes of a month that no night has taken yet. */
export async function countPending(db: Db, mes: string): Promise<number> {
  const { n } = await db
    .selectFrom('proceso')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('dia', '>=', `${mes}-01`)
    .where('dia', '<=', `${mes}-31`)
    .where('noche', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** A month's processes by their number, with their records, some at a time. */
export async function* readMonth(
  db: Db,
  mes: string,
): AsyncGenerator<{ procesos: ProcesoArchivado[]; registros: RegistroArchivado[] }> {
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('proceso')
      .selectAll()
      .where('dia', '>=', `${mes}-01`)
      .where('dia', '<=', `${mes}-31`)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PROCESOS_PER_READ)
      .execute();
    let rest = page;
    while (rest.length > 0) {
      const procesos = upTo(rest, REGISTROS_PER_READ, countRegistros);
      rest = rest.slice(procesos.length);
      const registros = await db
        .selectFrom('registro')
        .select(REGISTRO_COLUMNS)
        .where(
          'procesoId',
          'in',
          procesos.map(({ id }) => id),
        )
        .where(registrosOfDays(db, procesos))
        .orderBy('procesoId')
        .orderBy('n')
        .execute();
      yield { procesos, registros };
    }
    const last = page.at(-1);
    if (!last || page.length < PROCESOS_PER_READ) return;
    after = last.id;
  }
}

/** Writes down that a month stands in files, before anything of it goes. */
export async function noteArchivo(
  db: Db,
  archivo: ArchivoRow,
  otecs: ReadonlyMap<number, number>,
): Promise<void> {
  const { mes } = archivo;
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('archivo').values(archivo).execute();
    for (const [rutOtec, procesos] of otecs)
      await trx.insertInto('archivo_otec').values({ mes, rutOtec, procesos }).execute();
  });
}

export async function markBorrado(db: Db, mes: string, now: Date): Promise<void> {
  await db.updateTable('archivo').set({ borradoEn: now.getTime() }).where('mes', '=', mes).execute();
}

export function findArchivo(db: Db, mes: string): Promise<ArchivoRow | undefined> {
  return db.selectFrom('archivo').selectAll().where('mes', '=', mes).executeTakeFirst();
}

/** Months that were archived and are not wholly gone yet, oldest first. */
export function unfinishedArchivos(db: Db): Promise<ArchivoRow[]> {
  return db.selectFrom('archivo').selectAll().where('borradoEn', 'is', null).orderBy('mes').execute();
}

/** The last night of which something is archived; null: none. */
export async function lastArchivedNight(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('archivo')
    .select(({ fn }) => fn.max('ultimaNoche').as('noche'))
    .executeTakeFirst();
  return row?.noche ?? null;
}

/** What is archived of one provider, or of all, from a month on. */
export interface LoArchivado {
  procesos: number;
  desde: string;
  hasta: string;
  hastaId: number;
}

/**
 * What is archived of a provider (null: of all) of the month `desde` (`YYYY-MM`) and later; null where nothing is.
 */
export async function findArchivado(db: Db, rutOtec: number | null, desde = ''): Promise<LoArchivado | null> {
  let query = db
    .selectFrom('archivo_otec')
    .innerJoin('archivo', 'archivo.mes', 'archivo_otec.mes')
    .select(({ fn }) => [
      sql<number | null>`sum(archivo_otec.procesos)`.as('procesos'),
      fn.min('archivo.mes').as('desde'),
      fn.max('archivo.mes').as('hasta'),
      fn.max('archivo.hastaId').as('hastaId'),
    ])
    .where('archivo.mes', '>=', desde);
  if (rutOtec !== null) query = query.where('archivo_otec.rutOtec', '=', rutOtec);
  const row = await query.executeTakeFirst();
  if (!row?.desde) return null;
  const { desde: first, hasta, hastaId, procesos } = row;
  return { procesos: Number(procesos), desde: first, hasta, hastaId: Number(hastaId) };
}
