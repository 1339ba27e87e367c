import type { Issue } from '@puente-sic/protocol';
import { type CourseSummary, type Reading, type ReadRequest, type Source, SourceError } from '../source.ts';
import type { FileReading } from './body.ts';
import { assembleCourse, courseTitle } from './course.ts';
import { readDataFile } from './file.ts';
import { listFiles, readBytes } from './files.ts';
import { error } from './finding.ts';
import { courseId, groupByCourse, type RawCourse } from './group.ts';
import { selectCourses } from './select.ts';

export interface ArchivoOptions {
  /** As puente.yaml names it. */
  name: string;
  /** A file, or a folder of which every .csv, .xlsx and .json is read, in name order. */
  ruta: string;
  /** What to read in place of the disk, for data that is no file (standard input); `ruta` is then its name. */
  contenido?: Uint8Array;
}

/** Reads a provider's own files: CSV, Excel and JSON, as docs/archivo.md describes them. */
export function archivoSource(options: ArchivoOptions): Source {
  return {
    name: options.name,
    async listCourses(signal) {
      const { courses } = groupByCourse((await readFiles(options, signal)).entries);
      signal?.throwIfAborted();
      return [...new Map(courses.map((course) => [courseId(course), summaryOf(course)])).values()];
    },
    read: ({ courses, signal }: ReadRequest) => read(options, courses, signal),
    async close() {},
  };
}

async function read(
  options: ArchivoOptions,
  selections: ReadRequest['courses'],
  signal?: AbortSignal,
): Promise<Reading> {
  const files = await readFiles(options, signal);
  signal?.throwIfAborted();
  const grouped = groupByCourse(files.entries);
  const selected = selectCourses(grouped.courses, selections, options.name);
  const assembled = selected.targets.map(assembleCourse);
  return {
    courses: assembled.flatMap((course) => ('students' in course ? course : [])),
    notGiven: [...selected.notGiven, ...assembled.flatMap((course) => ('cause' in course ? course : []))],
    findings: [...files.findings, ...grouped.findings],
  };
}

async function readFiles({ ruta, contenido }: ArchivoOptions, signal?: AbortSignal): Promise<FileReading> {
  signal?.throwIfAborted();
  if (contenido !== undefined) return readDataFile(contenido, ruta);
  const { files, folder, findings } = await listFiles(ruta);
  const readings: FileReading[] = [];
  const failures: SourceError[] = [];
  for (const file of files) {
    try {
      readings.push(readDataFile(await readBytes(file, signal), file.name));
    } catch (failure) {
      signal?.throwIfAborted();
      if (!folder || !(failure instanceof SourceError)) throw failure;
      failures.push(failure);
    }
  }
  const [first] = failures;
  if (first !== undefined && readings.length === 0) throw first;
  return {
    entries: readings.flatMap(({ entries }) => entries),
    findings: [...findings, ...failures.map(asFinding), ...readings.flatMap((reading) => reading.findings)],
  };
}

/** One bad file of a folder is told and does not stop the others. */
function asFinding({ message, fix }: SourceError): Issue {
  return error({ message, fix });
}

function summaryOf(course: RawCourse): CourseSummary {
  const id = courseId(course);
  return { id, name: id, title: courseTitle(course.entries) ?? id };
}
