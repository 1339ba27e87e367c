import type { Issue } from '@puente-sic/protocol';
import { tidyCode } from '../rules/code-text.ts';
import { failure } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import type { CourseSelection } from '../source.ts';
import type { CourseData, StudentData } from './site.ts';

/** Who of a course is reported under which codigoGrupo. */
export interface EntityGroup {
  codigoOferta: string;
  codigoGrupo: string;
  has(student: StudentData): boolean;
}

export interface EntityGroups {
  groups: EntityGroup[];
  /** Entries of puente.yaml whose group the course has not. */
  missing: { selection: CourseSelection; issue: Issue }[];
}

/**
 * The groups of a course: those of puente.yaml, else those that its students name; who names none is in the course's
 * own, where `cursos` has a codigoGrupo or nobody names any.
 */
export function groupsOf(
  course: CourseData,
  selections: readonly CourseSelection[],
  codigoOferta: string,
): EntityGroups {
  const mapped = selections.filter(
    ({ grupo, codigoGrupo }) => grupo !== undefined || codigoGrupo !== undefined,
  );
  if (mapped.length > 0) return mappedGroups(course, selections, mapped, codigoOferta);
  const named = namesOf(course);
  const rest = course.codigoGrupo ?? (named.length === 0 ? codigoOferta : null);
  const codes = [...named, ...(rest === null || named.some((name) => same(name, rest)) ? [] : [rest])];
  return {
    groups: codes.map((codigoGrupo) => ({
      codigoOferta,
      codigoGrupo,
      has: ({ grupos }) =>
        grupos.length === 0
          ? rest !== null && same(codigoGrupo, rest)
          : grupos.some((own) => same(own, codigoGrupo)),
    })),
    missing: [],
  };
}

function mappedGroups(
  course: CourseData,
  selections: readonly CourseSelection[],
  mapped: readonly CourseSelection[],
  fallback: string,
): EntityGroups {
  const groups: EntityGroup[] = [];
  const missing: EntityGroups['missing'] = [];
  const names = namesOf(course);
  for (const selection of mapped) {
    const codigoOferta = selection.codigoOferta ?? fallback;
    const codigoGrupo = selection.codigoGrupo ?? selection.grupo ?? '';
    // Several codes for one course and no `grupo`: each code is then the name of its own group.
    const wanted = selection.grupo ?? (mapped.length > 1 ? codigoGrupo : undefined);
    if (wanted === undefined) groups.push({ codigoOferta, codigoGrupo, has: () => true });
    else if (names.some((name) => same(name, wanted)))
      groups.push({
        codigoOferta,
        codigoGrupo,
        has: ({ grupos }) => grupos.some((name) => same(name, wanted)),
      });
    else missing.push({ selection, issue: noSuchGroup(course, names, wanted) });
  }
  for (const selection of selections)
    if (!mapped.includes(selection)) missing.push({ selection, issue: noGroupNamed(course) });
  return { groups, missing };
}

function namesOf({ students }: CourseData): string[] {
  const names = [...students.values()].flatMap(({ grupos }) => grupos);
  return names.filter((name, at) => names.findIndex((other) => same(other, name)) === at);
}

function same(one: string, other: string): boolean {
  return tidyCode(one).toLocaleLowerCase('es') === tidyCode(other).toLocaleLowerCase('es');
}

function noSuchGroup({ id }: CourseData, names: string[], wanted: string): Issue {
  return failure({
    message: `En el curso «${id}» nadie está en el grupo «${wanted}» que nombra puente.yaml; ${names.length > 0 ? `«alumnos» trae ${listed(names)}` : '«alumnos» no trae ningún grupo'}.`,
    fix: 'Corrija `grupo` en puente.yaml con lo que trae la columna «grupo» de «alumnos»; o, si todo el curso es un solo grupo, deje solo `codigoGrupo`.',
  });
}

function noGroupNamed({ id }: CourseData): Issue {
  return failure({
    message: `El curso «${id}» está varias veces en \`cursos\` de puente.yaml, y una de ellas no dice qué grupo es.`,
    fix: 'Escriba en cada entrada del curso su `grupo` o su `codigoGrupo`, o quite la que sobra.',
  });
}
