import type { Db } from '../store/store.ts';
import { chunks } from './chunks.ts';
import { count, diff } from './diff.ts';
import type { Registry } from './registry.ts';
import type { ImportReport } from './report.ts';

export async function applyAlumnos(
  db: Db,
  alumnos: Registry['alumnos'],
  report: ImportReport,
): Promise<void> {
  const wanted = [...alumnos].map(([rut, { dv, nombre }]) => ({ rut, dv, nombre }));
  for (const part of chunks(wanted, 1000)) {
    await db.transaction().execute(async (trx) => {
      const stored = await trx
        .selectFrom('alumno')
        .selectAll()
        .where(
          'rut',
          'in',
          part.map(({ rut }) => rut),
        )
        .execute();
      const changes = diff(part, stored, {
        wantedKey: ({ rut }) => rut,
        storedKey: ({ rut }) => rut,
        // A course list often has the RUT alone: it does not take a known name away.
        same: (now, before) => now.dv === before.dv && (now.nombre === '' || now.nombre === before.nombre),
        open: () => true,
      });
      const names = new Map(stored.map(({ rut, nombre }) => [rut, nombre]));
      const rows = [...changes.added, ...changes.changed].map((row) => ({
        ...row,
        nombre: row.nombre || (names.get(row.rut) ?? ''),
      }));
      if (rows.length > 0) {
        await trx
          .insertInto('alumno')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .column('rut')
              .doUpdateSet((eb) => ({ dv: eb.ref('excluded.dv'), nombre: eb.ref('excluded.nombre') })),
          )
          .execute();
      }
      count(report.alumnos, changes);
    });
  }
}
