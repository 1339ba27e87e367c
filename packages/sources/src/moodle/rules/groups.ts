import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection } from '../../source.ts';
import type { Course, CourseSnapshot, Group } from '../site.ts';
import { failure, warning } from './findings.ts';
import type { MoodleLinks } from './links.ts';
import { listed, sameText } from './text.ts';

/** One section of SENCE: who is reported under which codigoGrupo. */
export interface SenceGroup {
  codigoGrupo: string;
  codigoOferta: string;
  /** Null: everybody in the course. */
  group: Group | null;
}

export interface SenceGroups {
  groups: SenceGroup[];
  /** Entries of puente.yaml whose group the course has not (any more). */
  missing: { selection: CourseSelection; issue: Issue }[];
  findings: Issue[];
}

/**
 * The SENCE groups of a course: those mapped in puente.yaml; else those of a grouping whose name says SENCE; else
 * those whose name begins with the course's code. A lone `codigoGrupo` is everybody's; a course without any group
 * uses its own code.
 */
export function senceGroups(
  { course, groups, groupings }: Pick<CourseSnapshot, 'course' | 'groups' | 'groupings'>,
  selections: CourseSelection[],
  links: MoodleLinks,
): SenceGroups {
  const codigoOferta =
    selections.find((selection) => selection.codigoOferta)?.codigoOferta ?? course.shortname.trim();
  const mapped = selections.filter((selection) => selection.grupo || selection.codigoGrupo);
  if (mapped.length > 0) return mappedGroups(course, groups, mapped, codigoOferta, links);
  if (groups.length === 0)
    return { groups: [{ codigoGrupo: codigoOferta, codigoOferta, group: null }], missing: [], findings: [] };

  const grouped = groupings
    .filter(({ name }) => /sence/i.test(name))
    .flatMap(({ groupIds }) => [...groupIds]);
  const named = groups.filter(({ id }) => grouped.includes(id));
  const found =
    named.length > 0
      ? named
      : groups.filter(({ name }) => name.trim().toLowerCase().startsWith(codigoOferta.toLowerCase()));
  return {
    groups: found.map((group) => ({ codigoGrupo: group.name.trim(), codigoOferta, group })),
    missing: [],
    findings: found.length > 0 ? [] : [noSenceGroup(course, groups, links)],
  };
}

function mappedGroups(
  course: Course,
  groups: Group[],
  mapped: CourseSelection[],
  fallback: string,
  links: MoodleLinks,
): SenceGroups {
  const found: SenceGroup[] = [];
  const missing: SenceGroups['missing'] = [];
  for (const selection of mapped) {
    const codigoOferta = selection.codigoOferta ?? fallback;
    const codigoGrupo = selection.codigoGrupo ?? selection.grupo ?? '';
    // Several codes for one course and no `grupo`: each code is then the name of its own group.
    const wanted = selection.grupo ?? (mapped.length > 1 ? codigoGrupo : undefined);
    const group = wanted === undefined ? null : groups.find((one) => isGroup(one, wanted));
    if (group !== undefined) found.push({ codigoGrupo, codigoOferta, group });
    else missing.push({ selection, issue: noSuchGroup(course, groups, wanted ?? '', links) });
  }
  return { groups: found, missing, findings: [] };
}

function noSuchGroup(course: Course, groups: Group[], wanted: string, links: MoodleLinks): Issue {
  return failure({
    message: `El curso «${course.shortname}» no tiene en Moodle el grupo «${wanted}» que nombra puente.yaml${groups.length > 0 ? `; tiene ${listed(groups.map(({ name }) => name))}` : '; no tiene ningún grupo'}.`,
    fix: 'Corrija `grupo` en puente.yaml con el nombre exacto del grupo de Moodle, o cree el grupo en el curso (Participantes → Grupos).',
    ...placeOf(links.groups(course.id)),
  });
}

function isGroup({ id, name, idnumber }: Group, wanted: string): boolean {
  return sameText(name, wanted) || String(id) === wanted.trim() || (idnumber !== '' && idnumber === wanted);
}

function noSenceGroup(course: Course, groups: Group[], links: MoodleLinks): Issue {
  return warning({
    message: `No se sabe cuáles de los grupos del curso «${course.shortname}» (${listed(groups.map(({ name }) => name))}) son secciones SENCE: ninguno empieza con el código del curso ni está en una agrupación que diga SENCE.`,
    fix: 'En Moodle ponga esos grupos en una agrupación llamada «Secciones SENCE» (Participantes → Agrupaciones), o escriba `grupo` y `codigoGrupo` del curso en puente.yaml.',
    ...placeOf(links.groups(course.id)),
  });
}

function placeOf(url: string | undefined): { place?: string } {
  return url === undefined ? {} : { place: url };
}
