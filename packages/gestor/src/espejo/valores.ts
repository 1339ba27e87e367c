import { type ProcesoHistorial, readRegistro, readServiceRut } from '@puente-sic/protocol';
import { sql } from 'kysely';
import { chunks } from '../registry/chunks.ts';
import type { Db, Store } from '../store/store.ts';

/** What became of the values of a history that was read in. */
export interface ValoresImportados {
  procesos: number;
  /** Student × module with a last value that was not known here. */
  valores: number;
  /** What this Gestor has accepted itself stays. */
  conocidos: number;
  /** Accepted records of courses or modules that the registry does not have, or that cannot be read. */
  sinCurso: number;
  ilegibles: number;
}

/**
 * Takes the last accepted percentages from another Gestor's history, so that 025 does not begin at nothing. What this
 * service has accepted itself is never changed, so it may be repeated.
 * @param processes of one provider or of several, in any order; the later process (by its number) counts.
 */
export async function importarValores(
  { db }: Store,
  processes: readonly ProcesoHistorial[],
): Promise<ValoresImportados> {
  const report = { procesos: processes.length, valores: 0, conocidos: 0, sinCurso: 0, ilegibles: 0 };
  const last = new Map<string, Valor>();
  const courseOf = await coursesOf(db);
  for (const { rut_otec, listaregistros } of processes.toSorted((a, b) => idOf(a) - idOf(b))) {
    for (const registro of listaregistros) {
      const { rut, codigoModulo, fate, porcentajeAvance } = readRegistro(registro);
      if (fate !== 'accepted') continue;
      const alumno = readServiceRut(rut);
      if (alumno === null || porcentajeAvance === null) {
        report.ilegibles += 1;
        continue;
      }
      const { oferta_cod, seccion_cod } = registro;
      const otec = Number(registro.rut_otec ?? rut_otec);
      const cursoId = courseOf({ otec, oferta_cod, seccion_cod, codigoModulo });
      if (cursoId === null) report.sinCurso += 1;
      else
        last.set(JSON.stringify([cursoId, alumno.numero, codigoModulo]), {
          ...{ cursoId, rutAlumno: alumno.numero, codigoModulo, porcentajeAvance },
        });
    }
  }
  await db.transaction().execute(async (tx) => {
    for (const rows of chunks(last.values(), ROWS)) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('avance')
        .values(rows.map((valor) => ({ ...valor, procesoId: FROM_ELSEWHERE })))
        .onConflict((conflict) =>
          conflict
            .columns(['cursoId', 'rutAlumno', 'codigoModulo'])
            .doUpdateSet(({ ref }) => ({ porcentajeAvance: ref('excluded.porcentajeAvance') }))
            .where('avance.procesoId', '=', FROM_ELSEWHERE)
            .where(sql<boolean>`avance."porcentajeAvance" <> excluded."porcentajeAvance"`),
        )
        .executeTakeFirst();
      const taken = Number(numInsertedOrUpdatedRows);
      report.valores += taken;
      report.conocidos += rows.length - taken;
    }
  });
  return report;
}

interface Valor {
  cursoId: number;
  rutAlumno: number;
  codigoModulo: string;
  porcentajeAvance: number;
}

interface Named {
  otec: number;
  oferta_cod: string | null;
  seccion_cod: string | null;
  codigoModulo: string;
}

/** Finds the course of a record: by its group, or where `seccion_cod` is the module's code, by its module. [A 8] */
async function coursesOf(db: Db): Promise<(named: Named) => number | null> {
  const rows = await db
    .selectFrom('modulo')
    .innerJoin('curso', 'curso.id', 'modulo.cursoId')
    .select(['curso.id', 'curso.rutOtec', 'curso.codigoOferta', 'curso.codigoGrupo', 'modulo.codigoModulo'])
    .execute();
  const byModule = new Map<string, typeof rows>();
  for (const row of rows) {
    const key = JSON.stringify([row.rutOtec, row.codigoOferta, row.codigoModulo]);
    const known = byModule.get(key);
    if (known) known.push(row);
    else byModule.set(key, [row]);
  }
  return ({ otec, oferta_cod, seccion_cod, codigoModulo }) => {
    const here = byModule.get(JSON.stringify([otec, oferta_cod, codigoModulo])) ?? [];
    const group = here.find(({ codigoGrupo }) => codigoGrupo === seccion_cod);
    // Of two groups that have the module, which one it was in is not known.
    return group?.id ?? (seccion_cod === codigoModulo && here.length === 1 ? (here[0]?.id ?? null) : null);
  };
}

function idOf({ id_proceso_externo }: ProcesoHistorial): number {
  return Number(id_proceso_externo) || 0;
}

/** Process numbers begin with 1. */
const FROM_ELSEWHERE = 0;
/** Of one statement; databases limit its parameters. */
const ROWS = 500;
