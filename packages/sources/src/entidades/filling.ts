import type { Issue } from '@puente-sic/protocol';
import { warning } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import { ClickRows } from './clics/rows.ts';
import type { Entity } from './contract.ts';
import type { Clock } from './moments.ts';
import { type BadRow, type RowOf, RowReader, type Taker } from './rows.ts';
import { type CourseData, emptyCourse } from './site.ts';
import type { EntityTable, RowSink } from './tables.ts';
import { takeAvance, takeFigure } from './take-results.ts';
import { orphan, studentOf, takeActividad, takeAlumno, takeCurso, takeModulo } from './take-structure.ts';

/** Courses on their way, as rows come; see {@link readEntities}. */
export class Filling {
  readonly courses = new Map<string, CourseData>();
  /** Those of which more than their own row is read; null until they are chosen. */
  wanted: ReadonlySet<string> | null = null;
  anyClick = false;
  readonly #clock: Clock | null;
  readonly #extra = new Map<Entity, string[]>();
  readonly #strangers = new Map<Entity, { courses: Set<string>; rows: number }>();
  /** Rows of nobody knows which course. */
  readonly #nowhere: Issue[] = [];
  /** Rows with a cell that cannot be read, by entity and field. */
  readonly #unreadable = new Map<Entity, Map<string, number>>();
  #clicks: ClickRows | null = null;

  constructor(clock: Clock | null) {
    this.#clock = clock;
  }

  /** What hands the rows of clicks on, read and judged as {@link reader} does. `bad`: the course of one that cannot be. */
  clicReader(
    table: EntityTable,
    { take, bad }: { take: (row: RowOf<'clics'>) => void; bad: (curso: string) => void },
  ): RowReader<'clics'> {
    const taker = this.#taker('clics');
    const told = (row: BadRow): void => {
      taker.bad(row);
      if (row.curso !== null) bad(row.curso);
    };
    return new RowReader<'clics'>(table, this.#clock, { ...taker, bad: told }, take);
  }

  #taker(entity: Entity): Taker {
    return {
      wants: (curso: string) => this.#wants(entity, curso),
      extra: (names: string[]) => {
        this.#extra.set(entity, names);
      },
      bad: (row: BadRow) => this.#bad(entity, row),
    };
  }

  /** What reads the rows of a table into the courses. */
  reader(table: EntityTable): RowSink {
    const { entity } = table;
    const taker = this.#taker(entity);
    const courseOf = ({ curso }: { curso: string }) => this.courses.get(curso) as CourseData;
    const make = <E extends Entity>(_: E, take: (row: RowOf<E>) => void) =>
      new RowReader<E>(table, this.#clock, taker, take);
    switch (entity) {
      case 'cursos':
        return make(entity, (row) => this.#curso(row));
      case 'alumnos':
        return make(entity, (row) => takeAlumno(courseOf(row), row));
      case 'modulos':
        return make(entity, (row) => takeModulo(courseOf(row), row));
      case 'actividades':
        return make(entity, (row) => takeActividad(courseOf(row), row));
      case 'avances':
        return make(entity, (row) => takeAvance(courseOf(row), row));
      case 'porcentajes':
        return make(entity, (row) =>
          takeFigure('porcentaje', courseOf(row), { ...row, value: row.porcentaje }),
        );
      case 'notas':
        return make(entity, (row) => takeFigure('nota', courseOf(row), { ...row, value: row.nota }));
      case 'clics':
        this.#clicks = new ClickRows(table, this.#clock, { taker, courses: this.courses });
        return this.#clicks;
      case 'tiempos':
        return make(entity, (row) => takeFigure('tiempo', courseOf(row), { ...row, value: row.segundos }));
    }
  }

  /** Of how many rows this field is what could not be read. */
  unreadable(entity: Entity, field: string): number {
    return this.#unreadable.get(entity)?.get(field) ?? 0;
  }

  /** Once every row has come. */
  finish(): void {
    this.#clicks?.finish();
  }

  /** Of the source as a whole. */
  findings(): Issue[] {
    return [...this.lost(), ...this.#unread()];
  }

  /** Rows that came to nobody: of no course, or of one that is not there. */
  lost(): Issue[] {
    const strangers = [...this.#strangers].map(([entity, { courses, rows }]) =>
      warning({
        message: `En «${entity}» hay ${rows === 1 ? 'una fila' : `${rows} filas`} de cursos que no están en «cursos»: ${listed([...courses])}.`,
        fix: 'Revise que «cursos» los traiga todos y que el identificador del curso sea el mismo en las dos.',
      }),
    );
    return [...this.#nowhere, ...strangers];
  }

  #unread(): Issue[] {
    return [...this.#extra].map(([entity, names]) =>
      warning({
        message: `En «${entity}» hay columnas que no son del contrato y no se leen: ${listed(names, 8)}.`,
        fix: 'Si alguna trae un dato que hace falta, póngale el nombre que dice docs/entidades.md; si no, no hay nada que hacer.',
      }),
    );
  }

  #curso(row: RowOf<'cursos'>): void {
    const known = this.courses.get(row.curso);
    takeCurso(known ?? this.#newCourse(row.curso, row.place()), known === undefined, row);
  }

  #newCourse(id: string, place: string): CourseData {
    const course = emptyCourse(id, place);
    this.courses.set(id, course);
    return course;
  }

  #wants(entity: Entity, curso: string): boolean {
    if (entity === 'cursos') return true;
    if (entity === 'clics') this.anyClick = true;
    if (this.wanted?.has(curso)) return true;
    if (this.courses.has(curso)) return false;
    const known = this.#strangers.get(entity) ?? { courses: new Set(), rows: 0 };
    if (known.courses.size < 100) known.courses.add(curso);
    known.rows++;
    this.#strangers.set(entity, known);
    return false;
  }

  /** A row that cannot be read costs the person that it is about, else the course, and never another course. */
  #bad(entity: Entity, { curso, alumno, field, issue }: BadRow): void {
    const counts = this.#unreadable.get(entity) ?? new Map<string, number>();
    this.#unreadable.set(entity, counts.set(field, (counts.get(field) ?? 0) + 1));
    if (curso === null) {
      if (this.#nowhere.length < 5)
        this.#nowhere.push(issue('Esa fila no se lee: no se sabe de qué curso es.'));
      return;
    }
    const course = this.courses.get(curso) ?? this.#newCourse(curso, '');
    const person = () => issue('No se informa a esa persona hasta que se corrija.');
    if (alumno === null) course.faults.add(() => issue('No se informa el curso hasta que se corrija.'));
    else if (entity === 'alumnos') studentOf(course, alumno, '').faults.add(person);
    else if (course.students.has(alumno)) course.students.get(alumno)?.faults.add(person);
    else if (entity in KINDS) orphan(course, `${KINDS[entity as keyof typeof KINDS]} sin alumno`, alumno);
  }
}

/** What one row of an entity about people is called. */
const KINDS = {
  avances: 'avance',
  porcentajes: 'porcentaje',
  notas: 'nota',
  clics: 'clic',
  tiempos: 'tiempo',
} as const;
