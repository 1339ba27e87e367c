import type { Issue } from '@puente-sic/protocol';
import type { Figures } from '../../rules/body.ts';
import type { Dates } from '../../rules/dates.ts';
import type { FindingWords } from '../../rules/findings.ts';
import type { CourseSelection } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot, GradeItem, Participant } from '../site.ts';
import type { Activity } from './activities.ts';
import type { Person } from './duplicates.ts';
import type { SenceGroup, SenceGroups } from './groups.ts';
import type { ReportedModule } from './modules.ts';

import type { OddScale } from './scale.ts';
import type { SectionTree } from './sections.ts';
import type { WhyNot } from './students.ts';

/** A course by the rules: what is sent is written from it, and every figure explained with it. */
export interface JudgedCourse {
  snapshot: CourseSnapshot;
  rules: MoodleRules;
  /** What puente.yaml says of it. */
  selections: CourseSelection[];
  sections: SectionTree;
  activities: Activity[];
  modules: GradedModule[];
  groups: SenceGroup[];
  /** Entries of puente.yaml whose group is not there. */
  missingGroups: SenceGroups['missing'];
  students: JudgedStudent[];
  /** Totals whose marks are left out: nobody knows of which scale they are. */
  oddScales: OddScale[];
  /** Everybody else in the course. */
  others: { participant: Participant; why: WhyNot[] }[];
  /** What stands in `findings` too: of its sections and groups, and what is odd, weighed. */
  about: { modules: Issue[]; groups: Issue[] };
  odd: Oddity[];
  findings: Issue[];
}

export interface GradedModule extends ReportedModule {
  /** The total of its grade category; null: none is named after it. */
  gradeItem: GradeItem | null;
}

export interface JudgedStudent extends Figures {
  person: Person;
  groups: SenceGroup[];
  dates: Dates;
  /** In the order of the course's modules. */
  modules: JudgedModule[];
  held: Issue[];
  findings: Issue[];
}

export interface JudgedModule extends Figures {
  module: GradedModule;
}

/** Something that a course is seldom meant to be: told each night and, heaviest first, by the doctor. */
export interface Oddity {
  /** As the doctor weighs it. */
  costs: 'students' | 'figures' | 'advice';
  words: FindingWords;
}
