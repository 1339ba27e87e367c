import type { Db } from '../store/store.ts';

/**
 * Students who always get the same answer, in every course of the sandbox. Invented; their numbers say which code they
 * give.
 */
export const MAGICOS = {
  '010': { rut: 10010010, dv: 'K', porque: 'Está en el curso y en ninguno de sus módulos.' },
  '011': { rut: 11011011, dv: '1', porque: 'SENCE lo conoce y no lo tiene en el curso.' },
  '012': { rut: 12012012, dv: '3', porque: 'SENCE no lo conoce.' },
  '025': { rut: 25025025, dv: '8', porque: 'Ya tiene un avance mayor que 100: todo le baja.' },
} as const;

/** Above every percentage that can be sent; in messages it reads 100.00000. */
const MAS_QUE_TODO = 100.000001;

/** Puts them into every open course, as a registry that is imported leaves them out. */
export async function placeMagicos(db: Db): Promise<void> {
  const { '010': sinModulo, '011': sinCurso, '025': conMas } = MAGICOS;
  const cursos = await db.selectFrom('curso').select('id').where('cerradoEn', 'is', null).execute();
  const modulos = await db.selectFrom('modulo').selectAll().where('cerradoEn', 'is', null).execute();
  await db.transaction().execute(async (trx) => {
    for (const { rut, dv } of [sinModulo, sinCurso, conMas]) {
      const row = { rut, dv, nombre: 'Persona inventada' };
      await trx
        .insertInto('alumno')
        .values(row)
        .onConflict((conflict) => conflict.column('rut').doNothing())
        .execute();
    }
    for (const { id: cursoId } of cursos) {
      for (const [{ rut: rutAlumno }, own] of [
        [sinModulo, '[]'],
        [conMas, null],
      ] as const) {
        await trx
          .insertInto('inscripcion')
          .values({ cursoId, rutAlumno, modulos: own, cerradoEn: null })
          .onConflict((conflict) =>
            conflict.columns(['cursoId', 'rutAlumno']).doUpdateSet({ modulos: own, cerradoEn: null }),
          )
          .execute();
      }
    }
    for (const { cursoId, codigoModulo } of modulos) {
      const row = { cursoId, rutAlumno: conMas.rut, codigoModulo, procesoId: 0 };
      await trx
        .insertInto('avance')
        .values({ ...row, porcentajeAvance: MAS_QUE_TODO })
        .onConflict((conflict) => conflict.columns(['cursoId', 'rutAlumno', 'codigoModulo']).doNothing())
        .execute();
    }
  });
}
