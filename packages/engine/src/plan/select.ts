import type { Curso, Modulo } from '@puente-sic/protocol';
import { type AceptadosOfCourse, recordKey } from '../ledger/aceptados.ts';
import { sha256 } from '../ledger/bytes.ts';
import type { ErrorRow } from '../ledger/errores.ts';
import type { Candidate, CandidateModulo } from './candidates.ts';

/** What the ledger knows of a course. */
export interface Known {
  aceptados: AceptadosOfCourse;
  /** Open ones. */
  errores: readonly ErrorRow[];
}

/** Only what was refused or held (`--solo-errores`). What was accepted in the same course is left alone. */
export function onlyFailed(
  candidates: readonly Candidate[],
  everybody: readonly Candidate[],
  { aceptados, errores }: Known,
): Candidate[] {
  if (errores.length === 0) return [];
  const wholeCourse = errores.some(({ rut }) => rut === null);
  const failed = new Set(errores.map(({ rut, codigoModulo }) => JSON.stringify([rut, codigoModulo])));
  const known = new Set([...aceptados.values(), ...errores].map(({ rut }) => rut));
  const present = new Set(everybody.map(({ rut }) => rut));
  // A corrected RUT is a new one to the ledger: it is told by the wrong one being gone.
  const someoneWasRenamed = errores.some(({ rut }) => rut !== null && !present.has(rut));

  return keepModulos(candidates, (candidate, { codigoModulo, modulo }) => {
    const { rut } = candidate;
    if (failed.has(JSON.stringify([rut, codigoModulo])) || failed.has(JSON.stringify([rut, null])))
      return true;
    if (wholeCourse && !aceptados.has(recordKey(rut, codigoModulo))) return true;
    if (someoneWasRenamed && !known.has(rut)) return true;
    // Accepted on former nights under the right RUT, mistyped on this one: what is new of it has not gone yet.
    const last = aceptados.get(recordKey(rut, codigoModulo));
    if (someoneWasRenamed && last !== undefined && last.huella !== recordHash(candidate.alumno, modulo))
      return true;
    // A module whose code was wrong is new to the ledger under its right code.
    return failedUnderAnotherCode(candidate, codigoModulo, errores, aceptados);
  });
}

/** Only what differs from what SENCE accepted last, and what is still wrong (mode `cambios`). */
export function onlyChanged(candidates: readonly Candidate[], { aceptados, errores }: Known): Candidate[] {
  const failed = new Set(errores.map(({ rut, codigoModulo }) => JSON.stringify([rut, codigoModulo])));
  return keepModulos(candidates, (candidate, modulo) => {
    const { rut } = candidate;
    const last = aceptados.get(recordKey(rut, modulo.codigoModulo));
    if (last === undefined || last.huella !== recordHash(candidate.alumno, modulo.modulo)) return true;
    return failed.has(JSON.stringify([rut, modulo.codigoModulo])) || failed.has(JSON.stringify([rut, null]));
  });
}

/** Records that the Gestor has already of this night: by key, what they said; null for "whatever they said". */
export type Arrived = ReadonlyMap<string, ReadonlySet<string> | null>;

export function arrivedOf(
  cursos: readonly Curso[],
  counts: 'whatever it says' | 'only if it says the same',
): Arrived {
  const arrived = new Map<string, Set<string> | null>();
  for (const alumno of cursos.flatMap(({ listaAlumnos }) => listaAlumnos)) {
    for (const modulo of alumno.listaModulos) {
      const key = recordKey(`${alumno.rutAlumno}-${alumno.dvAlumno}`, modulo.codigoModulo);
      const former = arrived.get(key) ?? new Set();
      arrived.set(key, counts === 'whatever it says' ? null : former.add(recordHash(alumno, modulo)));
    }
  }
  return arrived;
}

/** Without what arrived already. */
export function notArrived(candidates: readonly Candidate[], arrived: Arrived): Candidate[] {
  return keepModulos(candidates, ({ rut, alumno }, { codigoModulo, modulo }) => {
    const said = arrived.get(recordKey(rut, codigoModulo));
    return said === undefined || (said !== null && !said.has(recordHash(alumno, modulo)));
  });
}

/** What a record says, but for the night: the student's own figures are in it, since they go with each module. */
export function recordHash(alumno: object, modulo: object): string {
  return sha256(JSON.stringify([{ ...alumno, listaModulos: undefined, fechaEjecucion: undefined }, modulo]));
}

function keepModulos(
  candidates: readonly Candidate[],
  keep: (candidate: Candidate, modulo: CandidateModulo) => boolean,
): Candidate[] {
  return candidates.flatMap((candidate) => {
    const modulos = candidate.modulos.filter((modulo) => keep(candidate, modulo));
    return modulos.length === 0 ? [] : [{ ...candidate, modulos }];
  });
}

function failedUnderAnotherCode(
  candidate: Candidate,
  codigoModulo: Modulo['codigoModulo'],
  errores: readonly ErrorRow[],
  aceptados: AceptadosOfCourse,
): boolean {
  if (aceptados.has(recordKey(candidate.rut, codigoModulo))) return false;
  const present = new Set(candidate.modulos.map((modulo) => modulo.codigoModulo));
  return errores.some(
    (error) => error.rut === candidate.rut && error.codigoModulo !== null && !present.has(error.codigoModulo),
  );
}
