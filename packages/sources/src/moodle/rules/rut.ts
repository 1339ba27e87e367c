import { isValidRut, type Rut, readingOfRut } from '@puente-sic/protocol';
import type { Account } from '../site.ts';

/** Where in a Moodle account a RUT was found, as a person sees the field. */
export type RutField = 'Número de ID' | 'Nombre de usuario' | 'Campo de perfil';

export type RutProblem =
  /** Every field is empty. */
  | 'empty'
  | 'not a RUT'
  /** The number alone, or one of which nobody can say where it ends: its owner is not guessed. */
  | 'no check digit'
  | 'wrong check digit';

/** What an account says of its owner's RUT. */
export interface Identity {
  /** Form and check digit are right. Null: see `problem`. */
  rut: Rut | null;
  /** The field that `rut` or the faulty text was found in; null when all are empty. */
  field: RutField | null;
  /** As stored, where it cannot be used. */
  faulty: string | null;
  problem: RutProblem | null;
  /** Another person's RUT in a field that was not needed. */
  contradicted?: { rut: Rut; field: RutField };
}

/**
 * The RUT of an account: `idnumber`, else `username`, else the profile field, cleaned of blanks, dots and leading
 * zeros, hyphen put in, check digit verified. A field that holds something else (a passport, an employee number)
 * gives way to the next; where none has a RUT, the fault of `idnumber` is told. [I p.14: RUT in idnumber]
 */
export function readIdentity(account: Account, campoRut = 'rut'): Identity {
  const fields: [RutField, string][] = [
    ['Número de ID', account.idnumber ?? ''],
    ['Nombre de usuario', account.username ?? ''],
    ['Campo de perfil', profileField(account, campoRut)],
  ];
  for (const [index, [field, text]] of fields.entries()) {
    const { rut } = readField(text);
    if (!rut || !isValidRut(rut) || (field === 'Nombre de usuario' && !isPlausible(rut.numero))) continue;
    const contradicted = otherRut(rut, fields.slice(0, index), fields.slice(index + 1));
    return { rut, field, faulty: null, problem: null, ...(contradicted && { contradicted }) };
  }
  const said = fields.find(
    ([field, text]) => text.trim() !== '' && (field !== 'Nombre de usuario' || isMistyped(text)),
  );
  if (!said) return { rut: null, field: null, faulty: null, problem: 'empty' };
  const [field, faulty] = said;
  const { rut, problem } = readField(faulty);
  return { rut: null, field, faulty, problem: rut ? 'wrong check digit' : (problem ?? 'not a RUT') };
}

/** A number that is only digits may be any number of a person. */
const SURELY_RUT = /-|k\s*$|^\s*\d{9}\s*$/i;

/** In a field before, one with a wrong check digit; in one after, a right one. */
function otherRut(
  rut: Rut,
  before: [RutField, string][],
  after: [RutField, string][],
): Identity['contradicted'] {
  const found = [...before, ...after].flatMap(([field, text], index) => {
    const { rut: other } = readField(text);
    const counts = other && SURELY_RUT.test(text) && (index < before.length || isValidRut(other));
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

function profileField(account: Account, campoRut: string): string {
  for (const [name, data] of account.profile) if (name.toLowerCase() === campoRut.toLowerCase()) return data;
  return '';
}

/** One in eleven numbers is a RUT by chance: a user name like `10013` is none. */
function isPlausible(numero: number): boolean {
  return numero >= 1_000_000;
}

/** A user name that was meant as a RUT, and is not just a name like `alumno108`. */
function isMistyped(username: string): boolean {
  const { rut, problem } = readField(username);
  return problem === 'no check digit' || (rut !== null && isPlausible(rut.numero));
}
