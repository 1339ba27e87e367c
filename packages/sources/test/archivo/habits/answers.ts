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
