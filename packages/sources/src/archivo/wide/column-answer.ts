import { answersOf } from '../decide/answers.ts';
import { MARK_SCALES, PROGRESS_SCALES, TIME_UNITS } from '../decide/scales.ts';
import { GROUP_OF } from '../group-answers.ts';
import { COLUMN_FIELDS, NOT_USED } from '../named-columns.ts';
import { isAboutModules } from './module-answers.ts';

/** What is answered about all columns of a kind. */
const OF_ALL = new Map<string, readonly string[]>([
  ['separadorDecimal', ['coma', 'punto']],
  ['ordenFechas', ['dia-mes', 'mes-dia']],
  ['unidadTiempo', TIME_UNITS],
  ['escalaAvance', PROGRESS_SCALES],
  ['escalaNotas', MARK_SCALES],
]);

/**
 * Whether an answer is one: what a column is (the template's name, of which module, or `no`), what its figures are in, or
 * the code of a module that the sheet calls otherwise (`modulo PRES028008000558`).
 */
export function isColumnAnswer(name: string, answer: string): boolean {
  const ofAll = OF_ALL.get(name);
  if (ofAll !== undefined) return ofAll.includes(answer);
  if (name.startsWith(GROUP_OF)) return /^\S.*$/u.test(answer);
  return (
    answer === NOT_USED ||
    COLUMN_FIELDS.includes(answer) ||
    isAboutModules(answer) ||
    answersOf(name)?.includes(answer) === true
  );
}
