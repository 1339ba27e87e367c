import { formatRut } from '@puente-sic/protocol';
import type { Identity } from '../../rules/identity.ts';
import type { CourseSnapshot, Participant } from '../site.ts';
import { type RutField, readIdentity } from './rut.ts';

/** A student: one account, or several with the same RUT. */
export interface Person {
  identity: Identity<RutField>;
  /** The account whose progress and dates are reported. */
  leading: Participant;
  /** All accounts, the leading one first. */
  participants: Participant[];
  /** More than one of them has progress: nobody can say which is right. */
  contested: boolean;
}

/** Active students by RUT. Accounts without a trace in the course are merged into the one that has some. */
export function personsOf(
  students: Participant[],
  snapshot: CourseSnapshot,
  campoRut: string | undefined,
): Person[] {
  const byRut = new Map<string, { identity: Identity<RutField>; participants: Participant[] }>();
  for (const participant of students) {
    const identity = readIdentity(participant.account, campoRut);
    const key = identity.rut ? formatRut(identity.rut) : `account ${participant.account.id}`;
    const known = byRut.get(key);
    if (known) known.participants.push(participant);
    else byRut.set(key, { identity, participants: [participant] });
  }
  return [...byRut.values()].map(({ identity, participants }) => {
    const [first, ...others] = participants as [Participant, ...Participant[]];
    if (others.length === 0) return { identity, leading: first, participants, contested: false };
    const used = participants.filter((one) => hasTrace(one.account.id, snapshot));
    const ordered = [...used, ...participants.filter((one) => !used.includes(one))];
    return { identity, leading: used[0] ?? first, participants: ordered, contested: used.length > 1 };
  });
}

function hasTrace(userId: number, { completions, grades, time }: CourseSnapshot): boolean {
  return (
    (time?.students.get(userId)?.total ?? 0) > 0 ||
    [...(completions.get(userId)?.values() ?? [])].some(({ state }) => state > 0) ||
    [...(grades.get(userId)?.values() ?? [])].some(({ final }) => final !== null)
  );
}
