/** A RUT (Chile's tax and identity number): body without leading zeros, and check digit in upper case. */
export interface Rut {
  numero: number;
  dv: string;
}

/** The check digit of a RUT's body by modulo 11: `0`–`9` or `K`. */
export function checkDigit(numero: number): string {
  let sum = 0;
  let factor = 2;
  for (let rest = numero; rest > 0; rest = Math.floor(rest / 10)) {
    sum += (rest % 10) * factor;
    factor = factor === 7 ? 2 : factor + 1;
  }
  const digit = 11 - (sum % 11);
  return digit === 11 ? '0' : digit === 10 ? 'K' : String(digit);
}

/**
 * Reads a RUT as people type it: with or without dots and hyphen, blanks around, leading zeros, `k` or `K`.
 * The last character is always the check digit. Nothing is said of whether it is right: see {@link isValidRut}.
 * Returns null for what has not the form of a RUT (1 to 9 digits and a check digit; never body 0).
 */
export function readRut(text: string): Rut | null {
  const match = /^0*([1-9]\d{0,8})([0-9K])$/.exec(
    text
      .trim()
      .replace(/[.\s]|[-\u2010-\u2015\u2212](?=[0-9kK]$)/g, '')
      .toUpperCase(),
  );
  return match ? { numero: Number(match[1]), dv: match[2] as string } : null;
}

/** Whether the check digit is the one that modulo 11 gives. */
export function isValidRut(rut: Rut): boolean {
  return checkDigit(rut.numero) === rut.dv;
}

/** Canonical form `11222333-K`: no dots, hyphen, upper case. [S] */
export function formatRut(rut: Rut): string {
  return `${rut.numero}-${rut.dv}`;
}

/**
 * Reads a student's RUT from the two fields of the wire: a whole number or its digits as text (leading zeros
 * forgiven), and `0`–`9`, `k` or `K`, also as a number. Nothing else is taken: no dots, blanks or hyphens. [S, I]
 * Nothing is said of whether the check digit is right: see {@link isValidRut}.
 */
export function readRutAlumno(rutAlumno: unknown, dvAlumno: unknown): Rut | null {
  const digits = typeof rutAlumno === 'number' || typeof rutAlumno === 'string' ? String(rutAlumno) : '';
  const dv = typeof dvAlumno === 'number' || typeof dvAlumno === 'string' ? String(dvAlumno) : '';
  if (!/^\d{1,9}$/.test(digits) || !/^[0-9kK]$/.test(dv) || Number(digits) === 0) return null;
  return { numero: Number(digits), dv: dv.toUpperCase() };
}
