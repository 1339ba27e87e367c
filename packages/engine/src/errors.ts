import { readRut } from '@puente-sic/protocol';
import { type ErrorRow, openErrores } from './ledger/errores.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Filters } from './request.ts';
import type { ErrorAbierto } from './results.ts';

/** What is refused or held and not yet put right: student by student, the one who waits longest first. */
export async function errors(
  { db }: Ledger,
  filters: Pick<Filters, 'curso' | 'alumno'> & { rutOtec?: string } = {},
): Promise<ErrorAbierto[]> {
  const { curso, alumno, rutOtec } = filters;
  const wanted = alumno === undefined ? null : readRut(alumno);
  const rows = await openErrores(db, {
    ...(rutOtec !== undefined && { rutOtec }),
    ...(curso !== undefined && { codigoOferta: curso }),
  });
  const chosen =
    alumno === undefined
      ? rows
      : rows.filter(({ rut }) => rut !== null && readRut(rut)?.numero === wanted?.numero && wanted !== null);
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
  const { mensaje, explicacion, queHacer, lugar } = row;
  return {
    ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, codigo, origen, codigoEnvio },
    ...{ mensaje, explicacion, queHacer },
    ...(lugar !== null && { lugar }),
    desde: new Date(row.desde),
    ultimaVez: new Date(row.ultimaVez),
  };
}
