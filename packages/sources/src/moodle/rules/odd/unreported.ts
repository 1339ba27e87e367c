import { listed } from '../../../rules/listed.ts';
import type { CourseSnapshot, Participant } from '../../site.ts';
import { accountName } from '../student-findings.ts';
import { isOfStaff, isStaff, isStudent } from '../students.ts';
import { at, type Look } from './oddity.ts';

/**
 * Who is enrolled, did something in the course and has no role of a student: by role, with everybody's name; also who
 * did nothing yet, where nobody at all is reported. Who runs the course is not asked about.
 */
export const unreported: Look = ({ snapshot, others, students, rules }, links) => {
  const { course } = snapshot;
  const byRole = new Map<string, { names: string[]; toAdd: string }>();
  for (const { participant } of others) {
    const { roles, account } = participant;
    if (roles.length === 0 || account.deleted || isStaff(participant) || isStudent(participant, rules))
      continue;
    if (students.length > 0 && !leftTrace(participant, snapshot)) continue;
    const role = roles.map(({ shortname }) => shortname).join(' + ');
    const toAdd = roles.find((one) => !isOfStaff(one))?.shortname ?? role;
    byRole.set(role, { names: [...(byRole.get(role)?.names ?? []), accountName(account)], toAdd });
  }
  return [...byRole].map(([role, { names, toAdd }]) => ({
    costs: 'students',
    words: {
      message: `En el curso «${course.shortname}» no se informa a ${names.length === 1 ? 'una persona inscrita' : `${names.length} personas inscritas`} con el rol «${role}», que no es de estudiante${students.length === 0 ? ' (nadie más se informa en el curso)' : ''}: ${listed(names, 40)}.`,
      fix: `Si son alumnos, agregue ese rol a \`reglas: rolesAlumno\` en puente.yaml (por ejemplo \`rolesAlumno: [student, ${toAdd}]\`), o deles en Moodle el rol de estudiante. Si no lo son, no hay nada que hacer.`,
      ...at(links.participants(course.id)),
    },
  }));
};

/** Did or clicked something; where nobody can tell, it is assumed. */
function leftTrace({ account: { id } }: Participant, { completions, grades, time }: CourseSnapshot): boolean {
  if (time === null) return true;
  const own = time.students.get(id);
  return (
    (own !== undefined && (own.total > 0 || own.first !== null)) ||
    [...(completions.get(id)?.values() ?? [])].some(({ state }) => state > 0) ||
    [...(grades.get(id)?.values() ?? [])].some(({ final }) => final !== null)
  );
}
