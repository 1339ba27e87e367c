import type { Db } from './store.ts';

/**
 * Forgets what was sent of a course, or of all when left out: processes, records, and the percentages that a later
 * send is held against. For sandbox and kit alone; the service itself forgets nothing.
 */
export async function forgetSent(db: Db, codigoOferta?: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const procesos =
      codigoOferta === undefined
        ? trx.selectFrom('proceso').select('id')
        : trx.selectFrom('proceso').select('id').where('codigoOferta', '=', codigoOferta);
    const cursos =
      codigoOferta === undefined
        ? trx.selectFrom('curso').select('id')
        : trx.selectFrom('curso').select('id').where('codigoOferta', '=', codigoOferta);
    await trx.deleteFrom('sic').where('cursoId', 'in', cursos).execute();
    await trx.deleteFrom('avance').where('cursoId', 'in', cursos).execute();
    await trx.deleteFrom('registro').where('procesoId', 'in', procesos).execute();
    await trx.deleteFrom('proceso').where('id', 'in', procesos).execute();
  });
}
