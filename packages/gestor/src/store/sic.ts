import type { Db } from './store.ts';

/** Courses of which SIC shows something, with the night that brought the latest; of one provider or of all. */
export function listSicCursos(db: Db, rutOtec: number | null) {
  let query = db
    .selectFrom('sic')
    .innerJoin('curso', 'curso.id', 'sic.cursoId')
    .select((eb) => [
      'curso.codigoOferta',
      'curso.codigoGrupo',
      'curso.nombre',
      'curso.rutOtec',
      eb.fn.count<number>('sic.rutAlumno').distinct().as('alumnos'),
      eb.fn.max('sic.noche').as('noche'),
    ])
    .groupBy(['curso.codigoOferta', 'curso.codigoGrupo', 'curso.nombre', 'curso.rutOtec'])
    .orderBy('curso.codigoOferta')
    .orderBy('curso.codigoGrupo');
  if (rutOtec !== null) query = query.where('curso.rutOtec', '=', rutOtec);
  return query.execute();
}

/** What SIC shows of one course, student by student and module by module; empty when it is another provider's. */
export function readSicCurso(
  db: Db,
  curso: { codigoOferta: string; codigoGrupo: string; rutOtec: number | null },
) {
  let query = db
    .selectFrom('sic')
    .innerJoin('curso', 'curso.id', 'sic.cursoId')
    .leftJoin('alumno', 'alumno.rut', 'sic.rutAlumno')
    .leftJoin('modulo', (join) =>
      join.onRef('modulo.cursoId', '=', 'sic.cursoId').onRef('modulo.codigoModulo', '=', 'sic.codigoModulo'),
    )
    .selectAll('sic')
    .select(['alumno.nombre as nombreAlumno', 'modulo.nombre as nombreModulo'])
    .where('curso.codigoOferta', '=', curso.codigoOferta)
    .where('curso.codigoGrupo', '=', curso.codigoGrupo)
    .orderBy('sic.rutAlumno')
    .orderBy('sic.codigoModulo');
  if (curso.rutOtec !== null) query = query.where('curso.rutOtec', '=', curso.rutOtec);
  return query.execute();
}
