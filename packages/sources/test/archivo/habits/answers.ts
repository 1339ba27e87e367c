import type { ColumnAnswers } from '../../../src/index.ts';
import type { Meant } from './meant.ts';
import type { Random } from './random.ts';
import type { Spelling } from './spellings.ts';

/** A column as a person has written it. */
export interface WrittenColumn {
  header: string;
  /** What is true of it, where it is not in seconds or from 0 to 100. */
  answer: string | null;
  /** Written so only by who has answered. */
  unseen: boolean;
  /** The highest figure that is meant. */
  highest: number;
  write: (meant: Meant) => ReturnType<Spelling<unknown>>;
}

const KINDS: [key: 'unidadTiempo' | 'escalaAvance' | 'escalaNotas', headers: RegExp, plain: number][] = [
  ['unidadTiempo', /tiempo/i, 6000],
  ['escalaAvance', /avance/i, 1],
  ['escalaNotas', /evaluacion|nota/i, 70],
];

/** What the name of a column says of its figures, as people write it. */
const WORDS: Record<string, readonly string[]> = {
  milisegundos: ['(ms)', 'en milisegundos'],
  segundos: ['(seg)', '(segundos)'],
  minutos: ['(min)', '[minutos]', 'en minutos'],
  horas: ['(hrs)', '(horas)', 'en horas'],
  dias: ['(días)'],
  '1-7': ['(1 a 7)', '(1,0 - 7,0)', '(escala 1-7)'],
  '10-70': ['(10 a 70)'],
  '0-10': ['(0-10)'],
  '0-1': ['(0 a 1)'],
};

/** The names of the columns, some of which say what the figures below are in; and what they so say. */
export function namesBy(
  random: Random,
  columns: readonly WrittenColumn[],
): { names: string[]; stated: ColumnAnswers } {
  const stated: Record<string, string> = {};
  const names = columns.map(({ header, answer }) => {
    const words = WORDS[answer ?? ''];
    if (words === undefined || !random.chance(0.3)) return header;
    stated[header] = answer ?? '';
    return `${header} ${random.pick(words)}`;
  });
  return { names, stated };
}

/** What a person has answered about some of the columns: about each, or about all that are in doubt. */
export function answersBy(random: Random, columns: readonly WrittenColumn[]): ColumnAnswers {
  const answering = random.chance(0.5);
  const answers: Record<string, string> = {};
  for (const [key, headers, plain] of KINDS) {
    const own = columns.filter(({ header }) => headers.test(header));
    for (const { header, answer, unseen } of own)
      if (answer !== null && (unseen || (answering && random.chance(0.7)))) answers[header] = answer;
    // About all of a kind only where each of them is so, or plainly not.
    const [first] = own.flatMap(({ answer }) => answer ?? []);
    const others = own.filter(({ answer }) => answer !== first);
    if (first === undefined || !random.chance(answering ? 0.3 : 0)) continue;
    if (others.some(({ answer, highest }) => answer !== null || highest <= plain)) continue;
    answers[key] = first;
    for (const { header, unseen } of own) if (!unseen || random.chance(0.5)) delete answers[header];
  }
  return answers;
}
