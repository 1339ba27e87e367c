import type { Doubt } from '../entry.ts';
import { type Answered, WHERE, written as writtenDown } from './answers.ts';
import { figureText, highest } from './reader.ts';
import { TIME_UNITS, type TimeUnit } from './scales.ts';
import type { TimeColumn } from './time-column.ts';

/** A plain number of a column of times, and how far its student (or module) has come; null where that is not known. */
export interface PlainTime {
  value: number;
  progress: number | null;
  /** Written with decimals, also `1.00`. */
  decimals: boolean;
}

/** What has been answered, how an answer calls the column, and the columns of its table that are asked about. */
type Notes = Pick<TimeColumn, 'answers' | 'name' | 'asked' | 'said' | 'maybe'>;

/** The unit of one value, or why nobody knows it. */
export type Unit = { unit: TimeUnit } | { doubt: Doubt };

export const SECONDS: Record<TimeUnit, number> = {
  milisegundos: 0.001,
  segundos: 1,
  minutos: 60,
  horas: 3600,
  dias: 86_400,
};

/** In less than five minutes nobody comes far in a course or a module. */
export const TOO_SHORT = 300;
/** Progress from which on that is told. */
export const ADVANCED = 50;
/** No course lasts a thousand hours: these are milliseconds. */
const TOO_LONG = 3_600_000;
/** Nor does anybody spend a hundred in one: whoever says minutes of such a column means another one. */
export const INCREDIBLE = 360_000;

/**
 * What the plain numbers of a column of times are in. They are seconds where nothing speaks against it; where something
 * does, they are what was answered. An answer about this column is taken unless its figures contradict it, one about
 * columns in doubt only where this one is. `trusted`: another column of times in the table agrees that it is seconds.
 */
export function unitReader(
  header: string,
  column: readonly PlainTime[],
  { own, any }: Answered<TimeUnit>,
  notes: Notes,
  trusted: boolean,
): (value: number) => Unit {
  const longest = highest(column.map(({ value }) => value));
  const { maybe = null } = notes;
  const hinted = maybe !== null && !contradicts(maybe.unit, column, longest) ? maybe : null;
  const suspicion = hinted?.said ?? suspicionOf(header, column, longest, trusted);
  const answer = own ?? (suspicion === null ? undefined : any);
  const spoilt = strayFraction(header, column, longest, answer);
  const all = (): Unit | (() => Unit) | null => {
    if (answer !== undefined && !contradicts(answer, column, longest)) return { unit: answer };
    if (own !== undefined) return { doubt: contradiction(header, own, longest, notes) };
    if (suspicion !== null) {
      notes.asked.add(notes.name);
      // Worded once all columns are known: one answer for those in doubt.
      return () => ({ doubt: unknownUnit(suspicion, hinted?.unit ?? likely(column, longest), notes) });
    }
    const perhaps = any !== undefined && any !== 'segundos' && !contradicts(any, column, longest);
    return perhaps ? { doubt: perhapsUnit(header, any, notes) } : null;
  };
  const found = longest === 0 ? null : all();
  return (value) => {
    if (value <= 0) return { unit: 'segundos' };
    const one = spoilt(value) ?? (typeof found === 'function' ? found() : found) ?? { unit: 'segundos' };
    return 'doubt' in one
      ? { doubt: { ...one.doubt, message: one.doubt.message.replace('{}', figureText(value)) } }
      : one;
  };
}

/** Why plain numbers may be no seconds; null: nothing says so. */
function suspicionOf(
  header: string,
  column: readonly PlainTime[],
  longest: number,
  trusted: boolean,
): string | null {
  if (longest > TOO_LONG)
    return `la columna «${header}» llega a ${figureText(longest)}, que son más de mil horas`;
  if (longest >= TOO_SHORT) return null;
  const advanced = advancedOf(column);
  const decimals = column.some(({ value, decimals }) => decimals || !Number.isInteger(value));
  if ((advanced === undefined || trusted) && !decimals) return null;
  return advanced === undefined
    ? `la columna «${header}» trae decimales y no pasa de ${figureText(longest)}`
    : `la columna «${header}» no pasa de ${figureText(longest)}, y hay avances que son o pueden ser de ${figureText(advanced.progress ?? 0)} %`;
}

function advancedOf(column: readonly PlainTime[]): PlainTime | undefined {
  return column.find(({ value, progress }) => value > 0 && progress !== null && progress >= ADVANCED);
}

/** Whether figures cannot be in a unit: nobody spends so long, or comes so far in so little. */
function contradicts(unit: TimeUnit, column: readonly PlainTime[], longest: number): boolean {
  const seconds = longest * SECONDS[unit];
  if (unit === 'segundos') return false;
  const shortest = unit === 'milisegundos' ? TOO_SHORT : 60;
  return (seconds < shortest && advancedOf(column) !== undefined) || seconds > INCREDIBLE;
}

/** Among whole numbers a cell that lost its format: 0.104 of a day. No answer about its column is about it. */
function strayFraction(
  header: string,
  column: readonly PlainTime[],
  longest: number,
  answer: TimeUnit | undefined,
): (value: number) => Unit | null {
  const fractions = column.filter(({ value }) => !Number.isInteger(value));
  const below = answer === undefined ? 60 : 1;
  const stray =
    answer === undefined || answer === 'segundos'
      ? longest >= TOO_SHORT && fractions.every(({ value }) => value < TOO_SHORT)
      : answer === 'minutos' && fractions.every(({ value }) => value < 1) && longest >= 1;
  return (value) =>
    stray && value < below && !Number.isInteger(value)
      ? {
          doubt: {
            message: `No se sabe qué tiempo es «{}»: los demás valores de la columna «${header}» son enteros.`,
            fix: 'Suele ser una celda que perdió su formato de hora: déselo de nuevo, o escriba el tiempo como HH:MM:SS.',
          },
        }
      : null;
}

function unknownUnit(why: string, unit: TimeUnit, { answers, asked }: Notes): Doubt {
  const noted = writtenDown(answers, Object.fromEntries([...asked].map((name) => [name, unit])));
  const others = TIME_UNITS.filter((each) => each !== unit && each !== 'segundos');
  return {
    message: `No se sabe si «{}» son segundos: ${why}.`,
    fix: `Escriba los tiempos en segundos o como HH:MM:SS. O anote en qué están, una vez, ${WHERE}: ${noted} (o ${others.join(', ')}; segundos si lo son).`,
    asks: [...asked].map((clave) => ({ clave, opciones: [unit, 'segundos', ...others] })),
  };
}

function likely(column: readonly PlainTime[], longest: number): TimeUnit {
  if (longest > TOO_LONG) return 'milisegundos';
  return column.some(({ value }) => !Number.isInteger(value)) ? 'horas' : 'minutos';
}

function contradiction(header: string, unit: TimeUnit, longest: number, { name, said }: Notes): Doubt {
  const hours = (longest * SECONDS[unit]) / 3600;
  return {
    message: `No se sabe en qué está «{}»: ${said ?? `está anotado «${name}: ${unit}» en la fuente`}, pero la columna «${header}» llega a ${figureText(longest)}, que serían ${hours >= 1 ? `${figureText(Math.round(hours))} horas` : `${figureText(hours * 3600)} segundos`}.`,
    fix: `Si no es así, corríjalo ${said === undefined ? WHERE : 'en la hoja'}. Si este archivo sale de otro programa que los demás, póngalo en una fuente aparte, o escriba sus tiempos como HH:MM:SS.`,
    asks: said === undefined ? [{ clave: name, opciones: TIME_UNITS }] : [],
  };
}

function perhapsUnit(header: string, unit: TimeUnit, { answers, name }: Notes): Doubt {
  return {
    message: `No se sabe si «{}» son segundos o ${unit}: en la fuente está anotado «unidadTiempo: ${unit}», que vale para los tiempos que no pueden ser segundos, y los de la columna «${header}» pueden ser lo uno y lo otro.`,
    fix: `Anote en qué está esa columna, una vez, ${WHERE}: ${writtenDown(answers, { [name]: unit })}, o «segundos» si lo son. O escriba los tiempos como HH:MM:SS.`,
    asks: [{ clave: name, opciones: [unit, 'segundos'] }],
  };
}
