import { setImmediate as turn } from 'node:timers/promises';
import type { Issue } from '@puente-sic/protocol';
import { type CourseSummary, type Reading, type ReadRequest, type Source, SourceError } from '../source.ts';
import type { FileReading } from './body.ts';
import { assembleCourse, courseTitle } from './course.ts';
import type { ColumnAnswers } from './decide/answers.ts';
import type { Deciding } from './decide/decide.ts';
import type { Entry } from './entry.ts';
import { listFiles, readBytes } from './files.ts';
import { exampleNotSent, isFilledExample } from './filled-example.ts';
import { error } from './finding.ts';
import { courseId, groupByCourse, type RawCourse } from './group.ts';
import { rememberedColumns } from './remembered.ts';
import type { Roster } from './roster.ts';
import { withOneSpelling } from './same-codes.ts';
import { selectCourses } from './select.ts';
import { toldStrangers } from './strangers.ts';
import { ReadingThread } from './thread.ts';
import { heldAcrossCourses } from './two-courses.ts';
import { inTwoSections } from './two-sections.ts';
import type { UnreadableFile } from './unreadable.ts';

export interface ArchivoOptions {
  /** As puente.yaml names it. */
  name: string;
  /** A file, or a folder of which every .csv, .xlsx and .json is read, in name order. */
  ruta: string;
  /** What to read in place of the disk, for data that is no file (standard input); `ruta` is then its name. */
  contenido?: Uint8Array;
  /** What was answered about its columns. */
  columnas?: ColumnAnswers;
  /** Per cent that equals a 4.0, for marks of 1–7. */
  exigencia?: number;
}

/** Reads a provider's own files: CSV, Excel and JSON, as docs/archivo.md describes them. */
export function archivoSource(options: ArchivoOptions): Source {
  let kept: FilesReading | undefined;
  const files: FilesOf = async (signal) => {
    if (kept !== undefined) return kept;
    const reading = await readFiles(options, signal);
    // A file of the disk may be another one the next time; what was given as bytes is read once.
    if (options.contenido !== undefined) kept = reading;
    return reading;
  };
  return {
    name: options.name,
    async listCourses(signal) {
      const { courses } = groupByCourse((await files(signal)).entries);
      signal?.throwIfAborted();
      return [...new Map(courses.map((course) => [courseId(course), summaryOf(course)])).values()];
    },
    read: (request: ReadRequest) => read(options, files, request),
    async close() {},
  };
}

type FilesOf = (signal: AbortSignal | undefined) => Promise<FilesReading>;

const NOTHING_REMEMBERED = { answers: {}, findings: [] };

interface FilesReading {
  entries: Entry[];
  findings: Issue[];
  /** Files of which nothing, or not everything, could be read. */
  unreadable: UnreadableFile[];
  /** What was found in each file that could be read. */
  byFile: ReadonlyMap<string, readonly Issue[]>;
}

async function read(
  options: ArchivoOptions,
  filesOf: FilesOf,
  { courses: selections, at, signal }: ReadRequest,
): Promise<Reading> {
  const files = await filesOf(signal);
  signal?.throwIfAborted();
  const spelled = withOneSpelling(files.entries, selections);
  await turn(undefined, { signal });
  const grouped = groupByCourse(spelled.entries);
  const selected = selectCourses(
    grouped.courses,
    spelled.selections,
    { source: options.name, ruta: options.ruta, files: files.byFile },
    files.unreadable,
  );
  const assembled: ReturnType<typeof assembleCourse>[] = [];
  for (const target of selected.targets) {
    // A hundred courses in one turn of the event loop would hold everybody who looks at the panel.
    await turn(undefined, { signal });
    assembled.push(assembleCourse(target, at));
  }
  const courses = heldAcrossCourses(assembled.flatMap((course) => ('students' in course ? course : [])));
  return {
    courses,
    others: selected.others,
    notGiven: [...selected.notGiven, ...assembled.flatMap((course) => ('cause' in course ? course : []))],
    findings: [
      ...untoldOf(files, selected.notGiven),
      ...selected.findings,
      ...spelled.findings,
      ...grouped.findings,
      ...inTwoSections(courses),
    ],
  };
}

/** What is said of a course that is not given is not said once more of its file. */
function untoldOf({ findings }: FilesReading, notGiven: Reading['notGiven']): Issue[] {
  const told = new Set(notGiven.flatMap(({ issues }) => issues.map(({ message }) => message)));
  return findings.filter(({ message }) => !told.has(message));
}

async function readFiles(options: ArchivoOptions, signal?: AbortSignal): Promise<FilesReading> {
  const { ruta, contenido, columnas = {}, exigencia } = options;
  const remembered = contenido === undefined ? await rememberedColumns(ruta) : NOTHING_REMEMBERED;
  const answers = { ...remembered.answers, ...columnas };
  const deciding: Deciding = { answers, ...(exigencia !== undefined && { exigencia }) };
  const thread = new ReadingThread();
  try {
    if (contenido !== undefined) {
      const reading = await thread.read({ bytes: contenido, file: ruta, deciding }, signal);
      return joined([{ ...reading, file: ruta }], [], []);
    }
    const { files, folder, findings } = await listFiles(ruta);
    const readings: NamedReading[] = [];
    const failures: { file: string; failure: SourceError }[] = [];
    for (const { path, name: file } of files) {
      try {
        const bytes = await readBytes({ path, name: file }, signal);
        const reading = await thread.read({ bytes, file, deciding }, signal);
        const example = folder && isFilledExample(file, reading.entries);
        readings.push(
          example ? { entries: [], findings: [exampleNotSent(file)], file } : { ...reading, file },
        );
      } catch (failure) {
        signal?.throwIfAborted();
        if (!folder || !(failure instanceof SourceError)) throw failure;
        failures.push({ file, failure });
      }
    }
    const [first] = failures;
    if (first !== undefined && readings.length === 0) throw first.failure;
    return joined(readings, failures, [...findings, ...remembered.findings]);
  } finally {
    await thread.close();
  }
}

type NamedReading = FileReading & { file: string };

function joined(
  readings: NamedReading[],
  failures: { file: string; failure: SourceError }[],
  findings: Issue[],
): FilesReading {
  const entries = readings.flatMap((reading) => reading.entries);
  const rosters = readings.flatMap((reading) => reading.rosters ?? []);
  return {
    entries,
    findings: [
      ...findings,
      ...readings.flatMap((reading) => reading.findings),
      ...rosters.map((roster) => (isBeside(roster, entries) ? roster.beside : roster.alone)),
      ...toldStrangers(
        readings.flatMap((reading) => reading.strangers ?? []),
        entries,
      ),
    ],
    byFile: new Map(readings.map((reading) => [reading.file, reading.findings])),
    unreadable: [
      ...failures.map(({ file, failure }) => ({ file, issue: asIssue(failure) })),
      ...readings.flatMap(({ file, cut }) => (cut ? { file, issue: cut } : [])),
    ],
  };
}

/** Whether a table that cannot be used says nothing that another one is not there for. */
function isBeside({ keys }: Roster, entries: readonly Entry[]): boolean {
  if (keys === undefined) return entries.length > 0;
  const told = new Set(entries.flatMap(({ key, alumno }) => (alumno === null ? [] : key)));
  return keys.length > 0 && keys.every((key) => told.has(key));
}

/** One bad file of a folder does not stop the others: its courses are the ones not given. */
function asIssue({ message, fix }: SourceError): Issue {
  return error({ message, fix });
}

function summaryOf(course: RawCourse): CourseSummary {
  const id = courseId(course);
  return { id, name: id, title: courseTitle(course.entries) ?? id };
}
