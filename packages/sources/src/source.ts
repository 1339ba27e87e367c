import type { Alumno, Curso, Draft, Issue } from '@puente-sic/protocol';

/**
 * One place that a provider's progress is read from: a folder of files, a Moodle. Nothing is ever written to it.
 * Every method throws a {@link SourceError} when the source itself fails; bad data inside it is a finding.
 */
export interface Source {
  /** As puente.yaml names it. */
  readonly name: string;
  /** Courses that can be read, without their students: for choosing and mapping. */
  listCourses(signal?: AbortSignal): Promise<CourseSummary[]>;
  /** Course trees, one per oferta + grupo, from one consistent look at the source. */
  read(request: ReadRequest): Promise<Reading>;
  /** Frees connections; the source is not used afterwards. */
  close(): Promise<void>;
}

export interface CourseSummary {
  /** The source's own id (a Moodle course id, a file's codigoOferta); `cursos[].curso` in puente.yaml matches it or `name`. */
  id: string;
  /** The source's own short name of it. */
  name: string;
  title: string;
}

export interface ReadRequest {
  /** The courses wanted with what puente.yaml says of each; every course that the data names when left out. */
  courses?: CourseSelection[];
  /** The moment to report: clicks, completions and enrolment dates up to it, where the source can tell. */
  at: Date;
  signal?: AbortSignal;
}

/** One entry of `cursos` in puente.yaml, as far as a source is concerned. */
export interface CourseSelection {
  /** The source's own name or id of the course. */
  curso: string;
  codigoOferta?: string;
  /** Renames the group, or gives everybody of the course one group where the LMS has none. */
  codigoGrupo?: string;
  /** The LMS's group to take, where it differs from codigoGrupo. */
  grupo?: string;
  /** Module codes by hand: the source's own name or id of a section → codigoModulo. */
  modulos?: Record<string, string>;
  /** First and last day of the course, `YYYY-MM-DD`, where the LMS has none; Moodle and files have their own. */
  inicio?: string;
  fin?: string;
}

/**
 * What a source answers. Each course asked for is in `courses` or in `notGiven`, and so is each that the source has
 * when none was asked for: whoever drops the second calls a night good in which a course was never read.
 */
export interface Reading {
  courses: CourseTree[];
  notGiven: NotGiven[];
  /** Of the source as a whole; `path` is empty. */
  findings: Issue[];
  /** Beside the courses asked for: what the same look has shown for nothing; left out where it does not show it. */
  others?: OtherCourse[];
}

/** A course that nobody asked for. */
export interface OtherCourse extends CourseSummary {
  /** Null: only a reading of the course would tell. */
  codigoOferta: string | null;
  codigoGrupo: string | null;
  alumnos: number | null;
}

/** A course that gave no tree, and why. */
export interface NotGiven {
  /** `cursos[].curso` of the request; where nothing was asked for, the source's own id. */
  curso: string;
  /** The entry of the request; null where nothing was asked for and the source has a course that it cannot give. */
  asked: CourseSelection | null;
  cause: NotGivenCause;
  /** What happened, why, what to do; `path` is empty. More than one where several things stand against it. */
  issues: [Issue, ...Issue[]];
  /** The stack, where this course's data broke the source's own code: a bug, for the log and never for the screen. */
  defect?: string;
}

export type NotGivenCause =
  /** The source has no such course (any more). */
  | 'missing'
  /** The course is there, the group asked for is not (or nobody is in any). */
  | 'group-missing'
  /** Its data cannot be read: a file cut off in copying, a damaged book, an answer that is none. */
  | 'unreadable'
  /** Nothing says what it is called at SENCE. */
  | 'no-codes'
  /** It can be read, but what would be sent would be wrong. */
  | 'withheld'
  /** Reading this course failed; it may work later by itself. */
  | 'down';

/** What stands against the courses that were not given, for who shows it without their names. */
export function issuesOf(notGiven: readonly NotGiven[]): Issue[] {
  return notGiven.flatMap(({ issues }) => issues);
}

/** One oferta + grupo as the source has it: the API's own shape with values not yet judged. */
export interface CourseTree extends Pick<Curso, 'codigoOferta' | 'codigoGrupo'> {
  id: string;
  name: string;
  title: string;
  /** The provider's RUT where the data itself says whose it is, as written; sending it as another's is refused. */
  rutOtec?: string;
  /** Where a person opens it in the LMS. */
  url?: string;
  /** As read; what is wrong with them is preflight's to say (032, 033). */
  cantActividadSincronica?: unknown;
  cantActividadAsincronica?: unknown;
  /** First and last day, `YYYY-MM-DD` in Santiago, where the source knows them. */
  fechaInicio?: string;
  fechaFin?: string;
  /** What each module is made of; left out where the source knows figures alone (files). */
  modules?: ModuleTree[];
  /** How the source judged them; left out by files, which bring every figure. */
  judging?: Judging;
  students: StudentTree[];
  /** Of the course (a section without code, a sheet without a column); `path` is empty. */
  findings: Issue[];
}

/** What decides a student's estado, a module's grade and the time spent; for the screen, never sent. */
export interface Judging {
  /** A student passes with more progress than this, 0–100. */
  avanceAprobacion: number;
  /** And with a grade above this, 0–100. */
  notaAprobacion: number;
  /** A longer pause between two clicks adds no time. */
  minutosEntreClics: number;
  /** Per cent that equals a 4.0; null: its place on its scale. */
  exigencia: number | null;
}

/** One module with the activities that students see in it, in their order; for the screen, never sent. */
export interface ModuleTree {
  codigoModulo: string;
  title: string;
  activities: {
    name: string;
    /** As people call its kind, in Spanish: `cuestionario`, `foro`. */
    type: string;
    /** Counts for progress; the rest is complementary. [M] */
    required: boolean;
    /** A live class. [I] */
    synchronous: boolean;
  }[];
}

/** One student in a course. */
export interface StudentTree {
  /** Values as read, numbers where they can be read as such; what is wrong with them is preflight's to say. */
  alumno: Draft<Alumno>;
  /** As people know the student; for the screen, never for a log. */
  name?: string;
  place?: Place;
  /** Same order as `alumno.listaModulos`. */
  modulePlaces: (Place | undefined)[];
  /** Not empty: the source cannot vouch for this student (no group, two accounts with one RUT); held back. */
  held: Issue[];
  /**
   * Modules that the source cannot vouch for (the same one in two rows); `alumno.listaModulos` leaves them out.
   * One issue per module, with its `codigoModulo`; each is one record held back.
   */
  heldModules?: Issue[];
  /** Worth telling, not held (`severity: 'warning'`). */
  findings: Issue[];
}

/** Where a value stands in the provider's own data. */
export interface Place {
  /** `avance.xlsx, hoja Alumnos, fila 12`; the name of an LMS page. */
  text: string;
  /** Spec field → the column's header as the file has it. */
  columns?: Record<string, string>;
  /** Straight to where it is corrected. */
  url?: string;
}

/** The source itself failed: missing, unreadable, down, refused. What a person reads is in Spanish. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly fix: string;
  /** `wrong`: file or settings must be mended; `down`: may work later by itself. */
  readonly kind: 'wrong' | 'down';
  constructor(kind: 'wrong' | 'down', message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.fix = fix;
  }
}
