import type { Issue } from '@puente-sic/protocol';
import { Clicks } from '../rules/clicks.ts';
import type { Entity } from './contract.ts';

/** A course as its LMS has it, in the contract's words: what the rules judge. Ids are the LMS's own. */
export interface CourseData {
  id: string;
  codigoOferta: string | null;
  codigoGrupo: string | null;
  nombre: string | null;
  /** First and last day, `YYYY-MM-DD`. */
  inicio: string | null;
  fin: string | null;
  place: string;
  /** Codes as written → as read, where the two differ. */
  respelled: Map<string, string>;
  /** In the order of the source. */
  students: Map<string, StudentData>;
  modules: Map<string, ModuleData>;
  activities: Map<string, ActivityData>;
  /** Rows that name what is not there. */
  orphans: Map<Orphan, Set<string>>;
  /** Kinds of row that the course has, of what excludes each other. */
  has: Set<Entity>;
  /** Rows that cannot be read and are of no one student: they keep the whole course back. */
  faults: FaultList;
}

/** A row names something that no row has: by what its kind of row is about. */
export type Orphan =
  | 'actividad sin módulo'
  | 'avance sin alumno'
  | 'avance sin actividad'
  | 'porcentaje sin alumno'
  | 'porcentaje sin módulo'
  | 'nota sin alumno'
  | 'nota sin módulo'
  | 'clic sin alumno'
  | 'clic sin módulo'
  | 'tiempo sin alumno'
  | 'tiempo sin módulo';

export interface StudentData {
  id: string;
  /** As written, in the order in which they are looked at. */
  ruts: { column: string; text: string }[];
  nombre: string | null;
  /** Each once. */
  grupos: string[];
  inicio: string | null;
  fin: string | null;
  active: boolean;
  place: string;
  /** Activity → done, nobody says when, or epoch milliseconds. */
  completions: Map<string, true | number>;
  /** Activity → its mark, 0–100. */
  activityMarks: Map<string, number>;
  /** Module, or '' for the course → 0–100. */
  percentages: Map<string, number>;
  marks: Map<string, number>;
  seconds: Map<string, number>;
  /** By {@link ModuleData.number}; 0: no module's. */
  clicks: Clicks;
  /** Rows that cannot be read, or contradict each other: the student is held back. */
  faults: FaultList;
}

export interface ModuleData {
  id: string;
  /** From 1: what clicks are packed with. */
  number: number;
  codigoModulo: string | null;
  nombre: string | null;
  orden: number | null;
  place: string;
}

export interface ActivityData {
  id: string;
  modulo: string | null;
  nombre: string;
  required: boolean;
  synchronous: boolean;
}

/** The first few of many; a table broken from row 900,000 on would fill the memory with words. */
export class FaultList {
  readonly issues: Issue[] = [];
  more = 0;

  add(make: () => Issue): void {
    if (this.issues.length < 5) this.issues.push(make());
    else this.more++;
  }

  get isEmpty(): boolean {
    return this.issues.length === 0;
  }
}

export function emptyCourse(id: string, place: string): CourseData {
  return {
    id,
    codigoOferta: null,
    codigoGrupo: null,
    nombre: null,
    inicio: null,
    fin: null,
    place,
    respelled: new Map(),
    students: new Map(),
    modules: new Map(),
    activities: new Map(),
    orphans: new Map(),
    has: new Set(),
    faults: new FaultList(),
  };
}

export function emptyStudent(id: string, place: string): StudentData {
  return {
    id,
    ruts: [],
    nombre: null,
    grupos: [],
    inicio: null,
    fin: null,
    active: false,
    place,
    completions: new Map(),
    activityMarks: new Map(),
    percentages: new Map(),
    marks: new Map(),
    seconds: new Map(),
    clicks: new Clicks(0),
    faults: new FaultList(),
  };
}
