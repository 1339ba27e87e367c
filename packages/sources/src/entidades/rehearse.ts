import { santiagoDate } from '@puente-sic/protocol';
import type { Choice } from '../rules/choice.ts';
import type { StudentExplanation } from '../rules/explanation.ts';
import type { CourseSelection, Reading } from '../source.ts';
import { ORPHANS } from './course-issues.ts';
import { explainEntities } from './explain.ts';
import { type EntityRules, type JudgedEntities, judgeEntities } from './judge.ts';
import type { EntitySite } from './read.ts';
import { readingOf } from './reading.ts';
import type { EntityReview } from './review.ts';

/** A source looked at before it is kept: the review, and one of its courses as it would be sent. */
export interface Rehearsal {
  review: EntityReview;
  /** Rows that name what is not there, by course. */
  orphans: OrphanRows[];
  /** Null: an entity cannot be read, or there is no course. */
  trial: Trial | null;
}

export interface OrphanRows {
  curso: string;
  /** `avances de personas que no están en «alumnos»` */
  what: string;
  /** `no se leen` */
  outcome: string;
  /** What they name, each once. */
  names: string[];
}

/** One course as it would be sent, whatever puente.yaml has still to say of it filled in with a stand-in. */
export interface Trial {
  curso: string;
  title: string;
  /** What the reading was asked for by. */
  selections: CourseSelection[];
  /** What is a stand-in: a person will choose it where courses are chosen. */
  standIns: StandIn[];
  reading: Reading;
  /** Null: nobody of the course has this RUT. */
  explain(rut: string): StudentExplanation | null;
}

export type StandIn = 'codigoOferta' | 'codigoModulo' | 'inicio' | 'fin';

/** Codes that stand where nobody has said any yet: nothing is ever sent under them. */
const OFERTA = 'OFERTA-POR-ELEGIR';
const MODULO = 'MODULO-POR-ELEGIR';

export function rehearsalOf(
  review: EntityReview,
  judged: readonly JudgedEntities[],
  { site, choice, rules, at, curso, lms }: Asked,
): Rehearsal {
  const course = courseFor(judged, curso);
  return { review, orphans: orphansOf(judged), trial: course && trialOf(course) };

  function trialOf(first: JudgedEntities): Trial {
    const own = choice.selections.get(first.course.id) ?? [];
    const { selections, standIns } = completed(first, own, at);
    const id = first.course.id;
    const only: Choice = {
      courses: [{ id, name: id, title: first.course.nombre ?? id }],
      ...{ selections: new Map([[id, selections]]), all: false, notGiven: [], others: [] },
    };
    const again = judgeEntities(first.course, site, selections, { rules, at });
    return {
      ...{ curso: id, title: first.course.nombre ?? id, selections, standIns },
      reading: readingOf({ ...site, findings: [] }, only, rules, at),
      explain: (rut) => explainEntities(again, rut, lms),
    };
  }
}

interface Asked {
  site: EntitySite;
  choice: Choice;
  rules: EntityRules;
  at: Date;
  /** The course to try; left out: the one that shows most. */
  curso?: string | undefined;
  /** What the figures come from, for people. */
  lms: string;
}

/** The course that shows most: with codes and people, time and progress in it. */
function courseFor(judged: readonly JudgedEntities[], curso: string | undefined): JudgedEntities | null {
  const asked = judged.find(({ course }) => course.id === curso);
  if (asked) return asked;
  const worth = ({ codigoOferta, modules, students, course }: JudgedEntities): number =>
    (students.length > 0 ? 8 : 0) +
    (course.faults.isEmpty ? 4 : 0) +
    (modules.length > 0 ? 2 : 0) +
    (codigoOferta === null ? 0 : 1);
  return judged.reduce<JudgedEntities | null>(
    (best, each) => (best === null || worth(each) > worth(best) ? each : best),
    null,
  );
}

function orphansOf(judged: readonly JudgedEntities[]): OrphanRows[] {
  return judged.flatMap(({ course: { id, orphans } }) =>
    [...orphans].map(([kind, names]) => {
      const [what, outcome] = ORPHANS[kind];
      return { curso: id, what, outcome, names: [...names] };
    }),
  );
}

/** What is said of a course already, and stand-ins for what nobody has said. */
function completed(
  judged: JudgedEntities,
  own: readonly CourseSelection[],
  at: Date,
): Pick<Trial, 'selections' | 'standIns'> {
  const { course, codigoOferta, modules, uncoded } = judged;
  const standIns: StandIn[] = [];
  const more: Partial<CourseSelection> = {};
  if (codigoOferta === null) {
    standIns.push('codigoOferta');
    more.codigoOferta = OFERTA;
  }
  if (modules.length === 0 && uncoded.length > 0) {
    standIns.push('codigoModulo');
    more.modulos = Object.fromEntries(uncoded.map(({ id }, index) => [id, `${MODULO}-${index + 1}`]));
  }
  const today = santiagoDate(at);
  for (const [day, field] of [
    ['inicio', 'fechaInicio'],
    ['fin', 'fechaFin'],
  ] as const)
    if (lacksDay(judged, field)) {
      standIns.push(day);
      more[day] = today;
    }
  const asked: readonly CourseSelection[] = own.length > 0 ? own : [{ curso: course.id }];
  return { standIns, selections: asked.map((one) => ({ ...one, ...more })) };
}

/** Somebody has no such day, neither by the course nor by their own enrolment. */
export function lacksDay(
  { dates, students }: Pick<JudgedEntities, 'dates' | 'students'>,
  field: 'fechaInicio' | 'fechaFin',
): boolean {
  return dates[field] === undefined && students.some((student) => student.dates[field] === undefined);
}
