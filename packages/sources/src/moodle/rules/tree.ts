import { alumnoOf, judgingOf, type ModuleFields, moduloOf } from '../../rules/body.ts';
import { tidyCode } from '../../rules/code-text.ts';
import type { CourseTree, Place, StudentTree } from '../../source.ts';
import type { Course } from '../site.ts';
import { countByKind } from './activities.ts';
import { courseDates } from './dates.ts';
import type { SenceGroup } from './groups.ts';
import type { GradedModule, JudgedCourse, JudgedStudent } from './judged.ts';
import type { MoodleLinks } from './links.ts';
import { moduleTreesOf } from './module-trees.ts';
import { accountName } from './student-findings.ts';
import { oneLanguage } from './text.ts';

/**
 * The course trees of a judged course, one per SENCE group. Who is in none of them is held back and stands in the
 * first tree, so that nobody is left out without a word.
 */
export function treesOf(judged: JudgedCourse, links: MoodleLinks): CourseTree[] {
  const { course } = judged.snapshot;
  const code = tidyCode(course.shortname);
  const groups: SenceGroup[] =
    judged.groups.length > 0 ? judged.groups : [{ codigoGrupo: code, codigoOferta: code, group: null }];
  const url = links.course(course.id);
  const { cantActividadSincronica, cantActividadAsincronica } = countByKind(judged.activities);
  const modules = moduleTreesOf(judged);
  const judging = judgingOf(judged.rules);
  const common = judged.modules.map((module) => commonOf(module, course, links));
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
    modules,
    judging,
    students: judged.students
      .filter((student) => student.groups.includes(group) || (index === 0 && student.groups.length === 0))
      .map((student) => studentTree(student, course, common, links)),
    findings: index === 0 ? judged.findings : [],
  }));
}

/** What everybody has in common of a module: made once, for thousands of students. */
interface Common {
  place: Place;
  fields: ModuleFields;
}

function commonOf(
  { sections, codigoModulo, activities }: GradedModule,
  course: Course,
  links: MoodleLinks,
): Common {
  const section = sections[0];
  const url = section && links.section(section.id);
  const name = section?.name ? `sección «${oneLanguage(section.name)}»` : `módulo ${codigoModulo}`;
  return {
    place: { text: `Moodle, curso «${course.shortname}», ${name}`, ...(url !== undefined && { url }) },
    fields: {
      codigoModulo,
      ...countByKind(activities),
      listaActividades: activities.map(({ codigoActividad }) => ({ codigoActividad })),
    },
  };
}

function studentTree(
  student: JudgedStudent,
  course: Course,
  common: Common[],
  links: MoodleLinks,
): StudentTree {
  const { account } = student.person.leading;
  const url = links.profile(account.id, course.id);
  const modulos = student.modules.map((own, index) =>
    moduloOf(own, student.dates, (common[index] as Common).fields),
  );
  const field = student.person.identity.field ?? 'Número de ID';
  return {
    alumno: alumnoOf(student, student.person.identity, student.dates, modulos),
    name: `${account.firstname} ${account.lastname}`.trim(),
    place: {
      text: `Moodle, perfil de ${accountName(account)}`,
      columns: { rutAlumno: field, dvAlumno: field },
      ...(url !== undefined && { url }),
    },
    modulePlaces: common.map(({ place }) => place),
    held: student.held,
    findings: student.findings,
  };
}
