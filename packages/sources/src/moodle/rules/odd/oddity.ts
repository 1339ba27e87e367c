import type { FindingWords } from '../../../rules/findings.ts';
import type { JudgedCourse } from '../judge.ts';
import type { MoodleLinks } from '../links.ts';

/** Something that a course is seldom meant to be: told each night and, heaviest first, by the doctor. */
export interface Oddity {
  /** As the doctor weighs it. */
  costs: 'students' | 'figures' | 'advice';
  words: FindingWords;
}

/** A course with all its figures, before anything is said of it as a whole. */
export type Figured = Omit<JudgedCourse, 'findings' | 'odd' | 'about'>;

export type Look = (judged: Figured, links: MoodleLinks) => Oddity[];

/** A link, where the site's address is known. */
export function at(place: string | undefined): { place?: string } {
  return place === undefined ? {} : { place };
}
