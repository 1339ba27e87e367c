import type { Issue } from '@puente-sic/protocol';
import type { NotGiven, Reading } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot } from '../site.ts';
import type { Choice } from './choice.ts';
import { warning } from './findings.ts';
import { judgeCourse } from './judge.ts';
import type { MoodleLinks } from './links.ts';
import { listed } from './text.ts';
import { treesOf } from './tree.ts';

/** What a source answers: the snapshots by every rule, as course trees. */
export function readingOf(
  snapshots: CourseSnapshot[],
  choice: Choice,
  rules: MoodleRules,
  links: MoodleLinks,
): Reading {
  const reading: Reading = { courses: [], notGiven: [...choice.notGiven], findings: [] };
  const uncoded: string[] = [];
  for (const snapshot of snapshots) {
    const { course } = snapshot;
    const id = String(course.id);
    const judged = judgeCourse(snapshot, rules, choice.selections.get(id) ?? [], links);
    if (choice.all && judged.modules.length === 0) {
      uncoded.push(course.shortname);
      continue;
    }
    for (const { selection, issue } of judged.missingGroups)
      reading.notGiven.push({
        curso: selection.curso,
        asked: selection,
        cause: 'group-missing',
        issues: [issue],
      });
    if (judged.groups.length > 0 || judged.students.length > 0)
      reading.courses.push(...treesOf(judged, links));
    else reading.notGiven.push(...withoutGroups(id, judged.findings, choice));
  }
  if (uncoded.length > 0)
    reading.findings.push(
      warning({
        message: `No se leen ${uncoded.length === 1 ? 'un curso que no tiene' : `${uncoded.length} cursos que no tienen`} códigos de módulo en los nombres de sus secciones: ${listed(uncoded)}.`,
        fix: 'Si alguno es de SENCE, agregue en Moodle el código de cada módulo al final del nombre de su sección, o escriba el curso con `modulos` en puente.yaml.',
      }),
    );
  return reading;
}

/** A course of which neither group nor student could be told, for each entry that asks for it. */
function withoutGroups(id: string, findings: Issue[], { selections }: Choice): NotGiven[] {
  const [first, ...rest] = findings;
  if (first === undefined) return [];
  const why = { cause: 'group-missing' as const, issues: [first, ...rest] satisfies NotGiven['issues'] };
  const asking = selections.get(id);
  return asking
    ? asking.map((asked) => ({ curso: asked.curso, asked, ...why }))
    : [{ curso: id, asked: null, ...why }];
}
