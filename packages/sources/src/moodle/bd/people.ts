import { byKey, type Db, int, moment, type Row, text, textOrNull } from '../../db/db.ts';
import type { Account, Enrolment, Group, Grouping, Participant, Role } from '../site.ts';
import type { Tables } from './tables.ts';

/** Everybody enrolled in each course, by user id; of their profile only the fields named, in lower case. */
export async function readParticipants(
  db: Db,
  tables: Tables,
  ids: number[],
  fields: string[],
): Promise<Map<number, Participant[]>> {
  const enrolments = await readEnrolments(db, tables, ids);
  const accounts = await readAccounts(db, tables, ids, fields);
  const roles = await readRoles(db, tables, ids);
  const participants = new Map<number, Participant[]>();
  for (const [course, users] of enrolments) {
    const people = [...users].flatMap(([user, rows]) => {
      const account = accounts.get(user);
      // An enrolment whose account is gone altogether: Moodle's database has no foreign keys.
      if (!account) return [];
      return [
        { account, roles: roles.of(course, user), enrolment: { kind: 'rows', rows } } satisfies Participant,
      ];
    });
    participants.set(
      course,
      people.sort((a, b) => a.account.id - b.account.id),
    );
  }
  return participants;
}

/** Course → user → enrolments. */
async function readEnrolments(
  db: Db,
  tables: Tables,
  ids: number[],
): Promise<Map<number, Map<number, Enrolment[]>>> {
  const rows = await db.rows(
    `select e.courseid, e.enrol, e.status as methodstatus, u.userid, u.status, u.timestart, u.timeend
     from ${tables.name('user_enrolments')} u join ${tables.name('enrol')} e on e.id = u.enrolid
     where e.courseid in (${ids.join(', ')}) order by e.id`,
  );
  const courses = byKey(rows, 'courseid', (row) => row);
  return new Map([...courses].map(([course, own]) => [course, byKey(own, 'userid', enrolmentOf)]));
}

function enrolmentOf(row: Row): Enrolment {
  return {
    method: text(row.enrol),
    methodEnabled: int(row.methodstatus) === 0,
    suspended: int(row.status) !== 0,
    start: moment(row.timestart),
    end: moment(row.timeend),
  };
}

async function readAccounts(
  db: Db,
  tables: Tables,
  ids: number[],
  wanted: string[],
): Promise<Map<number, Account>> {
  const enrolled = `select e.userid from ${tables.name('user_enrolments')} e
     join ${tables.name('enrol')} m on m.id = e.enrolid where m.courseid in (${ids.join(', ')})`;
  const rows = await db.rows(
    `select u.id, u.username, u.idnumber, u.firstname, u.lastname, u.suspended, u.deleted
     from ${tables.name('user')} u where u.id in (${enrolled})`,
  );
  // Only the fields that may hold the RUT: the others are nobody's business here.
  const fields =
    wanted.length > 0 && tables.has('user_info_field') && tables.has('user_info_data')
      ? await db.rows(
          `select d.userid, f.shortname, d.data
           from ${tables.name('user_info_data')} d join ${tables.name('user_info_field')} f on f.id = d.fieldid
           where lower(f.shortname) in (${wanted.map(() => '?').join(', ')}) and d.userid in (${enrolled})`,
          wanted,
        )
      : [];
  const profiles = byKey(
    fields,
    'userid',
    (row) => [text(row.shortname), textOrNull(row.data) ?? ''] as const,
  );
  return new Map(
    rows.map((row) => [
      int(row.id),
      {
        id: int(row.id),
        username: text(row.username),
        idnumber: text(row.idnumber),
        firstname: text(row.firstname),
        lastname: text(row.lastname),
        suspended: int(row.suspended) === 1,
        deleted: int(row.deleted) === 1,
        profile: new Map(profiles.get(int(row.id)) ?? []),
      },
    ]),
  );
}

const COURSE_LEVEL = 50;

/** Roles given in a course or above it: in its category, in the site. */
async function readRoles(
  db: Db,
  tables: Tables,
  ids: number[],
): Promise<{ of(course: number, user: number): Role[] }> {
  const contexts = await db.rows(
    `select id, instanceid, path from ${tables.name('context')}
     where contextlevel = ${COURSE_LEVEL} and instanceid in (${ids.join(', ')})`,
  );
  const above = new Map(
    contexts.map((row) => [
      int(row.instanceid),
      [...new Set([...(textOrNull(row.path) ?? '').split('/').filter(Boolean).map(Number), int(row.id)])],
    ]),
  );
  const all = [...new Set([...above.values()].flat())];
  const rows =
    all.length === 0
      ? []
      : await db.rows(
          `select a.contextid, a.userid, r.shortname, r.archetype
           from ${tables.name('role_assignments')} a join ${tables.name('role')} r on r.id = a.roleid
           where a.contextid in (${all.join(', ')}) order by r.id, a.contextid desc`,
        );
  const assigned = new Map<number, Map<number, Role[]>>();
  for (const [context, own] of byKey(rows, 'contextid', (row) => row))
    assigned.set(
      context,
      byKey(own, 'userid', (row) => ({
        shortname: text(row.shortname),
        archetype: textOrNull(row.archetype) ?? '',
      })),
    );
  return {
    of: (course, user) => {
      const roles = (above.get(course) ?? []).flatMap((context) => assigned.get(context)?.get(user) ?? []);
      if (roles.length < 2) return roles;
      return roles.filter(
        (role, index) => roles.findIndex(({ shortname }) => shortname === role.shortname) === index,
      );
    },
  };
}

export async function readGroups(
  db: Db,
  tables: Tables,
  ids: number[],
): Promise<{ groups: Map<number, Group[]>; groupings: Map<number, Grouping[]> }> {
  const list = ids.join(', ');
  const groups = await db.rows(
    `select id, courseid, name, idnumber from ${tables.name('groups')} where courseid in (${list}) order by id`,
  );
  const members = byKey(
    await db.rows(
      `select m.groupid, m.userid from ${tables.name('groups_members')} m
       join ${tables.name('groups')} g on g.id = m.groupid where g.courseid in (${list})`,
    ),
    'groupid',
    (row) => int(row.userid),
  );
  const groupings = await db.rows(
    `select id, courseid, name from ${tables.name('groupings')} where courseid in (${list}) order by id`,
  );
  const sets = byKey(
    await db.rows(
      `select s.groupingid, s.groupid from ${tables.name('groupings_groups')} s
       join ${tables.name('groupings')} g on g.id = s.groupingid where g.courseid in (${list})`,
    ),
    'groupingid',
    (row) => int(row.groupid),
  );
  return {
    groups: byKey(groups, 'courseid', (row) => ({
      id: int(row.id),
      name: text(row.name),
      idnumber: text(row.idnumber),
      members: new Set(members.get(int(row.id))),
    })),
    groupings: byKey(groupings, 'courseid', (row) => ({
      id: int(row.id),
      name: text(row.name),
      groupIds: new Set(sets.get(int(row.id))),
    })),
  };
}
