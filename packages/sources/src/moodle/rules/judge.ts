import { hasEnded } from '../../rules/dates.ts';
import { moduleEstado, studentEstado } from '../../rules/estado.ts';
import { warning } from '../../rules/findings.ts';
import { type Mark, markOf } from '../../rules/marks.ts';
import type { CourseSelection } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot, GradeItem, Participant } from '../site.ts';
import { activitiesOf } from './activities.ts';
import { courseFindings } from './course-findings.ts';
import { datesOf } from './dates.ts';
import { type Person, personsOf } from './duplicates.ts';
import { exemptIn } from './exempt.ts';
import { courseItem, moduleItem } from './grades.ts';
import { senceGroups } from './groups.ts';
import type { JudgedCourse, JudgedStudent } from './judged.ts';
import type { MoodleLinks } from './links.ts';
import { modulesOf } from './modules.ts';
import { odditiesOf } from './odd/odd.ts';
import { progressOf } from './progress.ts';
import { oddScale } from './scale.ts';
import { SectionTree } from './sections.ts';
import { studentFindings } from './student-findings.ts';
import { whyNotActive } from './students.ts';
import { connectedTime } from './time.ts';

/** Applies every rule to one course, which puente.yaml may name once, several times (one per group) or not at all. */
export function judgeCourse(
  snapshot: CourseSnapshot,
  rules: MoodleRules,
  selections: CourseSelection[],
  links: MoodleLinks,
): JudgedCourse {
  const { course, at, gradeItems, time } = snapshot;
  const sections = new SectionTree(snapshot.sections, snapshot.modules);
  const activities = activitiesOf(course, snapshot.modules, sections, rules.tiposSincronicos);
  const codes = { ...rules, modulos: Object.assign({}, ...selections.map(({ modulos }) => modulos)) };
  const reported = modulesOf(snapshot, sections, activities, codes, links);
  const modules = reported.modules.map((module) => ({
    ...module,
    gradeItem: moduleItem(gradeItems, module),
  }));
  const sence = senceGroups(snapshot, selections, links, rules);
  const others: JudgedCourse['others'] = [];
  const active: Participant[] = [];
  const isExempt = exemptIn(snapshot, rules);
  for (const participant of snapshot.participants) {
    const why = whyNotActive(participant, at, rules);
    if (why.length === 0 && isExempt(participant)) why.push('exempt group');
    if (why.length === 0) active.push(participant);
    else others.push({ participant, why });
  }

  const persons = personsOf(active, snapshot, rules);
  const total = courseItem(gradeItems);
  const oddScales = [
    oddScale(total, activities, persons, snapshot),
    ...modules.map((module) => oddScale(module.gradeItem, module.activities, persons, snapshot)),
  ].filter((odd) => odd !== null);
  const judge = (person: Person): JudgedStudent => {
    const userIds = person.participants.map(({ account }) => account.id);
    const leading = person.leading.account.id;
    const completions = snapshot.completions.get(leading);
    const grades = snapshot.grades.get(leading);
    const markFor = (item: GradeItem | null): Mark | null =>
      item && grades && !oddScales.some((odd) => odd.item === item)
        ? markOf(grades.get(item.id), rules.exigencia)
        : null;
    const mark = markFor(total);
    const connected = connectedTime(time, leading, modules);
    const dates = datesOf(person.leading, course, at, rules);
    const progress = progressOf(activities, completions, at);
    const student = {
      person,
      groups: sence.groups.filter(
        ({ group }) => group === null || userIds.some((id) => group.members.has(id)),
      ),
      dates,
      progress,
      seconds: connected?.total ?? null,
      mark,
      estado: studentEstado(progress, mark, hasEnded(dates, at), rules),
      modules: modules.map((module, index) => {
        const progress = progressOf(module.activities, completions, at);
        const mark = markFor(module.gradeItem);
        const seconds = connected?.modules[index] ?? null;
        return { module, progress, seconds, mark, estado: moduleEstado(progress, mark) };
      }),
    };
    return { ...student, ...studentFindings(student, course, rules) };
  };

  const students = persons.map(judge);
  const { groups, missing: missingGroups } = sence;
  const judged = {
    snapshot,
    rules,
    selections,
    sections,
    activities,
    modules,
    groups,
    missingGroups,
    students,
    oddScales,
    others,
  };
  const odd = odditiesOf(judged, links);
  return {
    ...judged,
    about: { modules: reported.findings, groups: sence.findings },
    odd,
    findings: [
      ...reported.findings,
      ...sence.findings,
      ...courseFindings(judged, links),
      ...odd.map(({ words }) => warning(words)),
    ],
  };
}
