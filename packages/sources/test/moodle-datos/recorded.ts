import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, Reply } from '../moodle-ws/server.ts';

/** Answers recorded from a real Moodle (files named after function and parameters), served again. */
export function recordedSite(folder: string): (call: Call) => Reply {
  const answer = recordedAnswers(folder);
  return (call) => ({ body: JSON.stringify(answer(call)) });
}

/** Course 3 as a user sees it who lacks the right to see most types of activity; grades of what is not seen vanish too. */
export function withoutModView(folder: string): (call: Call) => Reply {
  const answer = recordedAnswers(folder);
  const trap = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, `trap.no-mod-view.${name}.json`), 'utf8'));
  const contents = trap('core_course_get_contents.courseid-3') as { modules: { id: number }[] }[];
  const seen = new Set(contents.flatMap(({ modules }) => modules.map(({ id }) => id)));
  return (call) => {
    const value = answer(call);
    switch (call.wsfunction) {
      case 'core_course_get_contents':
        return { body: contents };
      case 'core_completion_get_activities_completion_status':
        return { body: trap('core_completion_get_activities_completion_status.userid-28.courseid-3') };
      case 'mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses':
        return { body: { bigbluebuttonbns: [], warnings: [] } };
      case 'gradereport_user_get_grade_items':
        return { body: seenGrades(value as { usergrades: { gradeitems: { cmid?: number }[] }[] }, seen) };
      default:
        return { body: JSON.stringify(value) };
    }
  };
}

function seenGrades(
  { usergrades }: { usergrades: { gradeitems: { cmid?: number }[] }[] },
  seen: Set<number>,
) {
  return {
    usergrades: usergrades.map((user) => ({
      ...user,
      gradeitems: user.gradeitems.filter(({ cmid }) => cmid === undefined || seen.has(cmid)),
    })),
  };
}

function recordedAnswers(folder: string): (call: Call) => unknown {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const participants = read('core_reportbuilder_retrieve_report.participants') as {
    data: { headers: string[]; rows: { columns: string[] }[] };
  };
  return ({ wsfunction, fields }) => {
    const course = fields.get('courseid') ?? '';
    const courseOf = (name: string): unknown => read(`${wsfunction}${name}.courseid-${course}`);
    switch (wsfunction) {
      case 'core_course_get_courses_by_field':
        return read('core_course_get_courses_by_field.ids');
      case 'core_course_get_contents':
        return courseOf('.raw');
      case 'core_enrol_get_enrolled_users':
        return courseOf(fields.get('options[0][name]') === 'onlyactive' ? '.onlyactive' : '');
      case 'core_completion_get_activities_completion_status':
      case 'core_completion_get_course_completion_status':
        return (courseOf('') as Record<string, unknown>)[fields.get('userid') ?? ''];
      case 'gradereport_user_get_grade_items':
        return courseOf('.all');
      case 'core_group_get_group_members':
        return membersOf(
          fields,
          ['2', '3'].flatMap((id) => read(`${wsfunction}.courseid-${id}`) as Members[]),
        );
      case 'mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses':
        return read(`${wsfunction}.courseid-${fields.get('courseids[0]')}`);
      case 'core_reportbuilder_retrieve_report':
        return fields.get('reportid') === '2' ? participants : read(`${wsfunction}.dedication-sum`);
      case 'core_user_get_users_by_field':
        return accountsOf(fields, participants.data, enrolledOf(read));
      default:
        return course === '' ? read(wsfunction) : courseOf('');
    }
  };
}

interface Members {
  groupid: number;
}

function membersOf(fields: URLSearchParams, all: Members[]): Members[] {
  const wanted = valuesOf(fields, 'groupids');
  return all.filter(({ groupid }) => wanted.includes(String(groupid)));
}

interface Enrolled {
  id: number;
  username: string;
}

function enrolledOf(read: (name: string) => unknown): Enrolled[] {
  return ['2', '3'].flatMap((id) => read(`core_enrol_get_enrolled_users.courseid-${id}`) as Enrolled[]);
}

/** Only two accounts were recorded by id; whether one is suspended stands in the recorded report as well. */
function accountsOf(
  fields: URLSearchParams,
  report: { headers: string[]; rows: { columns: string[] }[] },
  enrolled: Enrolled[],
): { id: number; suspended: boolean }[] {
  const username = report.headers.indexOf('Username');
  const suspended = report.headers.indexOf('Suspended');
  const locked = new Set(
    report.rows.filter(({ columns }) => columns[suspended] === 'Yes').map(({ columns }) => columns[username]),
  );
  return valuesOf(fields, 'values').map((id) => ({
    id: Number(id),
    suspended: locked.has(enrolled.find((user) => String(user.id) === id)?.username),
  }));
}

function valuesOf(fields: URLSearchParams, name: string): string[] {
  return [...fields].filter(([key]) => key.startsWith(`${name}[`)).map(([, value]) => value);
}
