import { answer, type ColumnAnswers, WHERE } from './answers.ts';
import { figureText, type Reader } from './reader.ts';
import { readWritten, type Written } from './written.ts';

/**
 * How a column of progress is read, 0–100. `0,45` without a percent sign may be 0.45 % or 45 %, and a 1 beside cells
 * in % may be 1 % or 100 %: what the whole column does not settle is held back.
 */
export function progressReader(header: string, column: readonly Written[], answers: ColumnAnswers): Reader {
  const doubtful = doubtIn(column);
  return (cell) => {
    const written = readWritten(cell);
    if (written.kind === 'percent') return { value: written.value };
    const value = plainOf(written);
    if (value === null) return { value: written.kind === 'other' ? written.value : cell };
    if (answers.escalaAvance === '0-1') return { value: hundredfold(value) };
    if (answers.escalaAvance === '0-100' || !doubtful(value)) return { value };
    return { value, doubt: { message: messageOf(value, header, column), fix: FIX } };
  };
}

function doubtIn(column: readonly Written[]): (value: number) => boolean {
  const plain = column.flatMap((written) => plainOf(written) ?? []);
  const inPercent = column.some(({ kind }) => kind === 'percent');
  const withDecimals = plain.some((value) => value > 1 && !Number.isInteger(value));
  if (plain.every((value) => value <= 1)) return (value) => value > 0 && value <= 1;
  return (value) => value > 0 && ((value < 1 && (inPercent || !withDecimals)) || (value === 1 && inPercent));
}

/** No progress has thousands: `13.500` is 13.5. */
export function plainOf(written: Written): number | null {
  if (written.kind === 'number') return written.value;
  return written.kind === 'threes' ? written.decimal : null;
}

function hundredfold(value: number): number {
  return Number((value * 100).toPrecision(15));
}

function messageOf(value: number, header: string, column: readonly Written[]): string {
  const [shown, other] = [figureText(value), figureText(hundredfold(value))];
  const why = column.some(({ kind }) => kind === 'percent')
    ? `la columna «${header}» trae otras celdas en %`
    : column.every((written) => (plainOf(written) ?? 0) <= 1)
      ? `la columna «${header}» solo trae valores de 0 a 1`
      : `los demás valores de la columna «${header}» son enteros`;
  return `«${shown}» puede ser ${shown} % o ${other} %: ${why}.`;
}

const FIX = `Escriba los avances de 0 a 100, o con %. Si en sus archivos 1 es 100 %, anótelo una vez ${WHERE}: ${answer('escalaAvance', '0-1')}; si 1 es 1 %, ${answer('escalaAvance', '0-100')}.`;
