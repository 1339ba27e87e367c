import type { Issue } from '@puente-sic/protocol';
import { alumnoOf, judgingOf, moduloOf } from '../rules/body.ts';
import { type Choice, notGivenOf } from '../rules/choice.ts';
import { failure, warning } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import type { CourseTree, NotGiven, Reading, StudentTree } from '../source.ts';
import { courseFindings, whyNotGiven } from './course-issues.ts';
import { type EntityRules, type JudgedEntities, type JudgedEntityStudent, judgeEntities } from './judge.ts';
import { countByKind } from './modules.ts';
import type { EntitySite } from './read.ts';
import type { CourseData } from './site.ts';

/** What a source answers: its courses by every rule, as course trees. */
export function readingOf(site: EntitySite, choice: Choice, rules: EntityRules, at: Date): Reading {
  const { notGiven, others } = choice;
  const reading: Reading = {
    ...{ courses: [], notGiven: [...notGiven], findings: [...site.findings], others },
  };
  const uncoded: string[] = [];
  for (const { id } of choice.courses) {
    const course = site.courses.get(id) as CourseData;
    try {
      const given = oneCourse(course, site, choice, { rules, at });
      if (given === 'uncoded') uncoded.push(course.nombre ?? id);
      else {
        reading.courses.push(...given.courses);
        reading.notGiven.push(...given.notGiven);
      }
    } catch (error) {
      // One course's data that breaks our code costs that course; its stack is for the log.
      const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
      reading.notGiven.push(...notGivenOf(choice, id, { cause: 'unreadable', issues: [ours(id)], defect }));
    }
  }
  if (uncoded.length > 0) reading.findings.push(notSence(uncoded));
  return reading;
}

function oneCourse(
  course: CourseData,
  site: EntitySite,
  choice: Choice,
  judging: { rules: EntityRules; at: Date },
): Pick<Reading, 'courses' | 'notGiven'> | 'uncoded' {
  const judged = judgeEntities(course, site, choice.selections.get(course.id) ?? [], judging);
  if (choice.all && course.faults.isEmpty && (judged.codigoOferta === null || judged.modules.length === 0))
    return 'uncoded';
  const missing = judged.missingGroups.map(
    ({ selection, issue }): NotGiven => ({
      curso: selection.curso,
      asked: selection,
      cause: 'group-missing',
      issues: [issue],
    }),
  );
  if (judged.groups.length === 0 && missing.length > 0) return { courses: [], notGiven: missing };
  const against = whyNotGiven(judged, site);
  if (against === null) return { courses: treesOf(judged), notGiven: missing };
  const told = new Set(judged.missingGroups.map(({ selection }) => selection));
  const others = notGivenOf(choice, course.id, against).filter(({ asked }) => !asked || !told.has(asked));
  return { courses: [], notGiven: [...missing, ...others] };
}

/** One tree per group; who is in none is held back and stands in the first. */
function treesOf(judged: JudgedEntities): CourseTree[] {
  const { course, modules, groups, students, rules, dates } = judged;
  const title = course.nombre ?? course.id;
  return groups.map(({ codigoOferta, codigoGrupo }, index) => ({
    id: course.id,
    name: course.id,
    title,
    codigoOferta,
    codigoGrupo,
    ...dates,
    ...countByKind([...course.activities.values()]),
    modules: modules.map(({ codigoModulo, parts, activities }) => ({
      codigoModulo,
      title: parts[0]?.nombre ?? codigoModulo,
      activities: activities.map(({ nombre, required, synchronous }) => ({
        name: nombre,
        type: synchronous ? 'clase en vivo' : 'actividad',
        required,
        synchronous,
      })),
    })),
    judging: judgingOf(rules),
    students: students
      .filter(
        (student) =>
          student.groups.includes(groups[index] as (typeof groups)[number]) ||
          (index === 0 && student.groups.length === 0),
      )
      .map((student) => studentTree(student, judged)),
    findings: index === 0 ? courseFindings(judged) : [],
  }));
}

function studentTree(student: JudgedEntityStudent, { modules }: JudgedEntities): StudentTree {
  const { person, dates, figures, held, heldModules, findings } = student;
  const { leading, identity } = person;
  const given = modules.flatMap((module, index) => {
    const own = figures.modules[index];
    return own ? [{ module, own }] : [];
  });
  const column = identity.field ?? 'rut';
  return {
    alumno: alumnoOf(
      figures,
      identity,
      dates,
      given.map(({ module, own }) => moduloOf(own, dates, module.fields)),
    ),
    ...(leading.nombre !== null && { name: leading.nombre }),
    ...(leading.place !== '' && {
      place: { text: leading.place, columns: { rutAlumno: column, dvAlumno: column } },
    }),
    modulePlaces: given.map(({ module: { parts } }) => ({ text: parts[0]?.place ?? '' })),
    held,
    ...(heldModules.length > 0 && { heldModules }),
    findings,
  };
}

function notSence(names: string[]): Issue {
  return warning({
    message: `${names.length === 1 ? 'No se lee un curso que no tiene' : `No se leen ${names.length} cursos que no tienen`} código de oferta o códigos de módulo: ${listed(names)}.`,
    fix: 'Si alguno es de SENCE, escríbalo en `cursos` de puente.yaml con sus códigos.',
  });
}

function ours(id: string): Issue {
  return failure({
    message: `El curso «${id}» trae algo que Puente no supo leer, y no se informa; los demás cursos siguen.`,
    fix: 'Es un defecto de Puente: envíe a quien lo mantiene las líneas del registro del servicio de esta noche, donde queda el detalle. Se intentará de nuevo.',
  });
}
