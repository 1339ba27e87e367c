import { santiagoDate } from '@puente-sic/protocol';
import type { Dates } from '../rules/dates.ts';
import { byPerson, type Person } from '../rules/persons.ts';
import { type OddMarks, oddMarks } from '../rules/scale.ts';
import type { JudgingRules } from '../rules/settings.ts';
import type { CourseSelection } from '../source.ts';
import {
  type Basis,
  courseProgress,
  figuresOf,
  hasTrace,
  type Judged,
  type StudentFigures,
} from './figures.ts';
import { type EntityGroup, type EntityGroups, groupsOf } from './groups.ts';
import { identityOf } from './identity.ts';
import { type EntityModule, modulesOf } from './modules.ts';
import type { EntitySite } from './read.ts';
import type { CourseData, ModuleData, StudentData } from './site.ts';
import { type StudentIssues, studentIssues } from './student-issues.ts';

/** `reglas` of puente.yaml as far as they speak of any LMS. */
export interface EntityRules extends JudgingRules {
  patronModulo?: string;
  diasTrasTermino?: number;
}

/** A course by the rules: what is sent is written from it, and every figure explained with it. */
export interface JudgedEntities extends Judged {
  rules: EntityRules;
  codigoOferta: string | null;
  /** As puente.yaml or the course says. */
  dates: Dates;
  modules: EntityModule[];
  uncoded: ModuleData[];
  groups: EntityGroup[];
  /** What puente.yaml says of it. */
  selections: readonly CourseSelection[];
  missingGroups: EntityGroups['missing'];
  students: JudgedEntityStudent[];
  odd: OddMarks | null;
  /** Not reported, and why, in Spanish. */
  others: { student: StudentData; why: string }[];
}

export interface JudgedEntityStudent extends StudentIssues {
  person: Person<StudentData>;
  groups: EntityGroup[];
  dates: Dates;
  figures: StudentFigures;
}

/** Applies every rule to one course. */
export function judgeEntities(
  course: CourseData,
  site: Pick<EntitySite, 'given'>,
  selections: readonly CourseSelection[],
  { rules, at }: { rules: EntityRules; at: Date },
): JudgedEntities {
  const modulos: Record<string, string> = Object.assign({}, ...selections.map((one) => one.modulos));
  const { modules, uncoded } = modulesOf(course, { ...rules, modulos });
  const codigoOferta = selections.find((one) => one.codigoOferta)?.codigoOferta ?? course.codigoOferta;
  const sence = groupsOf(course, selections, codigoOferta ?? course.id);
  const dates = courseDates(course, selections);
  const others: JudgedEntities['others'] = [];
  const active: StudentData[] = [];
  for (const student of course.students.values()) {
    const why = student.faults.isEmpty ? whyNotReported(student, at, rules) : null;
    if (why === null) active.push(student);
    else others.push({ student, why });
  }
  const persons = byPerson(active, identityOf, hasTrace);
  const basis = basisOf(course, site);
  const judged: Judged = { course, modules, basis, rules, at, oddMarks: false };
  const odd = oddMarks(persons.flatMap(({ leading }) => seenMarks(leading, judged)));
  const settled = { ...judged, oddMarks: odd !== null };
  const students = persons.map((person): JudgedEntityStudent => {
    const own = datesOf(person.leading, dates);
    const figures = figuresOf(person.leading, own, settled);
    const groups = sence.groups.filter(({ has }) => person.participants.some(has));
    const unheld = { person, groups, dates: own, figures };
    return { ...unheld, ...studentIssues(unheld, settled) };
  });
  return {
    ...settled,
    rules,
    modules,
    codigoOferta,
    dates,
    uncoded,
    groups: sence.groups,
    selections,
    missingGroups: sence.missing,
    students,
    odd,
    others,
  };
}

function basisOf({ has }: CourseData, { given }: Pick<EntitySite, 'given'>): Basis {
  const byFigures = has.has('porcentajes') || !given.has('actividades');
  return {
    progress: byFigures ? 'percentages' : 'activities',
    time: has.has('tiempos') || !given.has('clics') ? 'seconds' : 'clicks',
  };
}

/** What puente.yaml says goes before what the LMS says. */
function courseDates({ inicio, fin }: CourseData, selections: readonly CourseSelection[]): Dates {
  const start = selections.find((one) => one.inicio)?.inicio ?? inicio;
  const end = selections.find((one) => one.fin)?.fin ?? fin;
  return { ...(start !== null && { fechaInicio: start }), ...(end !== null && { fechaFin: end }) };
}

/** A student's own days, falling back to the course's. [I, M] */
function datesOf({ inicio, fin }: StudentData, dates: Dates): Dates {
  return {
    ...dates,
    ...(inicio !== null && { fechaInicio: inicio }),
    ...(fin !== null && { fechaFin: fin }),
  };
}

/** As for an enrolment in Moodle: in force, begun, and not over by `diasTrasTermino` days. */
function whyNotReported(
  { active, inicio, fin }: StudentData,
  at: Date,
  { diasTrasTermino = 0 }: EntityRules,
): string | null {
  if (!active) return 'la fuente dice que no está activo en el curso';
  if (inicio !== null && inicio > santiagoDate(at)) return `comienza el ${inicio}`;
  const lastDay = santiagoDate(new Date(at.getTime() - diasTrasTermino * 86_400_000));
  return fin !== null && fin < lastDay ? `terminó el ${fin}` : null;
}

function seenMarks(student: StudentData, judged: Judged) {
  if (student.marks.size === 0) return [];
  const complete = courseProgress(student, judged)?.percentage === 100;
  return [...student.marks.values()].map((final) => ({ final, max: 100, complete }));
}
