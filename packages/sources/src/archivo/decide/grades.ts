import { roundPercentage } from '@puente-sic/protocol';
import { several } from '../finding.ts';
import { cellText } from '../grid.ts';
import { answer, type ColumnAnswers, WHERE } from './answers.ts';
import { plainOf } from './progress.ts';
import { figureText, highest, type Read, type Reader } from './reader.ts';
import { readWritten, type Written } from './written.ts';

/** A mark of an approved student that is no percentage. */
const TOO_LOW = 10;

/** Marks of a column that are left out, and how many of them are too low for who is approved. */
export interface AskedMarks {
  header: string;
  asked: readonly number[];
  low: boolean;
}

/**
 * How a column of marks is read, 0–100. Where none passes 7 they look like Chile's 1.0–7.0: optional as they are, they
 * are left out and told, as is a mark below 10 of who is approved. With `exigencia` the 4.0 stands at that percentage,
 * else every mark at its place between 1 and 7.
 */
export function gradeReader(
  column: readonly Written[],
  approved: readonly boolean[],
  { escalaNotas: scale }: ColumnAnswers,
  exigencia?: number,
): Omit<AskedMarks, 'header'> & { read: Reader } {
  const positive = column.flatMap((written) => plainOf(written) ?? []).filter((value) => value > 0);
  const all = scale === undefined && positive.every((value) => value <= 7);
  const tooLow = column.flatMap((written, index) => {
    const value = plainOf(written);
    return value !== null && value > 0 && value < TOO_LOW && approved[index] === true ? value : [];
  });
  const asked = new Set(all ? positive : scale === undefined ? tooLow : []);
  const read: Reader = (cell, tell): Read => {
    const written = readWritten(cell);
    if (written.kind === 'percent') return { value: written.value };
    const value = plainOf(written);
    if (value === null) return { value: written.kind === 'other' ? written.value : cellText(cell) };
    if (asked.has(value)) return { value: undefined };
    if (scale === '0-1') return { value: Number((value * 100).toPrecision(15)) };
    if (scale !== '1-7') return { value };
    if (value >= 1 && value <= 7) return { value: percentageOf(value, exigencia) };
    tell('marks', figureText(value), '');
    return { value: undefined };
  };
  return { read, asked: [...asked], low: !all };
}

/** One question for the marks of all columns that look alike. */
export function askedMarks(columns: readonly AskedMarks[]): { message: string; fix: string }[] {
  const whole = columns.filter(({ low }) => !low);
  const low = columns.filter((column) => column.low);
  return [...(whole.length > 0 ? [scaleQuestion(whole)] : []), ...low.map(lowQuestion)];
}

function percentageOf(mark: number, exigencia: number | undefined): number {
  const exact =
    exigencia === undefined
      ? (100 * (mark * 1000 - 1000)) / 6000
      : mark >= 4
        ? exigencia + ((mark - 4) * (100 - exigencia)) / 3
        : ((mark - 1) * exigencia) / 3;
  return roundPercentage(Number(exact.toPrecision(12)));
}

function scaleQuestion(columns: readonly AskedMarks[]) {
  const ranges = columns.map(({ header, asked }) => {
    const lowest = asked.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    const [low, high] = [lowest, highest(asked)].map(figureText);
    return `la columna «${header}» trae ${low === high ? `una nota de ${low}` : `notas de ${low} a ${high}`}`;
  });
  const fractions = columns.every(({ asked }) => asked.every((mark) => mark <= 1));
  const looks = fractions ? 'fracciones de 1' : 'de la escala de 1,0 a 7,0';
  return {
    message: `${several(ranges)}: parecen ${looks}, y se informan de 0 a 100. No se envían mientras no se sepa; lo demás de las filas, sí.`,
    fix: `Anótelo una vez ${WHERE}: ${answer('escalaNotas', fractions ? '0-1' : '1-7')} si es así, ${answer('escalaNotas', '0-100')} si son porcentajes. O escríbalas de 0 a 100 o con %.`,
  };
}

function lowQuestion({ header, asked }: AskedMarks) {
  const shown = several(
    asked.map((mark) => `«${figureText(mark)}»`),
    3,
  );
  return {
    message: `la columna «${header}» trae alumnos aprobados con una nota bajo 10 de 100 (${shown}), entre otras que pasan de 7: esas notas no se envían.`,
    fix: `Revise si están en otra escala y escríbalas de 0 a 100. Si son porcentajes de verdad, anótelo una vez ${WHERE}: ${answer('escalaNotas', '0-100')}.`,
  };
}
