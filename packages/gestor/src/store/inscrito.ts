import type { CursoInscrito } from './recorder.ts';
import type { AvanceTable, InscripcionTable } from './tables.ts';

/** The rows that make a {@link CursoInscrito}, as either database gives them. */
export interface InscritoRows {
  modulos: { codigoModulo: string }[];
  inscripciones: Pick<InscripcionTable, 'rutAlumno' | 'modulos'>[];
  ultimos: Pick<AvanceTable, 'rutAlumno' | 'codigoModulo' | 'porcentajeAvance'>[];
  conoce(rut: number): boolean;
}

/**
 * Percentages of a course accepted before a day, oldest first, as SQL with two placeholders. Those whose last process
 * is archived, or was another Gestor's, are known by the last value alone, which comes first.
 * @param sameDay what ties a record to its process besides its number.
 */
export function avancesBefore(cursoId: string, dia: string, sameDay = ''): string {
  return `
select "rutAlumno", "codigoModulo", "porcentajeAvance" from (
  select "rutAlumno", "codigoModulo", "porcentajeAvance", 0 as id, 0 as n from avance
  where "cursoId" = ${cursoId} and "procesoId" <= coalesce((select max("hastaId") from archivo), 0)
  union all
  select cast(r.rut_alumno as integer), r.mod_cod, cast(r.mod_porcentaje_avance as double precision), p.id, r.n
  from proceso p join registro r on r."procesoId" = p.id ${sameDay}
  where p."cursoId" = ${cursoId} and p.dia < ${dia} and r.estado_registro = 1
) as aceptado
order by id, n`;
}

export function toCursoInscrito(
  curso: Pick<CursoInscrito, 'id' | 'fechaInicio' | 'fechaFin'>,
  { modulos, inscripciones, ultimos, conoce }: InscritoRows,
): CursoInscrito {
  return {
    ...curso,
    modulos: new Set(modulos.map(({ codigoModulo }) => codigoModulo)),
    alumnos: new Map(
      inscripciones.map(({ rutAlumno, modulos }) => [
        rutAlumno,
        modulos === null ? null : new Set<string>(JSON.parse(modulos)),
      ]),
    ),
    conoce,
    ultimos: groupByAlumno(ultimos),
  };
}

function groupByAlumno(rows: InscritoRows['ultimos']): CursoInscrito['ultimos'] {
  const alumnos = new Map<number, Map<string, number>>();
  for (const { rutAlumno, codigoModulo, porcentajeAvance } of rows) {
    const modulos = alumnos.get(rutAlumno);
    if (modulos) modulos.set(codigoModulo, porcentajeAvance);
    else alumnos.set(rutAlumno, new Map([[codigoModulo, porcentajeAvance]]));
  }
  return alumnos;
}
