import { isValidRut, type Rut, readingOfRut } from '@puente-sic/protocol';

export type RutProblem =
  /** Every field is empty. */
  | 'empty'
  | 'not a RUT'
  /** The number alone, or one of which nobody can say where it ends: its owner is not guessed. */
  | 'no check digit'
  | 'wrong check digit';

/** What an LMS says of the RUT of a person. */
export interface Identity<Field extends string = string> {
  /** Form and check digit are right. Null: see `problem`. */
  rut: Rut | null;
  /** The field that `rut` or the faulty text was found in; null when all are empty. */
  field: Field | null;
  /** As stored, where it cannot be used. */
  faulty: string | null;
  problem: RutProblem | null;
  /** Another person's RUT in a field that was not needed. */
  contradicted?: { rut: Rut; field: Field };
}

/** A place where the RUT may stand, and what stands there. */
export interface RutCandidate<Field extends string = string> {
  field: Field;
  text: string;
  /** A name that people choose: a number like `10013` or a word in it is no RUT, and no fault either. */
  chosen: boolean;
}

/**
 * The RUT of a person, from the first place that holds one: cleaned of blanks, dots and leading zeros, hyphen put in,
 * check digit verified. A place that holds something else (a passport, an employee number) gives way to the next; where
 * none has a RUT, the fault of the first that is no chosen name is told.
 */
export function identify<Field extends string>(candidates: readonly RutCandidate<Field>[]): Identity<Field> {
  for (const [index, { field, text, chosen }] of candidates.entries()) {
    const { rut } = readField(text);
    if (!rut || !isValidRut(rut) || (chosen && !isPlausible(rut.numero))) continue;
    const contradicted = otherRut(rut, candidates, index);
    return { rut, field, faulty: null, problem: null, ...(contradicted && { contradicted }) };
  }
  const said = candidates.find(({ text, chosen }) => text.trim() !== '' && (!chosen || isMistyped(text)));
  if (!said) return { rut: null, field: null, faulty: null, problem: 'empty' };
  const { rut, problem } = readField(said.text);
  return {
    rut: null,
    field: said.field,
    faulty: said.text,
    problem: rut ? 'wrong check digit' : (problem ?? 'not a RUT'),
  };
}

/** A number that is only digits may be any number of a person. */
const SURELY_RUT = /-|k\s*$|^\s*\d{9}\s*$/i;

/** In a field before the one that was taken, one with a wrong check digit; in one after, a right one. */
function otherRut<Field extends string>(
  rut: Rut,
  candidates: readonly RutCandidate<Field>[],
  taken: number,
): Identity<Field>['contradicted'] {
  const found = candidates.flatMap(({ field, text }, index) => {
    if (index === taken) return [];
    const { rut: other } = readField(text);
    const counts = other && SURELY_RUT.test(text) && (index < taken || isValidRut(other));
    return counts && other.numero !== rut.numero ? { rut: other, field } : [];
  });
  return found[0];
}

/** A RUT as it stands in one field; up to six digits in a row are somebody's number, not a RUT cut short. */
function readField(text: string): { rut: Rut | null; problem: RutProblem | null } {
  const reading = readingOfRut(text.replace(/(?<=\d) +(?=\d)/g, ''));
  if (reading.kind === 'rut') return { rut: reading.rut, problem: null };
  const short = reading.kind === 'other' || !isPlausible(reading.numero);
  return { rut: null, problem: short ? 'not a RUT' : 'no check digit' };
}

/** One in eleven numbers is a RUT by chance: a user name like `10013` is none. */
function isPlausible(numero: number): boolean {
  return numero >= 1_000_000;
}

/** A chosen name that was meant as a RUT, and is not just a name like `alumno108`. */
function isMistyped(name: string): boolean {
  const { rut, problem } = readField(name);
  return problem === 'no check digit' || (rut !== null && isPlausible(rut.numero));
}
