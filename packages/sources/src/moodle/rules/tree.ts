import type { Alumno, Draft, Modulo } from '@puente-sic/protocol';
import type { CourseTree, Place, StudentTree } from '../../source.ts';
import { countByKind } from './activities.ts';
import { courseDates } from './dates.ts';
import type { SenceGroup } from './groups.ts';
import type { JudgedCourse, JudgedModule, JudgedStudent } from './judge.ts';
import type { MoodleLinks } from './links.ts';
import type { Identity } from './rut.ts';
import { accountName } from './student-findings.ts';
import { oneLanguage } from './text.ts';

/**
 * The course trees of a judged course, one per SENCE group. Who is in none of them is held back and stands in the
 * first tree, so that nobody is left out without a word.
 */
export function treesOf(judged: JudgedCourse, links: MoodleLinks): CourseTree[] {
  const { course } = judged.snapshot;
  const code = course.shortname.trim();
  const groups: SenceGroup[] =
    judged.groups.length > 0 ? judged.groups : [{ codigoGrupo: code, codigoOferta: code, group: null }];
  const url = links.course(course.id);
  const { cantActividadSincronica, cantActividadAsincronica } = countByKind(judged.activities);
  return groups.map((group, index) => ({
    id: String(course.id),
    name: course.shortname,
    title: oneLanguage(course.fullname),
    ...(url !== undefined && { url }),
    ...courseDates(course),
    codigoOferta: group.codigoOferta,
    codigoGrupo: group.codigoGrupo,
    cantActividadSincronica,
    cantActividadAsincronica,
    students: judged.students
      .filter((student) => student.groups.includes(group) || (index === 0 && student.groups.length === 0))
      .map((student) => studentTree(student, judged, links)),
    findings: index === 0 ? judged.findings : [],
  }));
}

function studentTree(
  student: JudgedStudent,
  { snapshot: { course } }: JudgedCourse,
  links: MoodleLinks,
): StudentTree {
  const { account } = student.person.leading;
  const url = links.profile(account.id, course.id);
  const field = student.person.identity.field ?? 'Número de ID';
  return {
    alumno: alumnoOf(student),
    name: `${account.firstname} ${account.lastname}`.trim(),
    place: {
      text: `Moodle, perfil de ${accountName(account)}`,
      columns: { rutAlumno: field, dvAlumno: field },
      ...(url !== undefined && { url }),
    },
    modulePlaces: student.modules.map((own) => modulePlace(own, course.shortname, links)),
    held: student.held,
    findings: student.findings,
  };
}

function alumnoOf({ person, seconds, estado, progress, dates, mark, modules }: JudgedStudent): Draft<Alumno> {
  return {
    ...rutFields(person.identity),
    ...(seconds !== null && { tiempoConectividad: seconds }),
    estado,
    porcentajeAvance: progress.porcentajeAvance,
    ...dates,
    ...(mark && { evaluacionFinal: mark.sent }),
    listaModulos: modules.map((own) => moduloOf(own, dates)),
  };
}

function moduloOf(
  { module, seconds, progress, estado, mark }: JudgedModule,
  dates: JudgedStudent['dates'],
): Draft<Modulo> {
  return {
    codigoModulo: module.codigoModulo,
    ...(seconds !== null && { tiempoConectividad: seconds }),
    porcentajeAvance: progress.porcentajeAvance,
    estado,
    ...dates,
    ...(mark && { notaModulo: mark.sent }),
    ...countByKind(module.activities),
    listaActividades: module.activities.map(({ codigoActividad }) => ({ codigoActividad })),
  };
}

/** A RUT that cannot be read goes as it is written: saying what is wrong with it is preflight's. */
function rutFields({ rut, faulty }: Identity): Pick<Draft<Alumno>, 'rutAlumno' | 'dvAlumno'> {
  if (rut) return { rutAlumno: rut.numero, dvAlumno: rut.dv };
  const parts = /^(.*)-(.*)$/.exec(faulty?.trim() ?? '');
  if (parts) return { rutAlumno: numberOr(parts[1] ?? ''), dvAlumno: parts[2] ?? '' };
  return faulty === null ? {} : { rutAlumno: faulty.trim() };
}

function numberOr(text: string): number | string {
  const bare = text.replace(/[.\s]/g, '');
  return /^\d{1,9}$/.test(bare) ? Number(bare) : text;
}

function modulePlace({ module }: JudgedModule, shortname: string, links: MoodleLinks): Place {
  const section = module.sections[0];
  const url = section && links.section(section.id);
  const name = section?.name ? `sección «${oneLanguage(section.name)}»` : `módulo ${module.codigoModulo}`;
  return { text: `Moodle, curso «${shortname}», ${name}`, ...(url !== undefined && { url }) };
}
