import { isValidRut, type Rut, readRut } from '@puente-sic/protocol';
import type { Account } from '../site.ts';

/** Where in a Moodle account a RUT was found, as a person sees the field. */
export type RutField = 'Número de ID' | 'Nombre de usuario' | 'Campo de perfil';

/** What an account says of its owner's RUT. */
export interface Identity {
  /** Form and check digit are right. Null: see `problem`. */
  rut: Rut | null;
  /** The field that `rut` or the faulty text was found in; null when all are empty. */
  field: RutField | null;
  /** As stored, where it cannot be used. */
  faulty: string | null;
  problem: 'empty' | 'not a RUT' | 'wrong check digit' | null;
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
  for (const [field, text] of fields) {
    const rut = readRut(text.replace(/\s/g, ''));
    if (rut && isValidRut(rut) && (field !== 'Nombre de usuario' || isPlausible(rut)))
      return { rut, field, faulty: null, problem: null };
  }
  const said = fields.find(
    ([field, text]) => text.trim() !== '' && (field !== 'Nombre de usuario' || isMistyped(text)),
  );
  if (!said) return { rut: null, field: null, faulty: null, problem: 'empty' };
  const [field, faulty] = said;
  return {
    rut: null,
    field,
    faulty,
    problem: readRut(faulty.replace(/\s/g, '')) ? 'wrong check digit' : 'not a RUT',
  };
}

function profileField(account: Account, campoRut: string): string {
  for (const [name, data] of account.profile) if (name.toLowerCase() === campoRut.toLowerCase()) return data;
  return '';
}

/** One in eleven numbers is a RUT by chance: a user name like `10013` is none. */
function isPlausible(rut: Rut): boolean {
  return rut.numero >= 1_000_000;
}

/** A user name that was meant as a RUT, and is not just a name like `alumno108`. */
function isMistyped(username: string): boolean {
  const rut = readRut(username);
  return rut !== null && isPlausible(rut);
}
