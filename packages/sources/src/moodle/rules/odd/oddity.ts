import type { JudgedCourse, Oddity } from '../judged.ts';
import type { MoodleLinks } from '../links.ts';

/** A course with all its figures, before anything is said of it as a whole. */
export type Figured = Omit<JudgedCourse, 'findings' | 'odd' | 'about'>;

export type Look = (judged: Figured, links: MoodleLinks) => Oddity[];

/** A link, where the site's address is known. */
export function at(place: string | undefined): { place?: string } {
  return place === undefined ? {} : { place };
}
