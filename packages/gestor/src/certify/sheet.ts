import type { Alumno, Curso } from '@puente-sic/protocol';
import type { JsonObject } from '../judge/values.ts';
import { rutOf } from './call.ts';
import type { Escenario } from './scenario.ts';

/** Everything that the sheet says of one student of one course, in each of its states. */
export interface AlumnoHoja {
  alumno: readonly Fields[];
  modulos: ReadonlyMap<string, readonly Fields[]>;
}

/** The sheet's courses by codigoOferta, and their students by RUT. */
export type Hoja = ReadonlyMap<string, CursoEsperado>;

export interface CursoEsperado {
  estados: readonly Curso[];
  alumnos: ReadonlyMap<string, AlumnoHoja>;
}

export function sheetOf(escenarios: readonly Escenario[]): Hoja {
  return new Map(
    escenarios.flatMap(({ curso }) => {
      const codigo = curso?.estados[0]?.codigoOferta;
      return curso && codigo ? [[codigo, courseSheet(curso.estados)]] : [];
    }),
  );
}

/** Every student × module of a state, `rut codigoModulo`. */
export function expectedRecords({ listaAlumnos }: Curso): string[] {
  return listaAlumnos.flatMap((alumno) =>
    alumno.listaModulos.map(({ codigoModulo }) => `${rutOfAlumno(alumno)} ${codigoModulo}`),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function courseSheet(estados: readonly Curso[]): CursoEsperado {
  const alumnos = new Map<string, { alumno: Fields[]; modulos: Map<string, Fields[]> }>();
  for (const alumno of estados.flatMap(({ listaAlumnos }) => listaAlumnos)) {
    const rut = rutOfAlumno(alumno);
    const known = alumnos.get(rut) ?? { alumno: [], modulos: new Map<string, Fields[]>() };
    alumnos.set(rut, known);
    known.alumno.push({ ...alumno });
    for (const modulo of alumno.listaModulos) {
      const { codigoModulo } = modulo;
      known.modulos.set(codigoModulo, [...(known.modulos.get(codigoModulo) ?? []), { ...modulo }]);
    }
  }
  return { estados, alumnos };
}

function rutOfAlumno({ rutAlumno, dvAlumno }: Alumno): string {
  const fields: JsonObject = { rutAlumno, dvAlumno };
  return rutOf(fields);
}
