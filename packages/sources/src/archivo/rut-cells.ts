import {
  formatRut,
  isValidRut,
  type Rut,
  readingOfRut,
  showInvisible,
  withoutInvisible,
} from '@puente-sic/protocol';
import { inOurLetters, showLookalikes } from '../rules/lookalikes.ts';
import type { Doubt } from './entry.ts';
import { type Cell, cellText, isBlank } from './grid.ts';

/** The two fields of the API, and what keeps the source from saying whose row it is. */
export interface RutFields {
  rutAlumno?: unknown;
  dvAlumno?: unknown;
  /** Why nobody can say which RUT is meant, in Spanish. */
  doubt?: Doubt;
}

/** What a column of RUTs with the check digit beside it holds: the number alone, or all of it. Null: not known. */
export type RutStyle = 'body' | 'whole' | null;

/** What the rows of two columns prove together: `98765433` and `3` alone may be two people. */
export function rutStyleOf(rows: readonly (readonly [Cell | undefined, Cell | undefined])[]): RutStyle {
  const styles = new Set<RutStyle>();
  for (const [rutCell, dvCell] of rows) {
    const reading = readingOfRut(cellText(rutCell));
    const dv = dvOf(dvCell);
    if (reading.kind === 'noDv') styles.add('body');
    // A hyphen says where the number ends, and so nothing of cells without one.
    const bare = /^\d+[\dK]$/i.test(cellText(rutCell));
    if (reading.kind === 'rut' && bare && reading.rut.dv === dv) styles.add('whole');
    if (reading.kind !== 'either') continue;
    const body = isValidRut({ numero: reading.numero, dv });
    const whole = reading.rut.dv === dv && isValidRut(reading.rut);
    if (body !== whole) styles.add(body ? 'body' : 'whole');
  }
  const [style = null] = styles;
  return styles.size === 1 ? style : null;
}

function dvOf(cell: Cell | undefined): string {
  return withoutInvisible(cellText(cell))
    .trim()
    .toUpperCase()
    .replace(/^(\d)[.,]0+$/, '$1');
}

/**
 * The RUT of a row, from one cell (`12.345.678-5`) or two (`12345678` and `5`), in any spelling. Whether the check
 * digit is right is not judged here, but a RUT is never guessed: digits without hyphen, with no check digit beside
 * them, would be somebody else's RUT one time in eleven.
 */
export function readRutCells(
  rutCell: Cell | undefined,
  dvCell: Cell | undefined,
  style: RutStyle = null,
): RutFields {
  const text = cellText(rutCell);
  const dv = dvOf(dvCell);
  if (isBlank(rutCell)) return { ...(dv !== '' && { dvAlumno: dv }), doubt: WITHOUT_RUT };
  if (dv === '') return fromOne(text);
  if (!/^[\dK]$/.test(dv)) return held(text, dv, notADigit(dv));
  return fromTwo(text, dv, style);
}

function fromOne(text: string): RutFields {
  const reading = readingOfRut(text);
  switch (reading.kind) {
    case 'rut':
      return fields(reading.rut);
    case 'noDv':
      return held(text, undefined, {
        message: /^\d{8,9}[.,]0+$/.test(text)
          ? `El RUT dice «${text}»: un programa lo tomó por un número, y no se sabe si trae su dígito verificador.`
          : `Al RUT «${text}» le falta el dígito verificador.`,
        fix: FIX,
      });
    case 'either':
      return held(text, undefined, {
        message: `No se sabe si «${text}» es un RUT con su dígito verificador o sin él.`,
        fix: FIX,
      });
    default:
      return held(text, undefined, notARut(text, FIX));
  }
}

function fromTwo(text: string, dv: string, style: RutStyle): RutFields {
  const reading = readingOfRut(text);
  switch (reading.kind) {
    case 'noDv':
      return fields({ numero: reading.numero, dv });
    case 'either': {
      const body = { numero: reading.numero, dv };
      // The check digit may stand in both cells: 98765433 and 3.
      const both = reading.rut.dv === dv && isValidRut(reading.rut);
      if (both && isValidRut(body) && style === null) return held(text, dv, twoPeople(body, reading.rut));
      return fields(both && (style === 'whole' || !isValidRut(body)) ? reading.rut : body);
    }
    case 'rut':
      return reading.rut.dv === dv ? fields(reading.rut) : held(text, dv, twoDigits(text, dv));
    default:
      return held(text, dv, notARut(text, WHOLE));
  }
}

function fields(rut: Rut): RutFields {
  return { rutAlumno: rut.numero, dvAlumno: rut.dv };
}

function held(text: string, dv: string | undefined, doubt: Doubt): RutFields {
  return { rutAlumno: text, ...(dv !== undefined && { dvAlumno: dv }), doubt };
}

const FIX =
  'Escríbalo en la planilla con guion y dígito verificador, como en la cédula (por ejemplo 11222333-9), o ponga el dígito en una columna dvAlumno.';
/** Where the check digit has a column of its own already. */
const WHOLE =
  'Escríbalo en la planilla con guion y dígito verificador, como en la cédula (por ejemplo 11222333-9).';

const WITHOUT_RUT: Doubt = {
  code: '012',
  message: 'La fila no trae RUT, así que no se sabe de quién es.',
  fix: 'Escriba en la planilla el RUT con guion y dígito verificador, como en la cédula (por ejemplo 11222333-9).',
};

function notARut(text: string, fix: string): Doubt {
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(text))
    return {
      code: '012',
      message: `El RUT dice «${text}»: un programa lo tomó por un número y lo escribió en notación científica, que puede perder cifras.`,
      fix: `Dé formato de texto a la columna. ${WHOLE}`,
    };
  if (/^['’´`]/.test(text))
    return {
      code: '012',
      message: `El RUT dice «${showInvisible(text)}», con un apóstrofo delante.`,
      fix: `Borre el apóstrofo en toda la columna. ${fix}`,
    };
  const other = inOurLetters(text) !== text;
  return {
    code: '012',
    message: other
      ? `El RUT dice «${showLookalikes(showInvisible(text))}», con una letra o una cifra de otro alfabeto que se ve como la nuestra.`
      : `«${showInvisible(text)}» no tiene la forma de un RUT.`,
    fix: other ? `Escríbalo de nuevo con el teclado. ${WHOLE}` : fix,
  };
}

function notADigit(dv: string): Doubt {
  return {
    code: '012',
    message: `El dígito verificador dice «${showInvisible(dv)}», y es un solo carácter: un número del 0 al 9 o la letra K.`,
    fix: 'Corríjalo en la planilla, o deje el RUT completo en una sola columna, con guion: 11222333-9.',
  };
}

function twoDigits(text: string, dv: string): Doubt {
  return {
    message: `El RUT dice «${text}», pero la columna del dígito verificador dice «${dv}».`,
    fix: 'Revise el RUT en la cédula y deje el mismo dígito verificador en las dos columnas.',
  };
}

function twoPeople(one: Rut, other: Rut): Doubt {
  return {
    message: `No se sabe si el RUT es ${formatRut(one)} o ${formatRut(other)}: los dos calzan con su dígito verificador.`,
    fix: 'Escriba el RUT completo en una sola columna, con guion: 11222333-9.',
  };
}
