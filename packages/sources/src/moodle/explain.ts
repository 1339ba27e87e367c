import { formatRut, readRut } from '@puente-sic/protocol';
import {
  type ExplainedActivity,
  type ExplainedDate,
  type ExplainedPart,
  explainDays,
  type StudentExplanation,
  whyModule,
  whyStudent,
} from '../rules/explanation.ts';
import type { Session } from '../rules/gaps.ts';
import type { Activity } from './rules/activities.ts';
import { isDone } from './rules/completion.ts';
import type { JudgedCourse, JudgedStudent } from './rules/judged.ts';
import { readIdentity } from './rules/rut.ts';
import { accountName } from './rules/student-findings.ts';
import { enrolmentsInForce, WHY_NOT_ES } from './rules/students.ts';
import { oneLanguage } from './rules/text.ts';
import type { MoodleRules } from './settings.ts';

/** Null: nobody in the course has this RUT. `sessionsOf` gives the clicks of an account where they are known. */
export function explainStudent(
  judged: JudgedCourse,
  rut: string,
  rules: MoodleRules,
  sessionsOf: ((userId: number) => Session[]) | null,
): StudentExplanation | null {
  const wanted = readRut(rut);
  if (!wanted) return null;
  const key = formatRut(wanted);
  const { snapshot } = judged;
  const base = {
    lms: 'Moodle',
    course: {
      id: snapshot.course.id,
      shortname: snapshot.course.shortname,
      title: oneLanguage(snapshot.course.fullname),
    },
    at: snapshot.at,
    rut: key,
  };
  const student = judged.students.find(
    ({ person }) => person.identity.rut !== null && formatRut(person.identity.rut) === key,
  );
  if (student) return { ...base, ...explainActive(judged, student, rules, sessionsOf) };
  const other = judged.others.find(({ participant }) => {
    const identity = readIdentity(participant.account, rules);
    return identity.rut !== null && formatRut(identity.rut) === key;
  });
  if (!other) return null;
  const none = { required: 0, done: 0, percentage: null, porcentajeAvance: 0 };
  return {
    ...base,
    accounts: [accountName(other.participant.account)],
    rutField: readIdentity(other.participant.account, rules).field,
    notReported: other.why.map((why) => WHY_NOT_ES[why]),
    groups: [],
    dates: [],
    progress: none,
    seconds: null,
    mark: null,
    estado: { value: 1, why: 'No se informa.' },
    modules: [],
    outside: [],
    days: null,
  };
}

function explainActive(
  judged: JudgedCourse,
  student: JudgedStudent,
  rules: MoodleRules,
  sessionsOf: ((userId: number) => Session[]) | null,
): Omit<StudentExplanation, 'lms' | 'course' | 'at' | 'rut'> {
  const { activities, modules } = judged;
  const userId = student.person.leading.account.id;
  const inModules = new Set(modules.flatMap((module) => module.activities.map((one) => one.module.id)));
  const explain = (activity: Activity): ExplainedActivity => explainActivity(activity, judged, userId);
  return {
    accounts: student.person.participants.map(({ account }) => accountName(account)),
    rutField: student.person.identity.field,
    notReported: student.held.map(({ message }) => message),
    groups: student.groups.map(({ codigoGrupo }) => codigoGrupo),
    dates: explainDates(judged, student, rules),
    progress: student.progress,
    seconds: student.seconds,
    mark: student.mark,
    estado: { value: student.estado, why: whyStudent(student, student.dates, rules) },
    modules: student.modules.map(({ module, progress, seconds, mark, estado }) => ({
      codigoModulo: module.codigoModulo,
      sections: module.sections.map(({ name, position }) => oneLanguage(name ?? `Sección ${position}`)),
      activities: module.activities.map(explain),
      progress,
      seconds,
      mark,
      category: module.gradeItem?.name ?? null,
      estado: { value: estado, why: whyModule(progress, mark, rules) },
    })),
    outside: activities.filter((one) => one.required && !inModules.has(one.module.id)).map(explain),
    days: sessionsOf && explainDays(sessionsOf(userId), partOf(judged)),
  };

  function explainDates(
    { snapshot }: JudgedCourse,
    { dates, person }: JudgedStudent,
    rules: MoodleRules,
  ): ExplainedDate[] {
    const rows = enrolmentsInForce(person.leading, snapshot.at, rules);
    const own = { fechaInicio: rows.some(({ start }) => start), fechaFin: rows.some(({ end }) => end) };
    return (['fechaInicio', 'fechaFin'] as const).map((field) => {
      const value = dates[field] ?? null;
      return { field, value, from: value === null ? null : own[field] ? 'inscripción' : 'curso' };
    });
  }
}

function explainActivity(
  { module, required, synchronous, codigoActividad }: Activity,
  { snapshot }: JudgedCourse,
  userId: number,
): ExplainedActivity {
  const completion = snapshot.completions.get(userId)?.get(module.id);
  const later = completion?.time && completion.time > snapshot.at;
  const done = required && isDone(module, completion, snapshot.at);
  return {
    id: module.id,
    name: codigoActividad,
    type: module.type,
    required,
    synchronous,
    done,
    time: later ? null : (completion?.time ?? null),
    state: !required
      ? 'complementaria: sin seguimiento de finalización, no cuenta para el avance'
      : !completion || completion.state === 0 || later
        ? 'sin completar'
        : `${stateWords(completion.state, done)}${completion.overridden ? ', marcada a mano por un docente' : ''}`,
  };
}

function stateWords(state: number, done: boolean): string {
  if (state === 2) return 'completada con nota de aprobación';
  if (state === 3)
    return done
      ? 'completada con nota bajo la de aprobación (aquí basta tener nota)'
      : 'con nota bajo la de aprobación, que aquí se exige: no cuenta';
  return done ? 'completada' : 'sin completar';
}

/** What an activity's number stands for: the section that holds it, and its module. */
function partOf({ snapshot, modules }: JudgedCourse): (cmid: number) => Omit<ExplainedPart, 'seconds'> {
  const sectionOf = new Map(snapshot.modules.map(({ id, sectionId }) => [id, sectionId]));
  const sections = new Map(snapshot.sections.map((section) => [section.id, section]));
  return (cmid) => {
    const section = sections.get(sectionOf.get(cmid) ?? -1);
    if (!section) return { label: 'curso, fuera de toda actividad', codigoModulo: null };
    const module = modules.find(({ sectionIds }) => sectionIds.has(section.id));
    const name = oneLanguage(
      section.name ?? (section.position === 0 ? 'General' : `Sección ${section.position}`),
    );
    return { label: name, codigoModulo: module?.codigoModulo ?? null };
  };
}
