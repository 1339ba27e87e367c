import {
  type Curso,
  type ProcesoHistorial,
  type RecordResult,
  type RegistroLeido,
  readFigure,
  readRegistro,
} from '@puente-sic/protocol';

/** What the history says of one send. */
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
  const read = new Map<string, RegistroLeido[]>();
  for (const registro of proceso.listaregistros.map(readRegistro)) {
    const key = JSON.stringify([registro.rut, registro.codigoModulo]);
    read.set(key, [...(read.get(key) ?? []), registro]);
  }
  const records = curso.listaAlumnos.flatMap((alumno, at) =>
    alumno.listaModulos.map(({ codigoModulo }, index): RecordResult => {
      const rut = `${alumno.rutAlumno}-${alumno.dvAlumno}`;
      const position = [at, index] as const;
      const own = read.get(JSON.stringify([rut, codigoModulo]))?.shift();
      const { fate, reasons } = own ?? { fate: 'unknown', reasons: [] };
      return { rut, codigoModulo, position, fate, reasons };
    }),
  );
  return { idProceso: readProcessId(proceso), records };
}

/** Whether the process has every record that was sent: until then it may still be being written. */
export function isWhole({ records }: Matched): boolean {
  return records.every(({ fate }) => fate !== 'unknown');
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
  if (sent.length !== proceso.listaregistros.length) return false;
  const has = proceso.listaregistros
    .map(readRegistro)
    .map((registro) => line(registro.rut, registro.codigoModulo, registro.porcentajeAvance));
  return JSON.stringify(sent.sort()) === JSON.stringify(has.sort());
}

/** The number of a process; null where it cannot be read. */
export function readProcessId({ id_proceso_externo }: ProcesoHistorial): number | null {
  const id = readFigure(id_proceso_externo);
  return id !== null && Number.isSafeInteger(id) ? id : null;
}
