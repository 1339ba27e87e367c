import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection, NotGiven } from '../source.ts';
import type { RawCourse } from './group.ts';

/** A file of which nothing, or not everything, could be read. */
export interface UnreadableFile {
  file: string;
  issue: Issue;
}

/** The files that a course's rows stand in and that are not whole. */
export function cutFilesOf(
  courses: readonly RawCourse[],
  unreadable: readonly UnreadableFile[],
): UnreadableFile[] {
  return unreadable.filter(({ file }) =>
    courses.some(({ entries }) =>
      entries.some((entry) => entry.file === file || entry.moduloPlace.text.startsWith(`${file}, `)),
    ),
  );
}

/** A course that stands, or may stand, in files that cannot be read. */
export function notReadable(
  curso: string,
  asked: CourseSelection | null,
  files: readonly UnreadableFile[],
): NotGiven | null {
  const [first, ...others] = files.map(({ issue }) => issue);
  return first === undefined ? null : { curso, asked, cause: 'unreadable', issues: [first, ...others] };
}
