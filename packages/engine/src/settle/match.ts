import {
  type Curso,
  type ProcesoHistorial,
  type RecordResult,
  type RegistroLeido,
  readRegistro,
} from '@puente-sic/protocol';

/** What the history says of one call. */
export interface Matched {
  idProceso: number | null;
  /** One per student × module sent, in that order; `unknown` where the process has no such record. */
  records: RecordResult[];
}

/**
 * The fates of what was sent, by the records of its process. Each record of the process is used once, in order, so
 * that the same student × module twice in one call finds both.
 */
export function matchProcess(curso: Curso, proceso: ProcesoHistorial): Matched {
  const read = proceso.listaregistros.map(readRegistro);
  const used = new Set<RegistroLeido>();
  const records = curso.listaAlumnos.flatMap((alumno, at) =>
    alumno.listaModulos.map(({ codigoModulo }, index): RecordResult => {
      const rut = `${alumno.rutAlumno}-${alumno.dvAlumno}`;
      const path = `listaAlumnos[${at}].listaModulos[${index}]`;
      const own = read.find(
        (registro) => !used.has(registro) && registro.rut === rut && registro.codigoModulo === codigoModulo,
      );
      if (own === undefined) return { rut, codigoModulo, path, fate: 'unknown', reasons: [] };
      used.add(own);
      return { rut, codigoModulo, path, fate: own.fate, reasons: own.reasons };
    }),
  );
  const id = Number(proceso.id_proceso_externo ?? Number.NaN);
  return { idProceso: Number.isSafeInteger(id) ? id : null, records };
}

/** Whether a process says exactly what was sent: the same records with the same percentages. */
export function saysTheSame(curso: Curso, proceso: ProcesoHistorial): boolean {
  const line = (rut: string, codigoModulo: string, porcentaje: number | null) =>
    JSON.stringify([rut, codigoModulo, porcentaje === null ? null : Math.round(porcentaje * 1e5)]);
  const sent = curso.listaAlumnos.flatMap(({ rutAlumno, dvAlumno, listaModulos }) =>
    listaModulos.map((modulo) =>
      line(`${rutAlumno}-${dvAlumno}`, modulo.codigoModulo, modulo.porcentajeAvance),
    ),
  );
  const has = proceso.listaregistros
    .map(readRegistro)
    .map((registro) => line(registro.rut, registro.codigoModulo, registro.porcentajeAvance));
  return sent.length === has.length && JSON.stringify(sent.sort()) === JSON.stringify(has.sort());
}
