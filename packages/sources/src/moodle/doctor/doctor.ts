import type { Issue } from '@puente-sic/protocol';
import { DEFAULT_RULES } from '../../rules/settings.ts';
import type { CourseSelection } from '../../source.ts';
import { chosenCourses } from '../rules/choice.ts';
import { unknownExempt } from '../rules/exempt.ts';
import { judgeCourse } from '../rules/judge.ts';
import type { JudgedCourse } from '../rules/judged.ts';
import { MoodleLinks } from '../rules/links.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot } from '../site.ts';
import { attendanceDiagnosis, classDiagnoses } from './classes.ts';
import { type Diagnosis, diagnosis, WEIGHTS, type Weight } from './diagnosis.ts';
import { gradeDiagnoses } from './grades.ts';
import { peopleDiagnoses } from './people.ts';
import { structureDiagnoses } from './structure.ts';

export interface DoctorRequest {
  /** As `examine` of either reader gives them. */
  snapshots: CourseSnapshot[];
  /** What the reader itself met. */
  findings: Issue[];
  /** What the reader met and nothing that is sent depends on. */
  advice?: Issue[];
  selections?: CourseSelection[];
  reglas?: Partial<MoodleRules>;
  /** The site's web address, for links. */
  sitio?: string;
}

/**
 * Looks at a site as an expert would before the first send: what will cost money, heaviest first, each with where
 * in Moodle it is mended. Names students in full: for the screen, never a log.
 */
export function diagnose({
  snapshots,
  findings,
  advice = [],
  selections,
  reglas,
  sitio,
}: DoctorRequest): Diagnosis[] {
  const rules = { ...DEFAULT_RULES, ...reglas };
  const links = new MoodleLinks(sitio);
  const summaries = snapshots.map(({ course }) => ({
    id: String(course.id),
    name: course.shortname,
    title: course.fullname,
  }));
  const chosen = chosenCourses(summaries, selections);
  const judged = snapshots.map((snapshot) => {
    const own = chosen.selections.get(String(snapshot.course.id)) ?? [];
    return judgeCourse(snapshot, rules, own, links);
  });
  const attendance = attendanceDiagnosis(judged, links);
  const all = [
    ...unknownExempt(snapshots, rules).map((issue) => met(issue, 'figures', snapshots)),
    ...findings.map((issue) => met(issue, issue.severity === 'error' ? 'blocks' : 'figures', snapshots)),
    ...advice.map((issue) => met(issue, 'advice', snapshots)),
    ...judged.flatMap((course) => diagnosesOf(course, rules, links)),
    ...(attendance ? [attendance] : []),
  ];
  return all.sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

function diagnosesOf(judged: JudgedCourse, rules: MoodleRules, links: MoodleLinks): Diagnosis[] {
  const { modules, selections, odd, snapshot, groups, about } = judged;
  const hasCode = selections.some(({ codigoOferta }) => codigoOferta !== undefined);
  const structure = structureDiagnoses(judged, hasCode, links);
  // Of a course that is none of SENCE's, nobody wants to hear more.
  if (modules.length === 0) return structure.filter(({ weight }) => weight === 'blocks');
  return [
    ...structure,
    ...odd.map(({ costs, words }) => diagnosis(costs, snapshot.course.shortname, words)),
    // Where no group is known, that nobody is in one says it already.
    ...(groups.length > 0 ? about.groups.map((issue) => met(issue, 'figures', [snapshot])) : []),
    ...classDiagnoses(judged, links),
    ...peopleDiagnoses(judged, links),
    ...gradeDiagnoses(judged, rules, links),
  ];
}

/** A course that is missing is named beside those alike (`hay «…»`): it is about none of them. */
function met(issue: Issue, weight: Weight, snapshots: CourseSnapshot[]): Diagnosis {
  const about = snapshots.find(({ course }) => issue.message.includes(`curso «${course.shortname}»`));
  return { weight, course: about?.course.shortname ?? null, issue };
}
