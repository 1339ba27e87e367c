import { isCompanyRut, isValidRut, readRut } from '@puente-sic/protocol';
import { type Identity, identify } from '../rules/identity.ts';
import type { StudentData } from './site.ts';

/**
 * RUT from the first column that has a valid one of a person: a company's, as that of who is billed, is nobody's.
 * Where none has, the first says what is wrong.
 */
export function identityOf({ ruts }: Pick<StudentData, 'ruts'>): Identity {
  const candidates = ruts.map(({ column, text }, index) => ({ field: column, text, chosen: index > 0 }));
  return identify(candidates.filter(({ text }) => !isOfCompany(text)));
}

/** Whether a text is the RUT of a company, check digit and all. */
export function isOfCompany(text: string): boolean {
  const rut = readRut(text);
  return rut !== null && isValidRut(rut) && isCompanyRut(rut.numero);
}
