import { tidyCode } from '../../rules/code-text.ts';
import type { GradeItem } from '../site.ts';
import type { ReportedModule } from './modules.ts';
import { oneLanguage, sameText } from './text.ts';

/** The course's total. */
export function courseItem(items: GradeItem[]): GradeItem | null {
  return items.find(({ type, gradeType }) => type === 'course' && isNumeric(gradeType)) ?? null;
}

/**
 * The total of the grade category named after a module: its name has the module's code, or is the name of one of
 * its sections. [I]
 */
export function moduleItem(items: GradeItem[], module: ReportedModule): GradeItem | null {
  const totals = items.filter(
    (item) => item.type === 'category' && isNumeric(item.gradeType) && item.name !== null,
  );
  const named = (test: (name: string) => boolean): GradeItem | undefined =>
    totals.find(({ name }) => name !== null && test(name));
  return (
    named((name) => hasCode(tidyCode(oneLanguage(name)), module.codigoModulo)) ??
    named((name) =>
      module.sections.some((section) => section.name !== null && sameText(section.name, name)),
    ) ??
    null
  );
}

const WORD = /[\p{L}\p{N}]/u;

/** `…-M1` is not in `…-M10`. */
function hasCode(name: string, code: string): boolean {
  const [folded, wanted] = [name.toUpperCase(), code.toUpperCase()];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
    const [before, after] = [folded.charAt(at - 1), folded.charAt(at + wanted.length)];
    if (!WORD.test(before) && !WORD.test(after)) return true;
  }
  return false;
}

function isNumeric(gradeType: number): boolean {
  return gradeType === 1 || gradeType === 2;
}
