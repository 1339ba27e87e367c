import type { ColumnAnswers } from './decide/answers.ts';
import type { Entry } from './entry.ts';
import { answerFor } from './wide/module-answers.ts';

/** What the group of a course is kept under, where its sheets have no column of groups. */
export const GROUP_OF = 'grupo ';

/** The group that a person gave a course whose sheets say none. */
export function groupOf(codigoOferta: string, answers: ColumnAnswers): string {
  return codigoOferta === '' ? '' : (answerFor(answers, `${GROUP_OF}${codigoOferta}`)?.trim() ?? '');
}

/** Courses that a sheet names without their group. */
export function withoutGroup(entries: readonly Entry[]): string[] {
  const codes = entries.flatMap(({ curso: { codigoOferta, codigoGrupo, named } }) => {
    if (codigoGrupo !== undefined) return [];
    return codigoOferta ?? (named?.codes.length === 1 ? named.codes : []);
  });
  return [...new Set(codes)];
}
