import { byPerson, type Person as PersonOf } from '../../rules/persons.ts';
import type { CourseSnapshot, Participant } from '../site.ts';
import { type RutField, type RutRules, readIdentity } from './rut.ts';

export type Person = PersonOf<Participant, RutField>;

/** Active students by RUT. */
export function personsOf(students: Participant[], snapshot: CourseSnapshot, rules: RutRules): Person[] {
  return byPerson(
    students,
    ({ account }) => readIdentity(account, rules),
    ({ account }) => hasTrace(account.id, snapshot),
  );
}

function hasTrace(userId: number, { completions, grades, time }: CourseSnapshot): boolean {
  return (
    (time?.students.get(userId)?.total ?? 0) > 0 ||
    [...(completions.get(userId)?.values() ?? [])].some(({ state }) => state > 0) ||
    [...(grades.get(userId)?.values() ?? [])].some(({ final }) => final !== null)
  );
}
