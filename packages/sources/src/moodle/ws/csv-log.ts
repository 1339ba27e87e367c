import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { isTemporary, readBytes } from '../../archivo/files.ts';
import { aside } from '../../archivo/thread.ts';
import { Clicks } from '../../rules/clicks.ts';
import { SourceError } from '../../source.ts';
import { moodleReport, REPORTS } from '../reports.ts';
import { decoder, shapeOf } from './csv-log-shape.ts';
import { DayOrder, readLogTime, shapeOfDate } from './csv-log-time.ts';
import { findColumn, lacksColumns } from './table.ts';
import { unescapeHtml } from './text.ts';

/** The log as Moodle's report of it is downloaded. */
export interface LogFile {
  /** Of a download of one course; null where the rows name their course. */
  courseId: number | null;
  /** The course's short name, blank in a download of one course → user id → clicks. */
  clicks: Map<string, Map<number, Clicks>>;
  /** Unix seconds. */
  first: number;
  last: number;
  hasSeconds: boolean;
  /** Rows that do not say who or when. */
  unread: number;
}

/** A file of a folder that could not be read. */
export interface UnreadableLog {
  file: string;
  reason: SourceError;
  /** Which courses it holds; null: nobody knows. */
  courses: { id: number | null; names: ReadonlySet<string> } | null;
}

export interface LogFiles {
  files: LogFile[];
  /** Of a folder: what they hold is not known, the others are read all the same. */
  unreadable: UnreadableLog[];
}

const HEADINGS = {
  time: /^(time|hora|fecha( y hora)?)$/i,
  course: /^(course|curso)$/i,
  description: /^(description|descripci[oó]n)$/i,
  origin: /^(origin|origen)$/i,
};
const DOWNLOAD =
  'Descárguelo en Moodle: (el curso) > Informes > Registros > Conseguir estos registros > Descargar como CSV («valores separados por comas»), y no lo guarde con Excel.';

/**
 * Reads a CSV of the log, or a folder of them. Descriptions are never translated by Moodle: they say who and where
 * (`The user with id '12' viewed the 'quiz' activity with course module id '34'.`).
 * @throws {SourceError} nothing to read, or nothing that could be read.
 */
export async function readLogFiles(path: string, signal: AbortSignal): Promise<LogFiles> {
  const read: LogFiles = { files: [], unreadable: [] };
  for (const file of await csvFiles(path)) {
    const result = await readLogFile(file, signal);
    if ('reason' in result) read.unreadable.push(result);
    else read.files.push(result);
  }
  const [first] = read.unreadable;
  if (first !== undefined && read.files.length === 0) throw first.reason;
  return read;
}

/** Excel rewrites the dates that it understands, day and month changed where its country writes them so. */
function mixedDates(file: string): SourceError {
  return new SourceError(
    'wrong',
    `El archivo de registros ${file} trae fechas escritas de dos maneras: se guardó con Excel, que cambia unas y deja otras, y el día y el mes pueden estar cambiados.`,
    `Vuelva a descargarlo. ${DOWNLOAD}`,
  );
}

/** A file of which no row says who and when is not one without the course. `shown`: the first moment, or description. */
function nothingUnderstood(file: string, shown: string): SourceError {
  return new SourceError(
    'wrong',
    `En el archivo de registros ${file} ninguna fila dice quién ni cuándo de un modo que se entienda; la primera dice «${shown}».`,
    `Vuelva a descargarlo. ${DOWNLOAD}`,
  );
}

function otherReport(file: string, name: string): SourceError {
  return new SourceError(
    'wrong',
    `${file} es el informe «${name}» de Moodle, que no dice cuándo estuvo cada persona: el tiempo se cuenta del informe «Registros».`,
    DOWNLOAD,
  );
}

/** The files that a path means. @throws {SourceError} there is none. */
export async function csvFiles(path: string): Promise<string[]> {
  const there = await stat(path).catch(() => null);
  if (there?.isFile()) return [path];
  const names = there ? (await readdir(path)).filter(isLogName).sort() : [];
  if (names.length > 0) return names.map((name) => join(path, name));
  throw new SourceError(
    'wrong',
    there
      ? `En la carpeta ${path} no hay archivos .csv, .xlsx ni .ods con registros de Moodle.`
      : `No existe ${path}, donde debían estar los registros de Moodle.`,
    `Revise \`tiempo: { csv: … }\`. ${DOWNLOAD}`,
  );
}

/** What Excel and LibreOffice write while somebody has a file open is none. */
function isLogName(name: string): boolean {
  return /\.(csv|xlsx|ods)$/i.test(name) && !isTemporary(name);
}

interface Row {
  course: string;
  user: number;
  time: number;
  cmid: number;
}

async function readLogFile(file: string, signal: AbortSignal): Promise<LogFile | UnreadableLog> {
  const reader = new LogReader(file);
  let whole = false;
  try {
    await readInto(reader, file, signal);
    whole = true;
    return reader.end();
  } catch (error) {
    signal.throwIfAborted();
    const cut = error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';
    const why = cut ? ': termina a medias, con una comilla abierta' : '';
    const reason =
      error instanceof SourceError
        ? error
        : new SourceError('wrong', `No se pudo leer el archivo de registros ${file}${why}.`, DOWNLOAD, {
            cause: error,
          });
    return { file, reason, courses: reader.courses(whole) };
  }
}

async function readInto(reader: LogReader, file: string, signal: AbortSignal): Promise<void> {
  const { encoding, delimiter, first, workbook } = await shapeOf(file);
  if (workbook) return readBookInto(reader, file, signal);
  const parser = parse({
    bom: true,
    delimiter,
    from_line: first,
    // Programs that write on a file that others made mix them; one kind alone would make one row of all.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const stream = createReadStream(file).on('error', (error) => parser.destroy(error));
  const text = encoding === 'utf-8' ? stream : stream.pipe(decoder(encoding));
  try {
    for await (const record of text.pipe(parser)) {
      signal.throwIfAborted();
      reader.take(record);
    }
  } finally {
    stream.destroy();
  }
}

/** Moodle's own download as a workbook has its moments as text, as the CSV has. It cannot be read row by row. */
async function readBookInto(reader: LogReader, file: string, signal: AbortSignal): Promise<void> {
  const bytes = await readBytes({ path: file, name: file }, signal);
  for (const { cells, dated } of await aside((thread) => thread.rows({ bytes, file }, signal))) {
    if (dated) throw mixedDates(file);
    reader.take(cells);
  }
}

class LogReader {
  readonly #file: string;
  #columns: { time: number; course: number | null; description: number; origin: number | null } | null = null;
  readonly #order = new DayOrder();
  readonly #pending: { record: string[]; row: Omit<Row, 'time'> }[] = [];
  readonly #rows: Row[] = [];
  readonly #courses = new Map<number, number>();
  #hasSeconds = true;
  #unread = 0;
  #shown = '';
  readonly #shapes = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  take(record: string[]): void {
    if (!this.#columns) {
      this.#columns = this.#headings(record);
      return;
    }
    const { time, course, description, origin } = this.#columns;
    if (origin !== null && record[origin]?.trim() === 'cli') return;
    const text = unescapeHtml(record[description] ?? '');
    const user = Number(/^The user with (?:the )?id '(-?\d+)'/.exec(text)?.[1] ?? Number.NaN);
    if (user <= 1) return;
    const mentioned = /\bcourse with id '(\d+)'/.exec(text)?.[1];
    if (mentioned) this.#courses.set(Number(mentioned), (this.#courses.get(Number(mentioned)) ?? 0) + 1);
    if (Number.isNaN(user)) {
      this.#unread += 1;
      this.#shown ||= text;
      return;
    }
    const cmid = Number(/course module (?:with )?id '(\d+)'/.exec(text)?.[1] ?? 0);
    this.#order.see(record[time] ?? '');
    this.#pending.push({
      record: [record[time] ?? ''],
      row: { course: course === null ? '' : (record[course] ?? '').trim(), user, cmid },
    });
  }

  end(): LogFile {
    for (const { record, row } of this.#pending) {
      this.#shapes.add(shapeOfDate(record[0] ?? ''));
      const time = readLogTime(record[0] ?? '', this.#order.monthFirst);
      if (!time) {
        this.#unread += 1;
        this.#shown ||= record[0] ?? '';
      } else {
        this.#hasSeconds &&= time.hasSeconds;
        this.#rows.push({ ...row, time: time.seconds });
      }
    }
    if (this.#shapes.size > 1) throw mixedDates(this.#file);
    if (this.#rows.length === 0 && this.#unread > 0) throw nothingUnderstood(this.#file, this.#shown);
    const first = this.#rows.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const last = this.#rows.reduce((most, { time }) => Math.max(most, time), Number.NEGATIVE_INFINITY);
    // The report shows the newest row on top: within one second the row below came first.
    const newestFirst = (this.#rows[0]?.time ?? 0) > (this.#rows.at(-1)?.time ?? 0);
    const clicks: LogFile['clicks'] = new Map();
    this.#rows.forEach(({ course, user, time, cmid }, index) => {
      const users = clicks.get(course) ?? new Map<number, Clicks>();
      clicks.set(course, users);
      const own = users.get(user) ?? new Clicks();
      users.set(user, own);
      own.add(time, newestFirst ? this.#rows.length - index : index, cmid);
    });
    const named = this.#columns?.course != null;
    return {
      courseId: named ? null : this.#course(),
      clicks,
      first,
      last,
      hasSeconds: this.#hasSeconds,
      unread: this.#unread,
    };
  }

  /** Which courses there are in what was taken; null where that is not known, or not all of it was (`whole`). */
  courses(whole: boolean): UnreadableLog['courses'] {
    if (this.#columns === null) return null;
    const id = this.#course();
    if (this.#columns.course === null) return id === null ? null : { id, names: new Set() };
    return whole ? { id: null, names: new Set(this.#pending.map(({ row }) => row.course)) } : null;
  }

  /** The course that most rows speak of: a restored or shared activity may name another. */
  #course(): number | null {
    return [...this.#courses].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  }

  #headings(headers: string[]) {
    const time = findColumn(headers, HEADINGS.time);
    const description = findColumn(headers, HEADINGS.description);
    if (time === null || description === null) {
      const other = moodleReport(headers, []);
      if (other !== null && other !== 'registros') throw otherReport(this.#file, REPORTS[other].name);
      throw lacksColumns(
        `el archivo de registros ${this.#file}`,
        [...(time === null ? ['Hora'] : []), ...(description === null ? ['Descripción'] : [])],
        headers,
        DOWNLOAD,
      );
    }
    return {
      time,
      description,
      course: findColumn(headers, HEADINGS.course),
      origin: findColumn(headers, HEADINGS.origin),
    };
  }
}
