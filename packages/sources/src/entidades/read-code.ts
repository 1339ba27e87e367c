import { codeAmongWords, tidyCode } from '../rules/code-text.ts';
import type { CourseData } from './site.ts';

/** A code without what nobody sees or means in it, nor words around it; what was written otherwise is noted, to be told of the course. */
export function readCodeOf(course: CourseData, written: string | null): string | null {
  const clean = written === null ? null : tidyCode(written) || null;
  const code = clean === null ? null : (codeAmongWords(clean)?.code ?? clean);
  if (written !== null && code !== null && code !== written.trim() && course.respelled.size < MOST)
    course.respelled.set(written, code);
  return code;
}

/** A column of wrong signs has thousands of them. */
const MOST = 100;
