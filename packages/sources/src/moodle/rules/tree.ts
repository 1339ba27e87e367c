import type { Alumno, Draft, Modulo } from '@puente-sic/protocol';
import type { CourseTree, Judging, Place, StudentTree } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';
import type { Course } from '../site.ts';
import { countByKind } from './activities.ts';
import { courseDates } from './dates.ts';
import type { SenceGroup } from './groups.ts';
import type { GradedModule, JudgedCourse, JudgedModule, JudgedStudent } from './judge.ts';
import type { MoodleLinks } from './links.ts';
import { moduleTreesOf } from './module-trees.ts';
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

function judgingOf({ avanceAprobacion, notaAprobacion, minutosEntreClics, exigencia }: MoodleRules): Judging {
  return { avanceAprobacion, notaAprobacion, minutosEntreClics, exigencia: exigencia ?? null };
}

/** What everybody has in common of a module: made once, for thousands of students. */
interface Common {
  place: Place;
  fields: Pick<Modulo, 'listaActividades'> & ReturnType<typeof countByKind>;
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
  const field = student.person.identity.field ?? 'Número de ID';
  return {
    alumno: alumnoOf(student, common),
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

/** Field by field and without spreads: sites have tens of thousands of these. */
function alumnoOf(
  { person, seconds, estado, progress, dates, mark, modules }: JudgedStudent,
  common: Common[],
): Draft<Alumno> {
  const alumno: Draft<Alumno> = rutFields(person.identity);
  if (seconds !== null) alumno.tiempoConectividad = seconds;
  alumno.estado = estado;
  alumno.porcentajeAvance = progress.porcentajeAvance;
  if (dates.fechaInicio !== undefined) alumno.fechaInicio = dates.fechaInicio;
  if (dates.fechaFin !== undefined) alumno.fechaFin = dates.fechaFin;
  if (mark) alumno.evaluacionFinal = mark.sent;
  alumno.listaModulos = modules.map((own, index) => moduloOf(own, dates, common[index] as Common));
  return alumno;
}

function moduloOf(
  { module, seconds, progress, estado, mark }: JudgedModule,
  dates: JudgedStudent['dates'],
  { fields }: Common,
): Draft<Modulo> {
  const modulo: Draft<Modulo> = { codigoModulo: module.codigoModulo };
  if (seconds !== null) modulo.tiempoConectividad = seconds;
  modulo.porcentajeAvance = progress.porcentajeAvance;
  modulo.estado = estado;
  if (dates.fechaInicio !== undefined) modulo.fechaInicio = dates.fechaInicio;
  if (dates.fechaFin !== undefined) modulo.fechaFin = dates.fechaFin;
  if (mark) modulo.notaModulo = mark.sent;
  modulo.cantActividadSincronica = fields.cantActividadSincronica;
  modulo.cantActividadAsincronica = fields.cantActividadAsincronica;
  modulo.listaActividades = fields.listaActividades;
  return modulo;
}

/** A RUT that cannot be read goes as it is written: saying what is wrong with it is preflight's. */
function rutFields({ rut, faulty }: Identity): Draft<Alumno> {
  if (rut) return { rutAlumno: rut.numero, dvAlumno: rut.dv };
  const parts = /^(.*)-(.*)$/.exec(faulty?.trim() ?? '');
  if (parts) return { rutAlumno: numberOr(parts[1] ?? ''), dvAlumno: parts[2] ?? '' };
  return faulty === null ? {} : { rutAlumno: faulty.trim() };
}

function numberOr(text: string): number | string {
  const bare = text.replace(/[.\s]/g, '');
  return /^\d{1,9}$/.test(bare) ? Number(bare) : text;
}
