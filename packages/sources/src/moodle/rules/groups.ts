import type { Issue } from '@puente-sic/protocol';
import { tidyCode } from '../../rules/code-text.ts';
import { failure, warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { CourseSelection } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';
import type { Course, CourseSnapshot, Group } from '../site.ts';
import type { MoodleLinks } from './links.ts';
import { sameText } from './text.ts';

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
 * uses its own code. Entries that name no group say nothing beside others that do. An exempt group is nobody's section unless
 * puente.yaml maps it.
 */
export function senceGroups(
  { course, groups, groupings }: Pick<CourseSnapshot, 'course' | 'groups' | 'groupings'>,
  selections: CourseSelection[],
  links: MoodleLinks,
  rules: Pick<MoodleRules, 'gruposExentos'> = {},
): SenceGroups {
  const codigoOferta =
    selections.find((selection) => selection.codigoOferta)?.codigoOferta ?? tidyCode(course.shortname);
  const mapped = selections.filter((selection) => selection.grupo || selection.codigoGrupo);
  if (mapped.length > 0) {
    const sence = mappedGroups(course, groups, mapped, codigoOferta, links);
    const unnamed = selections.filter((selection) => !mapped.includes(selection));
    const untold = unnamed.map((selection) => ({ selection, issue: noGroupNamed(course) }));
    return { ...sence, missing: [...sence.missing, ...untold] };
  }
  const open = groups.filter((group) => !isExemptGroup(group, rules));
  if (open.length === 0)
    return { groups: [{ codigoGrupo: codigoOferta, codigoOferta, group: null }], missing: [], findings: [] };

  const grouped = groupings
    .filter(({ name }) => /sence/i.test(name))
    .flatMap(({ groupIds }) => [...groupIds]);
  const named = open.filter(({ id }) => grouped.includes(id));
  const found =
    named.length > 0
      ? named
      : open.filter(({ name }) => tidyCode(name).toLowerCase().startsWith(codigoOferta.toLowerCase()));
  const names = found.filter((one, at) => found.findIndex((other) => isSameCode(other, one)) === at);
  return {
    groups: names.map((first) => ({
      codigoGrupo: codeOfGroup(first.name, codigoOferta),
      codigoOferta,
      group: together(found.filter((other) => isSameCode(other, first))) ?? first,
    })),
    missing: [],
    findings: found.length > 0 ? sameNamed(course, found, links) : [noSenceGroup(course, open, links)],
  };
}

/** A group's name as a code: small letters where the course's own code, of the same shape, has capitals are slips. */
function codeOfGroup(name: string, codigoOferta: string): string {
  const code = tidyCode(name);
  const upper = code.toUpperCase();
  const isAlike = upper.startsWith(codigoOferta) || shapeOf(upper) === shapeOf(codigoOferta);
  return isAlike && !code.includes(' ') ? upper : code;
}

/** `CAP-0-0-0`: a code without its figures. */
function shapeOf(code: string): string {
  return code.replace(/\d+/g, '0');
}

function isSameCode(one: Group, other: Group): boolean {
  return sameText(tidyCode(one.name), tidyCode(other.name));
}

/** Groups of one name are one section of SENCE, whose code the name is: everybody's of all of them. */
function together([first, ...others]: Group[]): Group | undefined {
  if (first === undefined || others.length === 0) return first;
  return { ...first, members: new Set([first, ...others].flatMap(({ members }) => [...members])) };
}

function sameNamed(course: Course, groups: Group[], links: MoodleLinks): Issue[] {
  const twice = groups.filter((one, at) => groups.findIndex((other) => isSameCode(other, one)) < at);
  if (twice.length === 0) return [];
  return [
    warning({
      message: `El curso «${course.shortname}» tiene más de un grupo con el mismo nombre (${listed(twice.map(({ name, members }) => `${name.trim()}, con ${members.size} más`))}): se informan juntos, como una sola sección.`,
      fix: 'Si son la misma sección, déjelos en un solo grupo. Si no, cambie el nombre de uno, o escriba `grupo` con su id y `codigoGrupo` en puente.yaml.',
      ...placeOf(links.groups(course.id)),
    }),
  ];
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
    const group = wanted === undefined ? null : together(groups.filter((one) => isGroup(one, wanted)));
    if (group !== undefined) found.push({ codigoGrupo, codigoOferta, group });
    else missing.push({ selection, issue: noSuchGroup(course, groups, wanted ?? '', links) });
  }
  const taken = groups.filter(({ name }) => found.some(({ group }) => group && sameText(group.name, name)));
  return { groups: found, missing, findings: sameNamed(course, taken, links) };
}

function noSuchGroup(course: Course, groups: Group[], wanted: string, links: MoodleLinks): Issue {
  return failure({
    message: `El curso «${course.shortname}» no tiene en Moodle el grupo «${wanted}» que nombra puente.yaml${groups.length > 0 ? `; tiene ${listed(groups.map(({ name }) => name))}` : '; no tiene ningún grupo'}.`,
    fix: 'Corrija `grupo` en puente.yaml con el nombre exacto del grupo de Moodle, o cree el grupo en el curso (Participantes → Grupos).',
    ...placeOf(links.groups(course.id)),
  });
}

function noGroupNamed(course: Course): Issue {
  return failure({
    message: `El curso «${course.shortname}» está varias veces en \`cursos\` de puente.yaml, y una de ellas no dice qué grupo es.`,
    fix: 'Escriba en cada entrada del curso su `grupo` o su `codigoGrupo`, o quite la que sobra.',
  });
}

/** Whether a group is one of those whose members are not reported. */
export function isExemptGroup(
  group: Group,
  { gruposExentos = [] }: Pick<MoodleRules, 'gruposExentos'>,
): boolean {
  return gruposExentos.some((wanted) => isGroup(group, wanted));
}

/** Whether a group is the one that puente.yaml names, by name, id or id number. */
export function isGroup({ id, name, idnumber }: Group, wanted: string): boolean {
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
