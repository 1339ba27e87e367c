import { santiagoDate } from '@puente-sic/protocol';
import { listed } from '../../../rules/listed.ts';
import type { CourseSnapshot } from '../../site.ts';
import type { JudgedStudent } from '../judged.ts';
import { accountName } from '../student-findings.ts';
import { enrolmentsInForce } from '../students.ts';
import { at, type Look } from './oddity.ts';

/** Progress that is older than the enrolment that is reported: somebody who takes the course again. */
export const reenrolled: Look = ({ snapshot, students, rules }, links) => {
  const { course } = snapshot;
  const told = students.flatMap((student) => {
    const { leading } = student.person;
    const starts = enrolmentsInForce(leading, snapshot.at, rules).flatMap(({ start }) => start ?? []);
    if (starts.length === 0) return [];
    const begins = santiagoDate(new Date(Math.min(...starts.map((start) => start.getTime()))));
    const first = firstSign(student, snapshot);
    if (first === null || santiagoDate(first) >= begins) return [];
    return [`${accountName(leading.account)}, desde el ${santiagoDate(first)}, inscripción del ${begins}`];
  });
  if (told.length === 0) return [];
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» hay avance anterior al inicio de la inscripción, como si ${told.length === 1 ? 'la persona repitiera' : 'las personas repitieran'} el curso: ${listed(told, 3)}. Se informa todo ese avance y tiempo con la fecha de la inscripción.`,
        fix: 'Si repiten el curso, inscríbalos en un curso nuevo o borre en Moodle su avance anterior. Si solo se les volvió a inscribir, corrija la fecha de inicio: (el curso) > Participantes > rueda de la persona > Editar inscripción.',
        ...at(links.participants(course.id)),
      },
    },
  ];
};

/** The first click or completion of a student. */
function firstSign({ person }: JudgedStudent, { completions, time }: CourseSnapshot): Date | null {
  const { id } = person.leading.account;
  const done = [...(completions.get(id)?.values() ?? [])].filter(({ state }) => state > 0);
  const signs = [...done.map((one) => one.time), time?.students.get(id)?.first ?? null].filter(
    (sign) => sign !== null,
  );
  return signs.length === 0 ? null : new Date(Math.min(...signs.map((sign) => sign.getTime())));
}
