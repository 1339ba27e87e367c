import type { CursoInscrito } from './recorder.ts';
import type { AvanceTable, InscripcionTable } from './tables.ts';

/** The rows that make a {@link CursoInscrito}, as either database gives them. */
export interface InscritoRows {
  modulos: { codigoModulo: string }[];
  inscripciones: Pick<InscripcionTable, 'rutAlumno' | 'modulos'>[];
  ultimos: Pick<AvanceTable, 'rutAlumno' | 'codigoModulo' | 'porcentajeAvance'>[];
  conoce(rut: number): boolean;
}

/** Percentages of a course accepted before a day, oldest first, as SQL with two placeholders. */
export function avancesBefore(cursoId: string, dia: string): string {
  return `
select cast(r.rut_alumno as integer) as "rutAlumno", r.mod_cod as "codigoModulo",
  cast(r.mod_porcentaje_avance as double precision) as "porcentajeAvance"
from proceso p join registro r on r."procesoId" = p.id
where p."cursoId" = ${cursoId} and p.dia < ${dia} and r.estado_registro = 1
order by p.id, r.n`;
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
