import { type Issue, santiagoDateTime } from '@puente-sic/protocol';
import { ADVANCED, TOO_SHORT } from '../archivo/decide/time-unit.ts';
import { type FindingWords, failure, warning } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import type { NotGiven } from '../source.ts';
import { codeWords } from './codes.ts';
import type { JudgedEntities } from './judge.ts';
import type { EntitySite } from './read.ts';
import type { CourseData, Orphan } from './site.ts';
import { studentName } from './student-issues.ts';

type Against = Pick<NotGiven, 'cause' | 'issues'>;

/** What keeps a whole course from being sent: one fault, told once, not once per student; null: nothing does. */
export function whyNotGiven(
  judged: JudgedEntities,
  site: Pick<EntitySite, 'given' | 'anyClick'>,
): Against | null {
  const { course, codigoOferta, modules, students, groups, dates } = judged;
  const [fault, ...faults] = course.faults.issues;
  if (fault) {
    const more = course.faults.more;
    return { cause: 'unreadable', issues: [fault, ...faults, ...(more > 0 ? [andMore(course, more)] : [])] };
  }
  if (codigoOferta === null) return { cause: 'no-codes', issues: [failure(noOferta(course))] };
  if (modules.length === 0) return { cause: 'no-codes', issues: [failure(noModules(course))] };
  if (groups.length === 0) return { cause: 'group-missing', issues: [failure(noGroups(course))] };
  const data = dataTrouble(course, site) ?? fractions(course);
  if (data) return { cause: 'withheld', issues: [failure(data)] };
  const field = (['fechaInicio', 'fechaFin'] as const).find((name) => dates[name] === undefined);
  if (field && students.length > 0 && students.every((student) => student.dates[field] === undefined))
    return { cause: 'withheld', issues: [failure(noDates(course, field))] };
  return null;
}

/** What is to be said of a course that is given. */
export function courseFindings(judged: JudgedEntities): Issue[] {
  return [...figureFindings(judged), ...peopleFindings(judged)];
}

/** What makes figures lower than what was done. */
export function figureFindings(judged: JudgedEntities): Issue[] {
  return [
    ...structureWords(judged),
    ...timeWords(judged),
    ...shortTimes(judged),
    ...orphanWords(judged.course),
    ...codeWords(judged),
  ].map(warning);
}

/** Who is left out because the LMS says so. */
export function peopleFindings(judged: JudgedEntities): Issue[] {
  return peopleWords(judged).map(warning);
}

/** Progress and time have to come from somewhere, and from one place. */
function dataTrouble(
  course: CourseData,
  { given, anyClick }: Pick<EntitySite, 'given' | 'anyClick'>,
): FindingWords | null {
  const { id, has } = course;
  const both = (one: string, other: string) => ({
    message: `El curso «${id}» tiene filas en «${one}» y en «${other}»: no se sabe cuál de las dos vale.`,
    fix: `Entregue para cada curso solo una de las dos; docs/entidades.md dice cuándo va cada una.`,
  });
  if (has.has('avances') && has.has('porcentajes')) return both('avances', 'porcentajes');
  if (has.has('clics') && has.has('tiempos')) return both('clics', 'tiempos');
  const isTold = given.has('porcentajes') || (given.has('actividades') && given.has('avances'));
  if (!isTold)
    return {
      message: `No se conoce el avance de nadie en el curso «${id}»: faltan «actividades» y «avances», o «porcentajes».`,
      fix: 'Agregue «actividades» y «avances» (quién completó qué); o, si el LMS solo da una cifra, «porcentajes».',
    };
  if (given.has('tiempos')) return null;
  if (given.has('clics') && anyClick) return has.has('clics') || !isBegun(course) ? null : noClicks(id);
  return {
    code: '021',
    message: given.has('clics')
      ? `«clics» no trae ninguna fila: no se conoce el tiempo de conexión de nadie en el curso «${id}», y no se informa un 0 que no es cierto.`
      : `No se conoce el tiempo de conexión de nadie en el curso «${id}»: faltan «clics» o «tiempos».`,
    fix: 'Agregue «clics» (cuándo abrió cada página); o, si el LMS mide el tiempo, «tiempos». Una duración estimada no sirve.',
  };
}

/** Somebody has completed something, or stands above 0 %; where a row could not be read, it may have been a click. */
function isBegun({ students }: CourseData): boolean {
  const all = [...students.values()];
  if (all.some(({ faults }) => !faults.isEmpty)) return false;
  return all.some(
    ({ completions, percentages }) =>
      completions.size > 0 || [...percentages.values()].some((one) => one > 0),
  );
}

/** Nobody completes anything without having opened it: the clicks of this course do not come. */
function noClicks(id: string): FindingWords {
  return {
    code: '021',
    message: `En el curso «${id}» hay avance y ningún clic: no se conoce el tiempo de conexión de nadie, y no se informa un 0 que no es cierto.`,
    fix: 'Revise que el LMS registre los clics de ese curso y que lleguen. Si de verdad nadie ha entrado, entregue «tiempos» con 0 segundos por persona en lugar de «clics».',
  };
}

/** `0,85` for 85 %: a whole column up to 1 that has parts of it. */
function fractions({ id, students }: CourseData): FindingWords | null {
  const all = [...students.values()].flatMap(({ percentages }) => [...percentages.values()]);
  const part = all.find((value) => value > 0 && value < 1);
  if (part === undefined || all.some((value) => value > 1)) return null;
  return {
    code: '022',
    message: `No se sabe si los avances del curso «${id}» son porcentajes: «porcentajes» no pasa de 1 y trae valores como ${figure(part)}, que puede ser ${figure(part)} % o ${figure(Math.round(part * 1000) / 10)} %.`,
    fix: 'Entréguelos de 0 a 100, sin decimales: multiplicados por 100 si son partes de 1, redondeados si ya son porcentajes.',
  };
}

/** Hardly anybody comes far in less than five minutes; the contract says seconds, so that they are sent and told. */
function shortTimes({ course, students, basis }: JudgedEntities): FindingWords[] {
  if (basis.time !== 'seconds') return [];
  const longest = Math.max(
    0,
    ...[...course.students.values()].map(({ seconds }) => Math.max(0, ...seconds.values())),
  );
  const far = students.find(
    ({ figures }) => figures.progress.porcentajeAvance >= ADVANCED && (figures.seconds ?? 0) > 0,
  );
  if (far === undefined || longest === 0 || longest >= TOO_SHORT) return [];
  return [
    {
      message: `Los tiempos del curso «${course.id}» no pasan de ${figure(longest)} segundos, y hay avances de ${figure(far.figures.progress.porcentajeAvance)} %: puede que el LMS los dé en minutos. Van como segundos.`,
      fix: 'Si son minutos, entregue en «segundos» los minutos multiplicados por 60 (las horas, por 3600). Si de verdad son segundos, no hay nada que hacer.',
    },
  ];
}

function structureWords({ course, modules, uncoded, basis, odd }: JudgedEntities): FindingWords[] {
  const words: FindingWords[] = [];
  const occupied = new Set([...course.activities.values()].map(({ modulo }) => modulo));
  const told = uncoded.filter(({ id }) => occupied.has(id));
  if (told.length > 0)
    words.push({
      message: `En el curso «${course.id}» hay módulos con actividades y sin código: ${listed(told.map(({ nombre, id }) => nombre ?? id))}. No se informan como módulo; sus actividades obligatorias sí cuentan en el avance del curso.`,
      fix: 'Si alguno es un módulo de SENCE, escriba su código en «codigoModulo», al final de su nombre después de una barra, o en `modulos` de puente.yaml. Si no lo es, no hay nada que hacer.',
    });
  if (basis.progress === 'activities')
    for (const { codigoModulo, activities } of modules)
      if (!activities.some(({ required }) => required))
        words.push({
          message: `El módulo ${codigoModulo} del curso «${course.id}» no tiene actividades obligatorias: va con 0 % y como cursando (estado 1).`,
          fix: 'Revise que «actividades» traiga las de ese módulo.',
          scope: 'modulo',
          codigoModulo,
        });
  if (odd)
    words.push({
      message: `Las notas del curso «${course.id}» van de ${figure(odd.least)} a ${figure(odd.most)} sobre 100, también las de quien completó todo: parecen notas de 1,0 a 7,0. No se envían.`,
      fix: 'Entregue las notas como porcentaje, de 0 a 100.',
    });
  return words;
}

function peopleWords({ course, others }: JudgedEntities): FindingWords[] {
  const reasons = new Map<string, string[]>();
  for (const { student, why } of others)
    reasons.set(why, [...(reasons.get(why) ?? []), studentName(student)]);
  return [...reasons].map(([why, names]) => ({
    message: `En el curso «${course.id}» no se informa a ${listed(names)}: ${why}.`,
    fix: 'Si deben informarse, corríjalo en el LMS. Si no, no hay nada que hacer.',
  }));
}

function timeWords({ course, basis, modules, at }: JudgedEntities): FindingWords[] {
  const students = [...course.students.values()];
  const words: FindingWords[] = [];
  const totalAlone = students.some(({ seconds }) => seconds.size === 1 && seconds.has(''));
  if (basis.time === 'seconds' && modules.length > 1 && totalAlone)
    words.push({
      message: `Del curso «${course.id}» solo se conoce el tiempo total de algunas personas: sus módulos van con 0 segundos.`,
      fix: 'Si el LMS lo sabe, entregue en «tiempos» también una fila por módulo, o «clics».',
    });
  const limit = at.getTime() / 1000 + 86_400;
  const ahead = students.filter(({ clicks }) => clicks.count > 0 && clicks.time(clicks.count - 1) > limit);
  if (ahead.length > 0)
    words.push({
      message: `En el curso «${course.id}» hay clics de después del ${santiagoDateTime(at)}, de ${listed(ahead.map(studentName))}: todavía no cuentan.`,
      fix: 'Si se pidió un momento pasado, no hay nada que hacer. Si no, revise el reloj del servidor o `zonaHoraria`.',
    });
  return words;
}

/** What a row of each kind named that is not there, and what comes of it. */
export const ORPHANS: Record<Orphan, [string, string]> = {
  'actividad sin módulo': ['actividades de módulos que no están', 'cuentan en el curso y en ningún módulo'],
  'avance sin alumno': ['avances de personas que no están en «alumnos»', 'no se leen'],
  'avance sin actividad': ['avances de actividades que no están en «actividades»', 'no cuentan'],
  'porcentaje sin alumno': ['porcentajes de personas que no están en «alumnos»', 'no se leen'],
  'porcentaje sin módulo': ['porcentajes de módulos que no están en «modulos»', 'no se leen'],
  'nota sin alumno': ['notas de personas que no están en «alumnos»', 'no se leen'],
  'nota sin módulo': ['notas de módulos que no están en «modulos»', 'no se leen'],
  'clic sin alumno': ['clics de personas que no están en «alumnos»', 'no se leen'],
  'clic sin módulo': ['clics en módulos que no están en «modulos»', 'cuentan en el curso y en ningún módulo'],
  'tiempo sin alumno': ['tiempos de personas que no están en «alumnos»', 'no se leen'],
  'tiempo sin módulo': ['tiempos de módulos que no están en «modulos»', 'no se leen'],
};

function orphanWords({ id, orphans }: CourseData): FindingWords[] {
  return [...orphans].map(([kind, names]) => {
    const [what, outcome] = ORPHANS[kind];
    return {
      message: `En el curso «${id}» hay ${what} (${listed([...names])}): ${outcome}.`,
      fix: 'Revise que los identificadores sean los mismos en todas las entidades. Si se borraron en el LMS, no hay nada que hacer.',
    };
  });
}

function noOferta({ id }: CourseData): FindingWords {
  return {
    message: `El curso «${id}» no dice su código de oferta: «cursos» no lo trae y puente.yaml tampoco.`,
    fix: 'Escriba `codigoOferta` del curso en puente.yaml, o entréguelo en «cursos».',
  };
}

function noModules({ id }: CourseData): FindingWords {
  return {
    message: `En el curso «${id}» ningún módulo tiene código.`,
    fix: 'Escriba el código de cada módulo en «codigoModulo», al final de su nombre después de una barra, o en `modulos` de puente.yaml.',
  };
}

function noGroups({ id }: CourseData): FindingWords {
  return {
    message: `En el curso «${id}» no se reconoce ningún grupo de SENCE.`,
    fix: 'Escriba `codigoGrupo` del curso en puente.yaml, o la columna «grupo» de «alumnos».',
  };
}

function noDates({ id }: CourseData, field: 'fechaInicio' | 'fechaFin'): FindingWords {
  return {
    code: field === 'fechaInicio' ? '026' : '027',
    message: `En el curso «${id}» nadie tiene ${field}: no la traen ni «alumnos» ni «cursos» ni puente.yaml.`,
    fix: `Escriba \`${field === 'fechaInicio' ? 'inicio' : 'fin'}\` del curso en puente.yaml, como 2026-03-09.`,
  };
}

function andMore({ id }: CourseData, more: number): Issue {
  return failure({
    message: `Y hay ${more} ${more === 1 ? 'fila' : 'filas'} más del curso «${id}» que no se pueden leer.`,
    fix: 'Corrija primero las que se muestran: suelen tener la misma causa.',
  });
}

function figure(value: number): string {
  return String(value).replace('.', ',');
}
