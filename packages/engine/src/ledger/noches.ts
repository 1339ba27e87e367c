import { type Kysely, type Selectable, sql } from 'kysely';
import { type Columns, rowsAsText } from './as-text.ts';
import type { NocheTable, Tables } from './tables.ts';

export type NocheRow = Selectable<NocheTable>;
const COLUMNS: Columns<NocheRow> = {
  rutOtec: true,
  fuente: true,
  curso: true,
  noche: true,
  estado: true,
  desde: true,
  intentos: true,
  motivo: true,
  inciertos: true,
  tarde: true,
  actualizado: true,
  causa: true,
};
type NocheKey = Pick<NocheTable, 'rutOtec' | 'fuente' | 'curso' | 'noche'>;

/** A row as it is first written. */
export type PlannedNoche = NocheKey &
  Pick<NocheRow, 'estado' | 'desde' | 'motivo'> &
  Partial<Pick<NocheRow, 'causa'>>;

/** Rows of one provider's night, in their order within the window. */
export async function nocheRows(db: Kysely<Tables>, rutOtec: string, noche: string): Promise<NocheRow[]> {
  return db
    .selectFrom('noche')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .orderBy('desde')
    .orderBy('fuente')
    .orderBy('curso')
    .execute();
}

/** Those of them that are not settled: what is asked every minute. */
export async function pendingRows(
  db: Kysely<Tables>,
  rutOtec: string,
  noche: string,
  fuente?: string,
): Promise<NocheRow[]> {
  let query = db
    .selectFrom('noche')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('estado', '=', 'pendiente');
  if (fuente !== undefined) query = query.where('fuente', '=', fuente);
  return query.orderBy('desde').orderBy('fuente').orderBy('curso').execute();
}

/** Whether a night has any row of a provider. */
export async function isPlanned(db: Kysely<Tables>, rutOtec: string, noche: string): Promise<boolean> {
  const row = await db
    .selectFrom('noche')
    .select('noche')
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a provider has had any night before one. */
export async function hasNightBefore(db: Kysely<Tables>, rutOtec: string, noche: string): Promise<boolean> {
  const row = await db
    .selectFrom('noche')
    .select('noche')
    .where('rutOtec', '=', rutOtec)
    .where('noche', '<', noche)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Rows of one provider since a night, oldest first; of these courses alone, as their source names them. */
export async function nochesSince(
  db: Kysely<Tables>,
  rutOtec: string,
  noche: string,
  cursos?: readonly string[],
): Promise<NocheRow[]> {
  let query = db.selectFrom('noche').selectAll().where('rutOtec', '=', rutOtec).where('noche', '>=', noche);
  if (cursos !== undefined) query = query.where('curso', 'in', cursos);
  return query.orderBy('noche').orderBy('fuente').orderBy('curso').execute();
}

/** Rows of one provider since a night that are not simply done, and all of `tonight`, oldest first. */
export async function nochesAtIssue(
  db: Kysely<Tables>,
  rutOtec: string,
  { since, tonight }: { since: string; tonight: string },
): Promise<NocheRow[]> {
  // Two questions, so that all nights but one are read by the index of what is not done.
  return rowsAsText<NocheRow>(
    db,
    COLUMNS,
    sql`SELECT * FROM noche INDEXED BY noche_open
    WHERE rutOtec = ${rutOtec} AND noche >= ${since} AND noche != ${tonight} AND estado != 'hecha'
    UNION ALL
    SELECT * FROM noche
    WHERE rutOtec = ${rutOtec} AND noche = ${tonight}
    ORDER BY noche, fuente, curso`,
  );
}

/**
 * Takes back what a clock that was put forward, and has been put right since, made of nights: those that have not begun
 * have no rows, and tonight's courses that it gave up are to be sent.
 */
export async function takeBackFuture(
  db: Kysely<Tables>,
  { rutOtec, noche }: Pick<NocheKey, 'rutOtec' | 'noche'>,
  now: Date,
): Promise<void> {
  const sinceTonight = db
    .selectFrom('noche')
    .select('noche')
    .where('rutOtec', '=', rutOtec)
    .where('noche', '>=', noche);
  const isAhead = new Date(now.getTime() + STEP_MS).toISOString();
  const found = await sinceTonight
    .where(({ eb, or, and }) =>
      or([
        eb('noche', '>', noche),
        and([eb('noche', '=', noche), eb('estado', '=', 'perdida'), eb('actualizado', '>', isAhead)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (found === undefined) return;
  const said = { estado: 'pendiente', causa: null, motivo: null, intentos: 0 } as const;
  await db.transaction().execute(async (tx) => {
    for (const table of ['noche', 'dicho', 'lectura'] as const) {
      await tx.deleteFrom(table).where('rutOtec', '=', rutOtec).where('noche', '>', noche).execute();
    }
    await tx
      .updateTable('noche')
      .set({ ...said, desde: now.toISOString(), actualizado: now.toISOString() })
      .where('rutOtec', '=', rutOtec)
      .where('noche', '=', noche)
      .where('estado', '=', 'perdida')
      .where('actualizado', '>', isAhead)
      .execute();
  });
}

/** A clock that is put right by less has not been ahead. */
const STEP_MS = 60_000;

/** Nights before a given one that still have something pending. */
export async function pendingBefore(db: Kysely<Tables>, rutOtec: string, noche: string): Promise<NocheRow[]> {
  // By the index of the few that are not done: it is asked every minute, with years of nights behind.
  const { rows } = await sql<NocheRow>`
    SELECT * FROM noche INDEXED BY noche_open
    WHERE rutOtec = ${rutOtec} AND noche < ${noche} AND estado != 'hecha' AND estado = 'pendiente'
    ORDER BY noche`.execute(db);
  return rows;
}

/** What is there already stays: two processes may plan the same night. */
export async function planNoche(db: Kysely<Tables>, rows: readonly PlannedNoche[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('noche')
    .values(rows.map((row) => ({ ...row, actualizado: now.toISOString() })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes a row back: of that course nothing is known of that night. */
export async function dropNoche(
  db: Kysely<Tables>,
  { rutOtec, fuente, curso, noche }: NocheKey,
): Promise<void> {
  await db
    .deleteFrom('noche')
    .where('rutOtec', '=', rutOtec)
    .where('fuente', '=', fuente)
    .where('curso', '=', curso)
    .where('noche', '=', noche)
    .execute();
}

export async function updateNoche(
  db: Kysely<Tables>,
  { rutOtec, fuente, curso, noche }: NocheKey,
  change: Partial<Omit<NocheRow, keyof NocheKey | 'actualizado'>>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('noche')
    .set({ ...change, actualizado: now.toISOString() })
    .where('rutOtec', '=', rutOtec)
    .where('fuente', '=', fuente)
    .where('curso', '=', curso)
    .where('noche', '=', noche)
    .execute();
}

/** What stops a whole provider is the reason of each of its courses that waits and is not on its way already. */
export async function holdNoche(
  db: Kysely<Tables>,
  { rutOtec, noche }: Pick<NocheKey, 'rutOtec' | 'noche'>,
  { causa, motivo, desde }: Pick<NocheRow, 'causa' | 'motivo' | 'desde'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('noche')
    .set({ causa, motivo, desde, actualizado: now.toISOString() })
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('estado', '=', 'pendiente')
    .where('inciertos', '=', '[]')
    .where((eb) => eb.or([eb('causa', 'is', null), eb('causa', 'in', ['token', 'conexion'])]))
    .where('desde', '<=', now.toISOString())
    .execute();
}

/** Nothing stops the provider any more: its courses that waited for that are due. */
export async function releaseNoche(
  db: Kysely<Tables>,
  { rutOtec, noche }: Pick<NocheKey, 'rutOtec' | 'noche'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('noche')
    .set({ desde: now.toISOString(), actualizado: now.toISOString() })
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('estado', '=', 'pendiente')
    .where('causa', 'in', ['token', 'conexion'])
    .execute();
}

/** The last night that a provider's service has anything to say of; null before the first. */
export async function lastNoche(db: Kysely<Tables>, rutOtec: string): Promise<string | null> {
  const row = await db
    .selectFrom('noche')
    .select(({ fn }) => fn.max('noche').as('noche'))
    .where('rutOtec', '=', rutOtec)
    .executeTakeFirst();
  return row?.noche ?? null;
}

/** When the service first ran for a provider; written once. */
export async function serviceSince(db: Kysely<Tables>, rutOtec: string, now: Date): Promise<Date> {
  await db
    .insertInto('servicio')
    .values({ rutOtec, desde: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('servicio')
    .select('desde')
    .where('rutOtec', '=', rutOtec)
    .executeTakeFirstOrThrow();
  return new Date(row.desde);
}
