import { createHash } from 'node:crypto';
import { checkDigit, formatRut, isValidRut, type Rut, readRut } from '@puente-sic/protocol';

/** SHA-256 of a canonical RUT, hexadecimal: as whom erasures and kept files know somebody. */
export function huellaOf(rut: Rut): string {
  return createHash('sha256').update(formatRut(rut)).digest('hex');
}

/** Of a RUT as an LMS has it, dots, blanks and all, also without its check digit; null: it is none. */
export function huellaOfText(text: string): string | null {
  const rut = readRut(text);
  if (rut !== null) return isValidRut(rut) ? huellaOf(rut) : null;
  const digits = text.replaceAll(/[.\s]/g, '');
  if (!/^\d{7,8}$/.test(digits)) return null;
  return huellaOf({ numero: Number(digits), dv: checkDigit(Number(digits)) });
}
