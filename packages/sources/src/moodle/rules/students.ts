import type { Enrolment, Participant } from '../site.ts';
import { sameText } from './text.ts';

/** Why somebody in a course is not reported as a student. */
export type WhyNot =
  | 'account deleted'
  | 'account suspended'
  | 'no student role in the course'
  | 'not enrolled'
  | 'enrolment suspended'
  | 'enrolment method disabled'
  | 'enrolment not begun'
  | 'enrolment ended'
  | 'enrolment not active'
  | 'exempt group';

export const WHY_NOT_ES: Record<WhyNot, string> = {
  'account deleted': 'la cuenta fue eliminada',
  'account suspended': 'la cuenta está suspendida',
  'no student role in the course': 'no tiene el rol de estudiante en el curso',
  'not enrolled': 'no está inscrito en el curso',
  'enrolment suspended': 'la inscripción está suspendida',
  'enrolment method disabled': 'el método de inscripción está desactivado',
  'enrolment not begun': 'la inscripción todavía no comienza',
  'enrolment ended': 'la inscripción ya terminó',
  'enrolment not active': 'la inscripción no está activa',
  'exempt group': 'está en un grupo exento (`gruposExentos` de puente.yaml)',
};

export interface StudentRules {
  rolesAlumno?: string[];
  diasTrasTermino?: number;
}

/**
 * Why a person is not an active student at a moment; empty = active: a student role in the course, an account
 * neither deleted nor suspended, and at least one enrolment that is active, begun and not ended, by a method that
 * is enabled. What the reader cannot tell does not speak against anybody.
 */
export function whyNotActive(participant: Participant, at: Date, rules: StudentRules): WhyNot[] {
  const why: WhyNot[] = [];
  if (participant.account.deleted) why.push('account deleted');
  if (participant.account.suspended === true) why.push('account suspended');
  if (!isStudent(participant, rules)) why.push('no student role in the course');
  why.push(...whyNotEnrolled(participant, at, rules));
  return why;
}

/** The dates of the enrolments in force at a moment, null = no limit; empty also where the reader knows none. */
export function enrolmentsInForce(
  { enrolment }: Participant,
  at: Date,
  rules: StudentRules,
): Pick<Enrolment, 'start' | 'end'>[] {
  if (enrolment.kind === 'rows') return enrolment.rows.filter((row) => obstacle(row, at, rules) === null);
  return enrolment.active ? [{ start: enrolment.start ?? null, end: enrolment.end ?? null }] : [];
}

/**
 * By archetype, because sites make their own roles; by short name where a role was made without one, where the
 * reader is not shown it, and wherever the provider names the role itself.
 */
export function isStudent(participant: Participant, { rolesAlumno }: StudentRules): boolean {
  return participant.roles.some(({ shortname, archetype }) => {
    const named = (names: string[]): boolean => names.some((name) => sameText(name, shortname));
    return archetype
      ? archetype === 'student' || named(rolesAlumno ?? [])
      : named(rolesAlumno ?? ['student']);
  });
}

/** Archetypes of who runs a course; Moodle's own roles of them have the same short names. */
const STAFF = ['teacher', 'editingteacher', 'manager', 'coursecreator'];

/** Has roles, and all of them are those of who runs a course: nobody asks why such a person is not reported. */
export function isStaff({ roles }: Participant): boolean {
  return roles.length > 0 && roles.every(isOfStaff);
}

/** A role of who runs a course. */
export function isOfStaff({ shortname, archetype }: Participant['roles'][number]): boolean {
  return STAFF.includes(archetype || shortname);
}

function whyNotEnrolled({ enrolment }: Participant, at: Date, rules: StudentRules): WhyNot[] {
  if (enrolment.kind === 'verdict') return enrolment.active ? [] : ['enrolment not active'];
  if (enrolment.rows.length === 0) return ['not enrolled'];
  const obstacles = enrolment.rows.map((row) => obstacle(row, at, rules));
  return obstacles.includes(null) ? [] : [...new Set(obstacles.filter((why) => why !== null))];
}

function obstacle(row: Enrolment, at: Date, { diasTrasTermino = 0 }: StudentRules): WhyNot | null {
  if (!row.methodEnabled) return 'enrolment method disabled';
  if (row.suspended) return 'enrolment suspended';
  if (row.start && row.start > at) return 'enrolment not begun';
  if (row.end && row.end.getTime() + diasTrasTermino * 86_400_000 <= at.getTime()) return 'enrolment ended';
  return null;
}
