import { formatRut, readRut, santiagoDate } from '@puente-sic/protocol';
import type { Session } from './dedication/gaps.ts';
import type { Activity } from './rules/activities.ts';
import { isDone } from './rules/completion.ts';
import type { Mark } from './rules/grades.ts';
import type { JudgedCourse, JudgedStudent } from './rules/judge.ts';
import type { Progress } from './rules/progress.ts';
import { type RutField, readIdentity } from './rules/rut.ts';
import { accountName } from './rules/student-findings.ts';
import { enrolmentsInForce, WHY_NOT_ES } from './rules/students.ts';
import { oneLanguage } from './rules/text.ts';
import type { MoodleRules } from './settings.ts';

/** How each figure of one student in one course came about. Names the student in full: for the screen, never a log. */
export interface StudentExplanation {
  course: { id: number; shortname: string; title: string };
  at: Date;
  rut: string;
  /** As Moodle knows the accounts with this RUT, the one that is reported first. */
  accounts: string[];
  /** The field that the RUT was found in. */
  rutField: RutField | null;
  /** Why nothing is sent, in Spanish; empty = it is sent. */
  notReported: string[];
  groups: string[];
  dates: ExplainedDate[];
  progress: Progress;
  /** Seconds; null: not known. */
  seconds: number | null;
  mark: Mark | null;
  estado: { value: 1 | 2 | 3; why: string };
  modules: ExplainedModule[];
  /** Required activities outside every module: they count for the student, not for a module. */
  outside: ExplainedActivity[];
  /** Null: this source does not know clicks. */
  days: ExplainedDay[] | null;
}

export interface ExplainedDate {
  field: 'fechaInicio' | 'fechaFin';
  value: string | null;
  from: 'inscripción' | 'curso' | null;
}

export interface ExplainedModule {
  codigoModulo: string;
  sections: string[];
  activities: ExplainedActivity[];
  progress: Progress;
  seconds: number | null;
  mark: Mark | null;
  /** The grade category that the mark was taken from. */
  category: string | null;
  estado: { value: 1 | 2 | 3; why: string };
}

export interface ExplainedActivity {
  cmid: number;
  name: string;
  type: string;
  required: boolean;
  synchronous: boolean;
  done: boolean;
  /** When it got its state. */
  time: Date | null;
  /** What Moodle holds, in Spanish. */
  state: string;
}

/** A day in Santiago on which sessions began. */
export interface ExplainedDay {
  day: string;
  seconds: number;
  sessions: { start: Date; end: Date; clicks: number; seconds: number; parts: ExplainedPart[] }[];
}

/** Seconds of a module, of another section, or of the course itself. */
export interface ExplainedPart {
  label: string;
  codigoModulo: string | null;
  seconds: number;
}

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
    const identity = readIdentity(participant.account, rules.campoRut);
    return identity.rut !== null && formatRut(identity.rut) === key;
  });
  if (!other) return null;
  const none = { required: 0, done: 0, percentage: null, porcentajeAvance: 0 };
  return {
    ...base,
    accounts: [accountName(other.participant.account)],
    rutField: readIdentity(other.participant.account, rules.campoRut).field,
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
): Omit<StudentExplanation, 'course' | 'at' | 'rut'> {
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
    estado: { value: student.estado, why: whyStudent(student, rules) },
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
    days: sessionsOf && explainDays(sessionsOf(userId), judged),
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
    cmid: module.id,
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

function whyModule({ required, done }: Progress, mark: Mark | null, { exigencia = 50 }: MoodleRules): string {
  if (required === 0) return 'No tiene actividades obligatorias: cursando.';
  if (done < required) {
    const left = required - done;
    return `${left === 1 ? 'Falta' : 'Faltan'} ${left} de ${required} actividades obligatorias: cursando.`;
  }
  if (!mark) return 'Completó todo y no tiene nota: cursando.';
  const compared = `${percent(mark.percentage)} contra ${exigencia} %, que es el 4,0`;
  return mark.passes
    ? `Completó todo y la nota alcanza (${compared}): aprobado.`
    : `Completó todo y la nota no alcanza (${compared}): reprobado.`;
}

function whyStudent({ progress, mark, estado, dates }: JudgedStudent, rules: MoodleRules): string {
  const advance = `avance ${percent(progress.percentage ?? 0)} (se exige más de ${rules.avanceAprobacion} %)`;
  const grade = `${mark ? `nota ${percent(mark.percentage)}` : 'sin nota'} (se exige más de ${rules.notaAprobacion} %)`;
  if (estado === 2) return `Supera ambos umbrales, ${advance} y ${grade}: aprobado.`;
  if (estado === 3)
    return `No supera los umbrales, ${advance} y ${grade}, y el ${dates.fechaFin} terminó: reprobado.`;
  return `Aún no supera los umbrales, ${advance} y ${grade}, y no ha terminado: cursando.`;
}

function explainDays(sessions: Session[], { snapshot, modules }: JudgedCourse): ExplainedDay[] {
  const sectionOf = new Map(snapshot.modules.map(({ id, sectionId }) => [id, sectionId]));
  const sections = new Map(snapshot.sections.map((section) => [section.id, section]));
  const part = (cmid: number): Omit<ExplainedPart, 'seconds'> => {
    const section = sections.get(sectionOf.get(cmid) ?? -1);
    if (!section) return { label: 'curso, fuera de toda actividad', codigoModulo: null };
    const module = modules.find(({ sectionIds }) => sectionIds.has(section.id));
    const name = oneLanguage(
      section.name ?? (section.position === 0 ? 'General' : `Sección ${section.position}`),
    );
    return { label: name, codigoModulo: module?.codigoModulo ?? null };
  };
  const days = new Map<string, ExplainedDay>();
  for (const { start, end, clicks, modules: parts } of sessions) {
    const began = new Date(start * 1000);
    const day = santiagoDate(began);
    const entry = days.get(day) ?? { day, seconds: 0, sessions: [] };
    days.set(day, entry);
    const labelled = new Map<string, ExplainedPart>();
    for (const [cmid, seconds] of parts) {
      const { label, codigoModulo } = part(cmid);
      const known = labelled.get(`${codigoModulo} ${label}`)?.seconds ?? 0;
      labelled.set(`${codigoModulo} ${label}`, { label, codigoModulo, seconds: known + seconds });
    }
    entry.seconds += end - start;
    entry.sessions.push({
      start: began,
      end: new Date(end * 1000),
      clicks,
      seconds: end - start,
      parts: [...labelled.values()],
    });
  }
  return [...days.values()];
}

function percent(percentage: number): string {
  return `${(Math.round(percentage * 100) / 100).toString().replace('.', ',')} %`;
}
