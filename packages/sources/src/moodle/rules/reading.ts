import type { Issue } from '@puente-sic/protocol';
import { type Choice, notGivenOf } from '../../rules/choice.ts';
import { failure, warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { CourseSelection, NotGiven, Reading } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';
import type { Course, CourseSnapshot } from '../site.ts';
import { unknownExempt } from './exempt.ts';
import { judgeCourse } from './judge.ts';
import type { JudgedCourse } from './judged.ts';
import type { MoodleLinks } from './links.ts';
import { accountName } from './student-findings.ts';
import { treesOf } from './tree.ts';

/** What a source answers: the snapshots by every rule, as course trees. `untimed`: why a course's time is not known. */
export function readingOf(
  snapshots: CourseSnapshot[],
  choice: Choice,
  rules: MoodleRules,
  links: MoodleLinks,
  untimed: ReadonlyMap<number, Issue[]> = new Map(),
): Reading {
  const { others } = choice;
  const reading: Reading = { courses: [], notGiven: [...choice.notGiven], findings: [], others };
  const uncoded: string[] = [];
  for (const snapshot of snapshots) {
    const { course } = snapshot;
    const given = guarded(snapshot, choice, () =>
      oneCourse(snapshot, choice, rules, links, untimed.get(course.id) ?? []),
    );
    if (given === 'uncoded') uncoded.push(course.shortname);
    else {
      reading.courses.push(...given.courses);
      reading.notGiven.push(...given.notGiven);
    }
  }
  if (uncoded.length > 0)
    reading.findings.push(
      warning({
        message: `${uncoded.length === 1 ? 'No se lee un curso que no tiene' : `No se leen ${uncoded.length} cursos que no tienen`} códigos de módulo en los nombres de sus secciones: ${listed(uncoded)}.`,
        fix: 'Si alguno es de SENCE, agregue en Moodle el código de cada módulo al final del nombre de su sección, o escriba el curso con `modulos` en puente.yaml.',
      }),
    );
  reading.findings.push(...unknownExempt(snapshots, rules));
  return reading;
}

type Given = Pick<Reading, 'courses' | 'notGiven'>;

/**
 * A course whose data breaks our code costs that course, never the others of the site. The defect does not go away
 * by that: its stack is in the answer, for the log. Only judging is guarded, where one course is looked at by itself.
 */
function guarded<T>(snapshot: CourseSnapshot, choice: Choice, judge: () => T | Given): T | Given {
  try {
    return judge();
  } catch (error) {
    const issue = failure({
      message: `El curso «${snapshot.course.shortname}» trae algo que Puente no supo leer, y no se informa; los demás cursos siguen.`,
      fix: 'Es un defecto de Puente: envíe a quien lo mantiene las líneas del registro del servicio de esta noche, donde queda el detalle. Se intentará de nuevo.',
    });
    const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      courses: [],
      notGiven: notGivenOf(choice, snapshot.course.id, { cause: 'unreadable', issues: [issue], defect }),
    };
  }
}

function oneCourse(
  snapshot: CourseSnapshot,
  choice: Choice,
  rules: MoodleRules,
  links: MoodleLinks,
  untimed: Issue[],
): Given | 'uncoded' {
  const { id } = snapshot.course;
  const judged = judgeCourse(snapshot, rules, choice.selections.get(String(id)) ?? [], links);
  if (choice.all && judged.modules.length === 0) return 'uncoded';
  const missing = judged.missingGroups.map(({ selection, issue }) => missingGroup(selection, issue));
  if (judged.groups.length === 0 && missing.length > 0) return { courses: [], notGiven: missing };
  const against = whyNotGiven(judged, links, untimed);
  if (against === null) return { courses: treesOf(judged, links), notGiven: missing };
  const told = new Set(judged.missingGroups.map(({ selection }) => selection));
  const others = notGivenOf(choice, id, against).filter(({ asked }) => !asked || !told.has(asked));
  return { courses: [], notGiven: [...missing, ...others] };
}

/** What keeps a whole course from being sent: one fault, told once, not once per student; null: nothing does. */
function whyNotGiven(judged: JudgedCourse, links: MoodleLinks, untimed: Issue[]): Against | null {
  const { snapshot, modules, groups, students, about } = judged;
  const { course, time } = snapshot;
  const [module, ...ofModules] = about.modules;
  if (modules.length === 0 && module) return { cause: 'no-codes', issues: [asError(module), ...ofModules] };
  const [group, ...ofGroups] = about.groups;
  if (groups.length === 0)
    return group ? { cause: 'group-missing', issues: [asError(group), ...ofGroups] } : null;
  if (students.length === 0) return null;
  if (students.every((student) => student.groups.length === 0))
    return { cause: 'group-missing', issues: [nobodyGrouped(judged, links)] };
  if (time === null) {
    const [why, ...more] = untimed;
    return { cause: 'withheld', issues: why ? [asError(why), ...more] : [emptyLog(course)] };
  }
  const undated = (['fechaInicio', 'fechaFin'] as const).find((field) =>
    students.every(({ dates }) => dates[field] === undefined),
  );
  return undated ? { cause: 'withheld', issues: [noDates(course, undated, links)] } : null;
}

type Against = Pick<NotGiven, 'cause' | 'issues'>;

function asError(issue: Issue): Issue {
  return { ...issue, severity: 'error' };
}

function nobodyGrouped({ snapshot: { course }, groups, students }: JudgedCourse, links: MoodleLinks): Issue {
  const names = students.map(({ person }) => accountName(person.leading.account));
  return failure({
    message: `En el curso «${course.shortname}» nadie está en un grupo SENCE (${listed(groups.map(({ codigoGrupo }) => codigoGrupo))}): quedan sin informar ${listed(names)}.`,
    fix: 'En Moodle agregue a cada persona a su grupo (Participantes → Grupos); o, si todo el curso es un solo grupo, escriba `codigoGrupo` del curso en puente.yaml.',
    ...at(links.groups(course.id)),
  });
}

function emptyLog({ shortname }: Course): Issue {
  return failure({
    code: '021',
    message: `El registro de clics de Moodle está vacío: no se conoce el tiempo de conexión de nadie en el curso «${shortname}», y no se informa un 0 que no es cierto.`,
    fix: 'Pida a quien administra Moodle que revise Administración del sitio → Extensiones → Registro → Gestionar registros: el «Registro estándar» debe estar habilitado. Lo que el sitio registre en otra parte, Puente no lo ve.',
  });
}

function noDates({ id, shortname }: Course, field: 'fechaInicio' | 'fechaFin', links: MoodleLinks): Issue {
  const start = field === 'fechaInicio';
  return failure({
    code: start ? '026' : '027',
    message: `En el curso «${shortname}» nadie tiene ${field}: ni las inscripciones ni el curso tienen en Moodle una fecha de ${start ? 'inicio' : 'término'}.`,
    fix: 'Escriba las fechas de inicio y fin en la configuración del curso en Moodle (Configuración → General).',
    ...at(links.courseSettings(id)),
  });
}

function missingGroup(asked: CourseSelection, issue: Issue): NotGiven {
  return { curso: asked.curso, asked, cause: 'group-missing', issues: [issue] };
}

function at(place: string | undefined): { place?: string } {
  return place === undefined ? {} : { place };
}
