import type { Group, Grouping, Participant } from '../site.ts';
import type { WsUser } from './schemas.ts';

/** Start and end of somebody's enrolment, as far as a report told; null = no limit. */
export interface EnrolmentDates {
  start: Date | null;
  end: Date | null;
}

export interface PeopleAnswers {
  enrolled: WsUser[];
  /** Of `onlyactive`: suspended and ended enrolments and disabled methods are out, suspended accounts are in. */
  activeIds: Set<number>;
  /** Of `core_user_get_users_by_field`; no entry = nobody can tell. */
  suspended: Map<number, boolean>;
}

/** By user id. */
export function readPeople({ enrolled, activeIds, suspended }: PeopleAnswers): Participant[] {
  const sorted = [...enrolled].sort((a, b) => a.id - b.id);
  return sorted.map((user) => {
    const [firstname, lastname] = nameOf(user);
    return {
      account: {
        id: user.id,
        username: user.username ?? null,
        idnumber: user.idnumber ?? null,
        firstname,
        lastname,
        suspended: suspended.get(user.id) ?? null,
        deleted: false,
        profile: new Map((user.customfields ?? []).map((field) => [field.shortname, field.value ?? ''])),
      },
      roles: (user.roles ?? []).map(({ shortname }) => ({ shortname, archetype: null })),
      enrolment: { kind: 'verdict', active: activeIds.has(user.id) },
    };
  });
}

function nameOf({ firstname, lastname, fullname, id }: WsUser): [string, string] {
  return firstname || lastname ? [firstname ?? '', lastname ?? ''] : [fullname ?? `usuario ${id}`, ''];
}

export function readGroups(
  groups: { id: number; name: string; idnumber?: string | null | undefined }[],
  members: { groupid: number; userids: number[] }[],
): Group[] {
  const byGroup = new Map(members.map(({ groupid, userids }) => [groupid, new Set(userids)]));
  return groups.map(({ id, name, idnumber }) => ({
    id,
    name,
    idnumber: idnumber ?? '',
    members: byGroup.get(id) ?? new Set(),
  }));
}

export function readGroupings(
  groupings: { id: number; name: string; groups?: { id: number }[] | undefined }[],
): Grouping[] {
  return groupings.map(({ id, name, groups }) => ({
    id,
    name,
    groupIds: new Set((groups ?? []).map((group) => group.id)),
  }));
}
