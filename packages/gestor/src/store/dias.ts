import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Db } from './store.ts';

/** A process as far as its records are found by it. */
export interface Nombrado {
  id: number;
  dia: string;
}

/**
 * That a record is of these processes' days. PostgreSQL keeps each month of records apart and looks into no other one;
 * SQLite has them all in one table by the number of their process, which is enough.
 */
export function registrosOfDays(db: Db, procesos: readonly Nombrado[]): RawBuilder<boolean> {
  if (!keepsMonthsApart(db)) return sql`1 = 1`;
  const { from, to } = daysOf(procesos);
  return sql`registro.dia between ${from} and ${to}`;
}

/** That a record joined to its process is of the same day: see {@link registrosOfDays}. */
export function sameDay(db: Db): RawBuilder<boolean> {
  return keepsMonthsApart(db) ? sql`registro.dia = proceso.dia` : sql`1 = 1`;
}

/** The first and the last day of some processes. */
export function daysOf(procesos: readonly Nombrado[]): { from: string; to: string } {
  const days = procesos.map(({ dia }) => dia).sort();
  return { from: days[0] ?? '', to: days.at(-1) ?? '' };
}

function keepsMonthsApart(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
