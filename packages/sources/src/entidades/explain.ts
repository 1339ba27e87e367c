import { formatRut, readRut } from '@puente-sic/protocol';
import {
  type ExplainedActivity,
  type ExplainedDate,
  type ExplainedModule,
  explainDays,
  type StudentExplanation,
  whyModule,
  whyStudent,
} from '../rules/explanation.ts';
import { dedicationLimit, sessionsOf } from '../rules/gaps.ts';
import { shareDone } from '../rules/progress.ts';
import { isDone } from './figures.ts';
import { identityOf } from './identity.ts';
import type { JudgedEntities, JudgedEntityStudent } from './judge.ts';
import type { ActivityData, StudentData } from './site.ts';
import { studentName } from './student-issues.ts';

/** Null: nobody in the course has this RUT. `lms`: what the figures come from, for people. */
export function explainEntities(judged: JudgedEntities, rut: string, lms: string): StudentExplanation | null {
  const wanted = readRut(rut);
  if (!wanted) return null;
  const key = formatRut(wanted);
  const { course, at } = judged;
  const base = {
    lms,
    course: { id: course.id, shortname: course.id, title: course.nombre ?? course.id },
    at,
    rut: key,
  };
  const student = judged.students.find(
    ({ person: { identity } }) => identity.rut !== null && formatRut(identity.rut) === key,
  );
  if (student) return { ...base, ...explainActive(judged, student) };
  const other = judged.others.find(({ student }) => {
    const { rut } = identityOf(student);
    return rut !== null && formatRut(rut) === key;
  });
  if (!other) return null;
  return {
    ...base,
    accounts: [studentName(other.student)],
    rutField: identityOf(other.student).field,
    notReported: [other.why],
    groups: [],
    dates: [],
    progress: shareDone(0, 0),
    seconds: null,
    mark: null,
    estado: { value: 1, why: 'No se informa.' },
    modules: [],
    outside: [],
    days: null,
  };
}

function explainActive(
  judged: JudgedEntities,
  { person, groups, dates, figures, held }: JudgedEntityStudent,
): Omit<StudentExplanation, 'lms' | 'course' | 'at' | 'rut'> {
  const { course, modules, rules, basis } = judged;
  const student = person.leading;
  const inModules = new Set(modules.flatMap(({ activities }) => activities));
  const explain = (activity: ActivityData) => explainActivity(activity, student, judged);
  return {
    accounts: person.participants.map(studentName),
    rutField: person.identity.field,
    notReported: held.map(({ message }) => message),
    groups: groups.map(({ codigoGrupo }) => codigoGrupo),
    dates: explainDates(student, judged),
    progress: figures.progress,
    seconds: figures.seconds,
    mark: figures.mark,
    estado: { value: figures.estado, why: whyStudent(figures, dates, rules) },
    modules: modules.flatMap(({ codigoModulo, parts, activities }, index): ExplainedModule[] => {
      const own = figures.modules[index];
      if (!own) return [];
      return [
        {
          codigoModulo,
          sections: parts.map(({ nombre, id }) => nombre ?? id),
          activities: activities.map(explain),
          progress: own.progress,
          seconds: own.seconds,
          mark: own.mark,
          category: null,
          estado: { value: own.estado, why: whyModule(own.progress, own.mark, rules) },
        },
      ];
    }),
    outside: [...course.activities.values()]
      .filter((activity) => activity.required && !inModules.has(activity))
      .map(explain),
    days: basis.time === 'clicks' ? explainDays(sessions(student, judged), partOf(judged)) : null,
  };
}

function explainDates(student: StudentData, { dates }: JudgedEntities): ExplainedDate[] {
  return (
    [
      ['fechaInicio', student.inicio],
      ['fechaFin', student.fin],
    ] as const
  ).map(([field, own]) => {
    const value = own ?? dates[field] ?? null;
    return { field, value, from: value === null ? null : own === null ? 'curso' : 'inscripción' };
  });
}

function explainActivity(
  activity: ActivityData,
  student: StudentData,
  { at, basis }: JudgedEntities,
): ExplainedActivity {
  const stored = student.completions.get(activity.id);
  const isTold = basis.progress === 'activities';
  const done = isTold && activity.required && isDone(student, activity, at);
  const mark = student.activityMarks.get(activity.id);
  const words = !isTold
    ? 'el LMS solo da el porcentaje'
    : !activity.required
      ? 'complementaria: no cuenta para el avance'
      : done
        ? 'completada'
        : 'sin completar';
  return {
    id: activity.id,
    name: activity.nombre,
    type: activity.synchronous ? 'clase' : 'actividad',
    required: activity.required,
    synchronous: activity.synchronous,
    done,
    time: typeof stored === 'number' && stored <= at.getTime() ? new Date(stored) : null,
    state: mark === undefined ? words : `${words}, nota ${String(mark).replace('.', ',')}`,
  };
}

function sessions({ clicks }: StudentData, { rules, at }: JudgedEntities) {
  return sessionsOf(clicks, dedicationLimit(rules), Math.floor(at.getTime() / 1000));
}

function partOf({ course, modules }: JudgedEntities) {
  const byNumber = new Map([...course.modules.values()].map((module) => [module.number, module]));
  return (number: number) => {
    const module = byNumber.get(number);
    if (!module) return { label: 'curso, fuera de todo módulo', codigoModulo: null };
    const reported = modules.find(({ parts }) => parts.includes(module));
    return { label: module.nombre ?? module.id, codigoModulo: reported?.codigoModulo ?? null };
  };
}
