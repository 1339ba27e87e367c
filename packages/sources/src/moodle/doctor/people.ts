import { listed } from '../../rules/listed.ts';
import type { JudgedCourse, JudgedStudent } from '../rules/judged.ts';
import type { MoodleLinks } from '../rules/links.ts';
import { fieldToFill } from '../rules/rut.ts';
import { accountName } from '../rules/student-findings.ts';
import { type Diagnosis, diagnosis, type Words } from './diagnosis.ts';

/** Students of a course: who they are, their group, their dates, their grades. */
export function peopleDiagnoses(judged: JudgedCourse, links: MoodleLinks): Diagnosis[] {
  const { snapshot, students, groups, rules } = judged;
  const field = fieldToFill(rules);
  const { course } = snapshot;
  const shortname = course.shortname;
  if (students.length === 0)
    return [
      diagnosis('blocks', shortname, {
        message: `En el curso «${shortname}» no hay ningún estudiante activo que informar.`,
        fix: '(El curso) > Participantes: revise que tengan el rol de estudiante y su inscripción activa. Si usan un rol propio, póngalo en `reglas: rolesAlumno`.',
        place: links.participants(course.id),
      }),
    ];
  const found: Diagnosis[] = [];
  const tell = (who: JudgedStudent[], weight: Diagnosis['weight'], words: (names: string) => Words): void => {
    if (who.length > 0)
      found.push(
        diagnosis(weight, shortname, { place: oneLink(who, course.id, links), ...words(namesOf(who)) }),
      );
  };
  const faulty = (problem: string) => students.filter(({ person }) => person.identity.problem === problem);
  tell(faulty('empty'), 'students', (names) => ({
    message: `Sin RUT en Moodle, en el curso «${shortname}»: ${names}.`,
    fix: `Escriba el RUT con guion y sin puntos en su perfil: Administración del sitio > Usuarios > Cuentas > Hojear lista de usuarios > (la persona) > Editar > ${field === 'Número de ID' ? 'Opcional > ' : ''}${field}.`,
    code: '012',
  }));
  const unusable = [...faulty('not a RUT'), ...faulty('no check digit'), ...faulty('wrong check digit')];
  tell(unusable, 'students', () => ({
    message: `Con algo que no es un RUT válido, en el curso «${shortname}»: ${withValues(unusable)}.`,
    fix: 'Corríjalo en su perfil, en el campo que se nombra (RUT con guion y dígito verificador, como 12345678-5). A quien no tiene RUT, SIC no lo acepta.',
    code: '012',
  }));
  tell(
    students.filter(({ person }) => person.contested),
    'students',
    (names) => ({
      message: `Dos cuentas con avance y el mismo RUT, en el curso «${shortname}»: ${names}.`,
      fix: 'Deje una sola: (el curso) > Participantes > suspenda la inscripción de la que sobra, o corrija su RUT.',
    }),
  );
  tell(
    students.filter(({ person }) => person.participants.length > 1 && !person.contested),
    'advice',
    (names) => ({
      message: `Dos cuentas con el mismo RUT, una de ellas sin uso, en el curso «${shortname}»: ${names}.`,
      fix: 'Quite del curso la cuenta sin uso antes de que la persona entre con ella.',
    }),
  );
  tell(
    students.filter(({ dates }) => dates.fechaInicio === undefined || dates.fechaFin === undefined),
    'students',
    (names) => ({
      message: `Sin fecha de inicio o de término, ni en su inscripción ni en el curso «${shortname}»: ${names}.`,
      fix: '(El curso) > Configuración > General: escriba las fechas; o en (el curso) > Participantes > rueda de la persona > Editar inscripción.',
      code: '027',
    }),
  );
  tell(
    students.filter(({ dates }) => (dates.fechaInicio ?? '') > (dates.fechaFin ?? '9')),
    'students',
    (names) => ({
      message: `Con fecha de término anterior a la de inicio, en el curso «${shortname}»: ${names}.`,
      fix: '(El curso) > Participantes > rueda de la persona > Editar inscripción: corrija las fechas.',
      code: '027',
    }),
  );
  const groupless = students.filter((student) => student.groups.length === 0);
  const nobodyInGroups = groupless.length === students.length;
  tell(groupless, nobodyInGroups ? 'blocks' : 'students', (names) => ({
    message: nobodyInGroups
      ? `En el curso «${shortname}» nadie está en un grupo SENCE (${listed(groups.map(({ codigoGrupo }) => codigoGrupo)) || 'no se reconoce ninguno'}).`
      : `En ningún grupo SENCE del curso «${shortname}»: ${names}.`,
    fix: '(El curso) > Participantes > Grupos: agréguelos al grupo cuyo nombre es el código de su sección en SIC. Si todo el curso es una sola sección, basta `codigoGrupo` en puente.yaml.',
    place: links.groups(course.id),
  }));
  tell(
    students.filter((student) => student.groups.length > 1 && !student.person.contested),
    'advice',
    (names) => ({
      message: `En más de un grupo SENCE del curso «${shortname}», y se informan en todos: ${names}.`,
      fix: '(El curso) > Participantes > Grupos: déjelos en uno, si es un error.',
      place: links.groups(course.id),
    }),
  );
  for (const { codigoGrupo, group } of groups)
    if (group && !students.some((student) => student.groups.some((one) => one.group?.id === group.id)))
      found.push(
        diagnosis('advice', shortname, {
          message: `El grupo «${codigoGrupo}» del curso «${shortname}» no tiene ningún estudiante activo.`,
          fix: 'Si esa sección ya empezó, agregue a sus estudiantes: (el curso) > Participantes > Grupos.',
          place: links.groups(course.id),
        }),
      );
  return found;
}

function namesOf(students: JudgedStudent[]): string {
  return listed(
    students.flatMap(({ person }) => person.participants.map(({ account }) => accountName(account))),
  );
}

/** Each with what stands in the place of a RUT, and where. */
function withValues(students: JudgedStudent[]): string {
  const each = students.map(
    ({ person: { leading, identity } }) =>
      `«${accountName(leading.account)}», con «${identity.faulty?.trim()}» (${identity.field})`,
  );
  return each.length > MOST
    ? `${each.slice(0, MOST).join('; ')} y ${each.length - MOST} más`
    : each.join('; ');
}

/** People that a message shows with what is wrong. */
const MOST = 20;

/** One person's profile, or everybody's list. */
function oneLink(students: JudgedStudent[], courseId: number, links: MoodleLinks): string | undefined {
  const [first, ...others] = students.flatMap(({ person }) => person.participants);
  return first && others.length === 0
    ? links.profile(first.account.id, courseId)
    : links.participants(courseId);
}
