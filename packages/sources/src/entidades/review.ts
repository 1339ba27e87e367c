import type { Issue } from '@puente-sic/protocol';
import { type Diagnosis, WEIGHTS, type Weight } from '../moodle/doctor/diagnosis.ts';
import { failure, warning } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import { CONTRACT, REQUIRED } from './contract.ts';
import { figureFindings, peopleFindings, whyNotGiven } from './course-issues.ts';
import type { JudgedEntities } from './judge.ts';
import type { EntitySite } from './read.ts';
import type { EntitySurvey } from './survey.ts';

/** A source by entities as somebody looks at it before the first send. */
export interface EntityReview {
  entities: EntitySurvey[];
  /** How much each course has. */
  courses: ReviewedCourse[];
  /** What would cost money, heaviest first. Names students in full: for the screen, never a log. */
  diagnoses: Diagnosis[];
}

export interface ReviewedCourse {
  curso: string;
  nombre: string | null;
  /** People who would be reported. */
  alumnos: number;
  /** With a code. */
  modulos: number;
  actividades: number;
}

/** What is wrong with the entities themselves; while anything is, nothing that they say can be judged. */
export function entityTroubles(entities: readonly EntitySurvey[]): Diagnosis[] {
  return entities.flatMap(({ entity, place, trouble }): Diagnosis[] => {
    if (trouble) return [of('blocks', null, failure({ message: trouble.message, fix: trouble.fix }))];
    if (place !== null || !REQUIRED.includes(entity)) return [];
    return [
      of(
        'blocks',
        null,
        failure({
          message: `Falta la entidad «${entity}» (${CONTRACT[entity].about}).`,
          fix: 'Agréguela a las consultas o a la carpeta; docs/entidades.md dice qué columnas lleva.',
        }),
      ),
    ];
  });
}

/** What would be said of the courses at night, by what it costs. `asked`: puente.yaml names them. */
export function courseDiagnoses(
  judged: readonly JudgedEntities[],
  site: EntitySite,
  asked: boolean,
): Diagnosis[] {
  const none = judged.filter(
    ({ modules, codigoOferta }) => !asked && modules.length === 0 && codigoOferta === null,
  );
  const all = [
    ...site.findings.map((issue) => of('figures', null, issue)),
    ...judged.filter((one) => !none.includes(one)).flatMap((one) => diagnosesOf(one, site)),
    ...(none.length > 0 ? [of('advice', null, notSence(none))] : []),
  ];
  return all.sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

export function reviewedCourse({ course, modules, students }: JudgedEntities): ReviewedCourse {
  return {
    curso: course.id,
    nombre: course.nombre,
    alumnos: students.length,
    modulos: modules.length,
    actividades: course.activities.size,
  };
}

function diagnosesOf(judged: JudgedEntities, site: EntitySite): Diagnosis[] {
  const { course, missingGroups, students } = judged;
  const told = (weight: Weight, issues: readonly Issue[]) =>
    issues.map((issue) => of(weight, course.nombre ?? course.id, issue));
  return [
    ...told('blocks', [
      ...missingGroups.map(({ issue }) => issue),
      ...(whyNotGiven(judged, site)?.issues ?? []),
    ]),
    ...told('blocks', students.length === 0 ? [nobody(judged)] : []),
    ...told(
      'students',
      students.flatMap(({ held, heldModules }) => [...held, ...heldModules]),
    ),
    ...told('figures', [...figureFindings(judged), ...students.flatMap(({ findings }) => findings)]),
    ...told('advice', peopleFindings(judged)),
  ];
}

function nobody({ course }: JudgedEntities): Issue {
  return failure({
    message: `En el curso «${course.id}» no hay ninguna persona activa que informar.`,
    fix: 'Revise que «alumnos» las traiga, con `activo` en sí y con el mismo identificador de curso.',
  });
}

function notSence(none: readonly JudgedEntities[]): Issue {
  return warning({
    message: `${none.length === 1 ? 'Un curso no tiene' : `${none.length} cursos no tienen`} código de oferta ni códigos de módulo, y no se leerían: ${listed(none.map(({ course }) => course.nombre ?? course.id))}.`,
    fix: 'Si alguno es de SENCE, escríbalo en `cursos` de puente.yaml con sus códigos.',
  });
}

function of(weight: Weight, course: string | null, issue: Issue): Diagnosis {
  return { weight, course, issue };
}
