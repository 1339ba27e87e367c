import type { Modulo } from '@puente-sic/protocol';
import { type Aceptado, type AceptadosOfCourse, recordKey } from '../ledger/aceptados.ts';
import type { DecisionRow } from '../ledger/decisiones.ts';
import type { ErrorRow } from '../ledger/errores.ts';
import type { Candidate, SealedCandidate } from './candidates.ts';
import type { Formers } from './fall.ts';
import type { SealedRegistro } from './registro.ts';
import { saysTheSame } from './says-the-same.ts';

/** What the ledger knows of a course. */
export interface Known {
  aceptados: AceptadosOfCourse;
  /** Accepted of the same course in its other groups. */
  elsewhere?: AceptadosOfCourse;
  /** Open ones. */
  errores: readonly ErrorRow[];
  /** Those that count. */
  decisiones?: readonly DecisionRow[];
  /** Of what fell, as it was sent when SENCE accepted it. */
  formers?: Formers;
}

/** Only what was refused or held (`--solo-errores`). What was accepted in the same course is left alone. */
export function onlyFailed(
  candidates: readonly SealedCandidate[],
  everybody: readonly Candidate[],
  { aceptados, errores }: Known,
): SealedCandidate[] {
  if (errores.length === 0) return [];
  const wholeCourse = errores.some(({ rut }) => rut === null);
  const failed = new Set(errores.map(({ rut, codigoModulo }) => JSON.stringify([rut, codigoModulo])));
  const known = new Set([...aceptados.values(), ...errores].map(({ rut }) => rut));
  const present = new Set(everybody.map(({ rut }) => rut));
  // A corrected RUT is a new one to the ledger: it is told by the wrong one being gone.
  const someoneWasRenamed = errores.some(({ rut }) => rut !== null && !present.has(rut));
  const ofRut = new Map<string, ErrorRow[]>();
  for (const error of errores) {
    if (error.rut !== null) ofRut.set(error.rut, [...(ofRut.get(error.rut) ?? []), error]);
  }

  return keepModulos(candidates, (candidate, { codigoModulo, huella }) => {
    const { rut } = candidate;
    if (failed.has(JSON.stringify([rut, codigoModulo])) || failed.has(JSON.stringify([rut, null])))
      return true;
    const last = aceptados.get(recordKey(rut, codigoModulo));
    if (wholeCourse && last === undefined) return true;
    if (someoneWasRenamed && !known.has(rut)) return true;
    // Accepted on former nights under the right RUT, mistyped on this one: what is new of it has not gone yet.
    if (someoneWasRenamed && last !== undefined && last.huella !== huella) return true;
    // A module whose code was wrong is new to the ledger under its right code.
    return last === undefined && failedUnderAnotherCode(candidate, ofRut.get(rut) ?? []);
  });
}

/** Only what differs from what SENCE accepted last, and what is still wrong (mode `cambios`). */
export function onlyChanged(
  candidates: readonly SealedCandidate[],
  { aceptados, errores }: Known,
): SealedCandidate[] {
  const failed = new Set(errores.map(({ rut, codigoModulo }) => JSON.stringify([rut, codigoModulo])));
  return keepModulos(candidates, ({ rut }, { codigoModulo, huella }) => {
    const last = aceptados.get(recordKey(rut, codigoModulo));
    if (last === undefined || last.huella !== huella) return true;
    return failed.has(JSON.stringify([rut, codigoModulo])) || failed.has(JSON.stringify([rut, null]));
  });
}

/** What of this night is at SENCE already and does not go again. */
export interface Arrived {
  noche: string;
  /** False where a person wants everything again: then only {@link sent} counts. */
  leaveOutTheSame: boolean;
  /** Records, by key, that are not to be sent whatever they say: null; or only where they say this: their hashes. */
  sent: ReadonlyMap<string, ReadonlySet<string> | null>;
}

/** What is left to send, and the accepted records that say tonight what they said already. */
export interface Left {
  candidates: SealedCandidate[];
  alreadyThere: Aceptado[];
}

/** Without what is at SENCE already: accepted for the same night with the same values, or sent by this run's window. */
export function notArrived(
  candidates: readonly SealedCandidate[],
  { noche, leaveOutTheSame, sent }: Arrived,
  { aceptados, elsewhere }: Pick<Known, 'aceptados' | 'elsewhere'>,
): Left {
  const alreadyThere: Aceptado[] = [];
  const left = keepModulos(candidates, (candidate, registro) => {
    const key = recordKey(candidate.rut, registro.codigoModulo);
    const last = aceptados.get(key) ?? ofUnknownGroup(elsewhere?.get(key));
    if (leaveOutTheSame && last?.noche === noche && saysTheSame(last, candidate, registro)) {
      alreadyThere.push(last);
      return false;
    }
    const hashes = sent.get(key);
    return hashes === undefined || (hashes !== null && !hashes.has(registro.huella));
  });
  return { candidates: left, alreadyThere };
}

/** Taken over from a history that does not tell the group: the record's own, as far as anybody knows. */
function ofUnknownGroup(row: Aceptado | undefined): Aceptado | undefined {
  return row?.codigoGrupo === '' ? row : undefined;
}

function keepModulos(
  candidates: readonly SealedCandidate[],
  keep: (candidate: SealedCandidate, registro: SealedRegistro) => boolean,
): SealedCandidate[] {
  return candidates.flatMap((candidate) => {
    const modulos = candidate.modulos.filter((registro) => keep(candidate, registro));
    return modulos.length === 0 ? [] : [{ ...candidate, modulos }];
  });
}

function failedUnderAnotherCode({ modulos }: Candidate, errores: readonly ErrorRow[]): boolean {
  const present = new Set<Modulo['codigoModulo']>(modulos.map(({ codigoModulo }) => codigoModulo));
  return errores.some(({ codigoModulo }) => codigoModulo !== null && !present.has(codigoModulo));
}
