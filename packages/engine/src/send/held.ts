import { heldError } from '../explain.ts';
import { recordKey } from '../ledger/aceptados.ts';
import { closeErrores, identity, openErrores, saveErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { PlannedCourse } from '../plan/course.ts';
import type { Filters } from '../request.ts';

/** Opens an error for everything held back, and closes those whose cause is gone from the source. */
export async function recordHeld(
  { db }: Ledger,
  course: PlannedCourse,
  filters: Pick<Filters, 'alumno'>,
  now: Date,
): Promise<void> {
  const { rutOtec, codigoOferta, codigoGrupo, source } = course;
  const key = { rutOtec, codigoOferta, codigoGrupo };
  const held = course.held.filter(({ untracked }) => !untracked).map(({ issue }) => heldError(issue));
  const found = new Set(held.map(identity));
  // Seen through a filter, the source says nothing of the others.
  const isInSight = (rut: string | null) =>
    filters.alumno === undefined || (rut !== null && source.students.has(rut));

  await db.transaction().execute(async (tx) => {
    await saveErrores(tx, key, held, null, now);
    const gone = (await openErrores(tx, key)).filter((row) => {
      if (!isInSight(row.rut)) return false;
      if (row.origen === 'previa') return !found.has(identity(row));
      if (row.rut === null) return false;
      return row.codigoModulo === null
        ? !source.students.has(row.rut)
        : !source.records.has(recordKey(row.rut, row.codigoModulo));
    });
    await closeErrores(tx, gone, 'desaparecido', now);
  });
}
