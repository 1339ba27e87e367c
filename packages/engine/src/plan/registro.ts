import type { Alumno, Draft, Issue, Modulo, Position } from '@puente-sic/protocol';
import type { Place } from '@puente-sic/sources';
import { sha256 } from '../ledger/bytes.ts';
import type { NewRegistro } from '../ledger/registros.ts';

/** One student × module of a course, the unit of every count: made once from the tree, judged once. */
export interface Registro {
  /** Where it stands in the course tree. */
  readonly position: Position;
  /** As it goes to SENCE: what a person decided about it is in it. */
  readonly codigoModulo: string;
  readonly modulo: Draft<Modulo>;
  readonly place: Place | undefined;
  /** Found when it was judged: worth telling, not held. */
  readonly warnings: readonly Issue[];
}

/** A record that nothing stands against, with the hash of what it says. */
export interface SealedRegistro extends Registro {
  readonly huella: string;
}

/**
 * What a record says, but for the night: the student's own figures are in it, since they go with each module.
 * Returns one function per student, so that those figures are written out once.
 */
export function hasherOf(alumno: object): (modulo: object) => string {
  const own = JSON.stringify({ ...alumno, listaModulos: undefined, fechaEjecucion: undefined });
  return (modulo) => sha256(`[${own},${JSON.stringify(modulo)}]`);
}

/** A record of a body as the ledger keeps it. */
export function rowOf(alumno: Alumno, modulo: Modulo, position: Position, huella: string): NewRegistro {
  return {
    alumno: position[0],
    modulo: position[1],
    rut: `${alumno.rutAlumno}-${alumno.dvAlumno}`,
    codigoModulo: modulo.codigoModulo,
    porcentajeAvance: modulo.porcentajeAvance,
    tiempoConectividad: modulo.tiempoConectividad,
    estado: modulo.estado ?? 1,
    avanceAlumno: alumno.porcentajeAvance,
    estadoAlumno: alumno.estado ?? 1,
    huella,
  };
}

/** Every record of a body that is known only as it was sent, in its order. */
export function rowsOfBody(listaAlumnos: readonly Alumno[]): NewRegistro[] {
  return listaAlumnos.flatMap((alumno, at) => {
    const hash = hasherOf(alumno);
    return alumno.listaModulos.map((modulo, index) => rowOf(alumno, modulo, [at, index], hash(modulo)));
  });
}
