/**
 * A Moodle course as it stood at one moment, in Moodle's own words: what both readers (database, web services)
 * hand to the rules. Text is as stored, nothing is judged here. What a reader cannot tell is `null` where the
 * field says so, never a guess; ids are Moodle's.
 */
export interface CourseSnapshot {
  course: Course;
  sections: Section[];
  modules: CourseModule[];
  groups: Group[];
  groupings: Grouping[];
  /** Everybody enrolled or with a role in the course, teachers and suspended too. */
  participants: Participant[];
  /** User id → cmid → completion. No entry = not done. */
  completions: Map<number, Map<number, Completion>>;
  gradeItems: GradeItem[];
  /** User id → grade item id → grade. No entry = no grade. */
  grades: Map<number, Map<number, Grade>>;
  /** Null: this reader has no way to know time spent. */
  time: CourseTime | null;
  /** The moment that it shows. */
  at: Date;
}

export interface Course {
  id: number;
  shortname: string;
  fullname: string;
  idnumber: string;
  /** Null: none set (0 in Moodle), or the reader may not see it. */
  startDate: Date | null;
  endDate: Date | null;
  /** False: completion tracking is off in the course; old marks may still be there. */
  completionEnabled: boolean;
  visible: boolean;
}

export interface Section {
  id: number;
  /** Place in the course; 0 is the general part on top. */
  position: number;
  /** As stored; null when never renamed. */
  name: string | null;
  visible: boolean;
  /** Who may reach it, as Moodle's JSON. Null or left out: everybody, or the reader cannot tell. */
  availability?: string | null;
  /** `mod_subsection` for a delegated section, whose place is that of the course module `itemId`. Moodle 4.5 on. */
  component: string | null;
  itemId: number | null;
}

/** An activity or resource ("course module"). */
export interface CourseModule {
  /** The cmid. */
  id: number;
  /** `quiz`, `assign`, `bigbluebuttonbn`… */
  type: string;
  instance: number;
  sectionId: number;
  /** As stored: not HTML-escaped. */
  name: string;
  /** 0 not tracked, 1 ticked by the student, 2 automatic. */
  completion: number;
  /** A passing grade is a condition (`completionpassgrade`). Null: the reader cannot tell. */
  passGradeRequired: boolean | null;
  visible: boolean;
  /** The row awaits deletion by cron. */
  deletionInProgress: boolean;
  /** The reader may not see its name: `name` stands in for it. */
  nameless?: true;
  /** Who may reach it, as Moodle's JSON. Null or left out: everybody, or the reader cannot tell. */
  availability?: string | null;
}

export interface Completion {
  /** 0 not done, 1 done, 2 done with a passing grade, 3 with a failing one. */
  state: number;
  /** When it got this state. */
  time: Date | null;
  /** Moodle's own verdict (`isoverallcomplete` of the web services). Null: not told. */
  overall: boolean | null;
  /** A teacher set it by hand. */
  overridden: boolean;
}

export interface Group {
  id: number;
  name: string;
  idnumber: string;
  /** User ids. */
  members: Set<number>;
}

export interface Grouping {
  id: number;
  name: string;
  groupIds: Set<number>;
}

export interface Participant {
  account: Account;
  /** Roles in the course, inherited ones included. */
  roles: Role[];
  enrolment: EnrolmentReading;
}

export interface Role {
  shortname: string;
  /** Null: the reader cannot tell (web services); blank: made without one. Then the short name decides. */
  archetype: string | null;
}

/**
 * `rows`: each enrolment of this person. `verdict`: Moodle only tells whether any is active; dates, null for no
 * limit, where a report made for it has told them.
 */
export type EnrolmentReading =
  | { kind: 'rows'; rows: Enrolment[] }
  | { kind: 'verdict'; active: boolean; start?: Date | null; end?: Date | null };

export interface Enrolment {
  /** `manual`, `self`, `cohort`… */
  method: string;
  /** The method itself is enabled in the course. */
  methodEnabled: boolean;
  suspended: boolean;
  /** Null: no limit (0 in Moodle). */
  start: Date | null;
  end: Date | null;
}

export interface Account {
  id: number;
  /** Null: not shown to this reader. */
  username: string | null;
  idnumber: string | null;
  firstname: string;
  lastname: string;
  /** Null: the reader cannot tell. */
  suspended: boolean | null;
  deleted: boolean;
  /** Extra profile fields by short name. */
  profile: Map<string, string>;
}

export interface GradeItem {
  id: number;
  type: 'course' | 'category' | 'mod' | 'manual';
  /** Of a category total: the category's name as stored. Of the rest: the item's. */
  name: string | null;
  /** 0 none, 1 value, 2 scale, 3 text. */
  gradeType: number;
  /** Moodle's stored totals are out of date until somebody opens the gradebook. */
  needsUpdate: boolean;
}

export interface Grade {
  /** `finalgrade`; null = no grade. */
  final: number | null;
  /** The range that this student's mark goes by: of totals the student's own, of the rest the item's. */
  min: number;
  max: number;
  /** Set by the teacher in the gradebook. */
  overridden: boolean;
}

/** Time spent in a course, of everybody in it. */
export interface CourseTime {
  /** `minute`: handed over rounded down to minutes. */
  precision: 'second' | 'minute';
  /** Clicks up to here are in. */
  asOf: Date;
  /** User id → time. No entry = no click: 0 seconds. */
  students: Map<number, StudentTime>;
  /** The first moment that the log of the site still holds; null when it is complete or nobody can tell. */
  logStart: Date | null;
  /** Some of it comes from our own totals of earlier nights, because the site has deleted those rows. */
  kept: boolean;
}

/** Seconds of one student. */
export interface StudentTime {
  total: number;
  /** Section id → seconds; subsections under their own id. Null: only the total is known. */
  sections: Map<number, number> | null;
  /** First and last click counted. */
  first: Date | null;
  last: Date | null;
}
