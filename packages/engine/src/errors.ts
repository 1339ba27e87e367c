import { readRut } from '@puente-sic/protocol';
import { type ErrorRow, markErrores, openErrores } from './ledger/errores.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Filters } from './request.ts';
import type { ErrorAbierto } from './results.ts';

/** What is refused or held and not yet put right: student by student, the one who waits longest first. */
export async function errors(
  { db }: Ledger,
  filters: Filters & { rutOtec?: string; codigo?: string } = {},
): Promise<ErrorAbierto[]> {
  const { curso, grupo, alumno, rutOtec, codigo } = filters;
  const wanted = new Set([alumno ?? []].flat().map((text) => readRut(text)?.numero ?? text));
  const rows = await openErrores(db, {
    ...(rutOtec !== undefined && { rutOtec }),
    ...(curso !== undefined && { codigoOferta: curso }),
    ...(grupo !== undefined && { codigoGrupo: grupo }),
  });
  const isWanted = ({ rut }: ErrorRow) =>
    alumno === undefined || (rut !== null && wanted.has(readRut(rut)?.numero ?? rut));
  const chosen = rows.filter((row) => isWanted(row) && (codigo === undefined || row.codigo === codigo));
  return byStudent(chosen).map(errorOf);
}

/** Rows come oldest first; each student's stand together, at the place of the oldest. */
function byStudent(rows: readonly ErrorRow[]): ErrorRow[] {
  const students = new Map<string, ErrorRow[]>();
  for (const row of rows) {
    const student = JSON.stringify([row.rutOtec, row.codigoOferta, row.codigoGrupo, row.rut]);
    students.set(student, [...(students.get(student) ?? []), row]);
  }
  return [...students.values()].flat();
}

function errorOf(row: ErrorRow): ErrorAbierto {
  const { rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, codigo, origen, codigoEnvio } = row;
  const { id, mensaje, explicacion, queHacer, lugar, url, conocido } = row;
  return {
    id,
    ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, codigo, origen, codigoEnvio },
    ...{ mensaje, explicacion, queHacer },
    ...(lugar !== null && { lugar }),
    ...(url !== null && { url }),
    conocido: conocido === null ? null : new Date(conocido),
    desde: new Date(row.desde),
    ultimaVez: new Date(row.ultimaVez),
  };
}

/**
 * Marks open errors as known (or no longer), for the person who has seen them and can do nothing yet. An error that
 * closes and comes back is new, and unknown again. Returns how many were changed.
 */
export async function markAsKnown(
  { db }: Ledger,
  { ids, conocido }: { ids: readonly number[]; conocido: boolean },
  now: Date,
): Promise<number> {
  return markErrores(db, ids, conocido ? now.toISOString() : null);
}
