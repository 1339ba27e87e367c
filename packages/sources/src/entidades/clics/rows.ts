import { isNull, readCell } from '../cells.ts';
import { columnsOf } from '../columns.ts';
import type { Clock } from '../moments.ts';
import { RowReader, type Taker } from '../rows.ts';
import type { CourseData } from '../site.ts';
import type { EntityTable, RowSink } from '../tables.ts';
import { clickModule, takeClic } from '../take-results.ts';
import { ClickLog } from './log.ts';

/** What former rows said of a course, by what the driver gave: a number or a text, as it came. */
interface Known {
  /** By {@link ClickLog.numberOf}; {@link NOBODY}: of nobody in the course, which has been told. */
  students: Map<unknown, number>;
  /** The module's number that a click of this module, or of this activity, counts for. */
  modules: Map<unknown, number>;
  activities: Map<unknown, number>;
}

/**
 * Takes the rows of clicks. A site has millions, and nearly each names a person and a place that came before: these are
 * looked up by what the driver gave, and whatever is new, blank or odd goes through {@link RowReader}, which tells it.
 */
export class ClickRows implements RowSink {
  readonly #courses: ReadonlyMap<string, CourseData>;
  readonly #table: EntityTable;
  readonly #clock: Clock | null;
  readonly #reader: RowReader<'clics'>;
  readonly #known = new Map<unknown, Known>();
  readonly #log = new ClickLog();
  #at = { curso: -1, alumno: -1, modulo: -1, actividad: -1, instante: -1 };

  constructor(
    table: EntityTable,
    clock: Clock | null,
    { taker, courses }: { taker: Taker; courses: ReadonlyMap<string, CourseData> },
  ) {
    this.#table = table;
    this.#clock = clock;
    this.#courses = courses;
    this.#reader = new RowReader<'clics'>(table, clock, taker, (row) =>
      takeClic(courses.get(row.curso) as CourseData, row, (student, seconds, module) =>
        this.#log.add(this.#log.numberOf(student), seconds, module),
      ),
    );
  }

  columns(names: readonly string[]): void {
    this.#reader.columns(names);
    const { at } = columnsOf(this.#table, names);
    const index = (field: string): number => at.get(field) ?? -1;
    this.#at = {
      curso: index('curso'),
      alumno: index('alumno'),
      modulo: index('modulo'),
      actividad: index('actividad'),
      instante: index('instante'),
    };
  }

  row(cells: readonly unknown[], number: number): void {
    if (this.#takeKnown(cells)) return;
    this.#reader.row(cells, number);
    this.#learn(cells);
  }

  /** Gives each student their clicks, once all rows have come. */
  finish(): void {
    this.#log.give();
  }

  /** False: something of it is not known yet, or is not as it should be. */
  #takeKnown(cells: readonly unknown[]): boolean {
    const { curso, alumno, modulo, actividad, instante } = this.#at;
    const known = this.#known.get(cells[curso]);
    if (known === undefined) return false;
    const student = known.students.get(cells[alumno]);
    if (student === undefined) return false;
    let module: number | undefined = 0;
    const ofActivity = actividad < 0 ? null : cells[actividad];
    if (!isBlank(ofActivity)) module = known.activities.get(ofActivity);
    if (module === undefined) return false;
    const ofModule = modulo < 0 ? null : cells[modulo];
    if (!isBlank(ofModule)) module = known.modules.get(ofModule);
    if (module === undefined) return false;
    const moment = readCell('momento', cells[instante], this.#clock);
    if (typeof moment !== 'number') return false;
    if (student !== NOBODY) this.#log.add(student, Math.floor(moment / 1000), module);
    return true;
  }

  /** What the reader has just looked at and told. */
  #learn(cells: readonly unknown[]): void {
    const { curso, alumno, modulo, actividad } = this.#at;
    const course = this.#courses.get(keyOf(cells[curso]) ?? '');
    // Not a course whose rows are taken, or none of its rows was one.
    if (!course?.has.has('clics')) return;
    let known = this.#known.get(cells[curso]);
    if (known === undefined) {
      known = { students: new Map(), modules: new Map(), activities: new Map() };
      remember(this.#known, cells[curso], known);
    }
    const person = keyOf(cells[alumno]);
    if (person !== null) {
      const student = course.students.get(person);
      remember(known.students, cells[alumno], student ? this.#log.numberOf(student) : NOBODY);
    }
    const module = modulo < 0 ? null : keyOf(cells[modulo]);
    if (module !== null) learnPlace(known.modules, cells[modulo], clickModule(course, module, null));
    const activity = actividad < 0 ? null : keyOf(cells[actividad]);
    if (activity !== null)
      learnPlace(known.activities, cells[actividad], clickModule(course, null, activity));
  }
}

const NOBODY = -1;
/** More than a course has; what is beyond is read cell by cell. */
const MANY = 50_000;

function remember<T>(map: Map<unknown, T>, raw: unknown, value: T): void {
  if (map.size < MANY) map.set(raw, value);
}

/** One that names a module which is not there is told by the reader each time. */
function learnPlace(
  places: Map<unknown, number>,
  raw: unknown,
  { number, named }: ReturnType<typeof clickModule>,
): void {
  if (number > 0 || named === null) remember(places, raw, number);
}

/** As most drivers and files give it; one of blanks alone is for the reader. */
function isBlank(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === '' || (typeof raw === 'string' && isNull(raw));
}

/** The id that a cell holds; null: none, or one that cannot be found again by what the driver gave. */
function keyOf(raw: unknown): string | null {
  if (typeof raw !== 'string' && typeof raw !== 'number') return null;
  const key = readCell('texto', raw, null);
  return typeof key === 'string' ? key : null;
}
