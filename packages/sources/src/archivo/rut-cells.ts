import { formatRut, isValidRut, type Rut, readRut } from '@puente-sic/protocol';
import { type Cell, cellText, isBlank } from './grid.ts';

/** No person's RUT has nine digits before its check digit: the ninth is the check digit. */
const NINE_DIGITS = 100_000_000;

/** The two fields of the API, and what keeps the source from saying whose row it is. */
export interface RutReading {
  rutAlumno?: unknown;
  dvAlumno?: unknown;
  /** Why nobody can say which RUT is meant, in Spanish. */
  doubt?: { message: string; fix: string };
}

/**
 * The RUT of a row, from one cell (`12.345.678-5`) or two (`12345678` and `5`), in any spelling.
 * A wrong check digit is not judged here, but a RUT is never guessed: digits without hyphen, with no check digit
 * beside them, would be somebody else's RUT one time in eleven.
 */
export function readRutCells(rutCell: Cell | undefined, dvCell: Cell | undefined): RutReading {
  const text = cellText(rutCell);
  const dv = cellText(dvCell).toUpperCase();
  if (isBlank(rutCell)) return dv === '' ? {} : { dvAlumno: dv };
  const compact = text.replace(/\s/g, '');
  const whole = readRut(compact);
  const separated = /[-\u2010-\u2015\u2212][0-9kK]$/.test(compact);
  if (dv === '') return withoutDv(text, whole, separated);
  if (whole !== null && (separated || /k$/i.test(text)))
    return whole.dv === dv
      ? fields(whole)
      : {
          rutAlumno: text,
          dvAlumno: dv,
          doubt: {
            message: `El RUT dice «${text}», pero la columna del dígito verificador dice «${dv}».`,
            fix: 'Revise el RUT en la cédula y deje el mismo dígito verificador en las dos columnas.',
          },
        };
  const body = bodyOf(text);
  if (body === null) return { rutAlumno: text, dvAlumno: dv };
  // The check digit may stand in both cells without a hyphen: 123456785 and 5.
  const bodyIsRut = body < NINE_DIGITS && isValidRut({ numero: body, dv });
  if (whole !== null && whole.dv === dv && isValidRut(whole) && !bodyIsRut) return fields(whole);
  return { rutAlumno: body, dvAlumno: dv };
}

function withoutDv(text: string, whole: Rut | null, separated: boolean): RutReading {
  if (whole === null) return { rutAlumno: text };
  if (separated || whole.dv === 'K' || whole.numero >= NINE_DIGITS / 10) return fields(whole);
  return {
    rutAlumno: text,
    doubt: {
      message: `No se sabe si «${text}» es un RUT con su dígito verificador o sin él.`,
      fix: `Escríbalo con guion (por ejemplo «${formatRut(whole)}») o agregue una columna dvAlumno.`,
    },
  };
}

function fields(rut: Rut): RutReading {
  return { rutAlumno: rut.numero, dvAlumno: rut.dv };
}

/** The digits of a RUT written without check digit, dots forgiven. */
function bodyOf(text: string): number | null {
  const digits = /^0*([1-9]\d{0,8})$/.exec(text.replace(/[.\s]/g, ''))?.[1];
  return digits === undefined ? null : Number(digits);
}
