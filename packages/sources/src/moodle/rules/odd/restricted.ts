import { listed } from '../../../rules/listed.ts';
import type { Activity } from '../activities.ts';
import { type Access, accessOf, type Barrier, type Visitor } from '../availability.ts';
import { isDone } from '../completion.ts';
import type { JudgedStudent } from '../judged.ts';
import { accountName } from '../student-findings.ts';
import { enrolmentsInForce } from '../students.ts';
import { oneLanguage } from '../text.ts';
import { at, type Figured, type Look } from './oddity.ts';

/**
 * Required activities that some students can never do as things stand: of another group, closed for good, or behind
 * one that is not there. They count for everybody, so that these students never reach 100 %.
 */
export const restricted: Look = (judged, links) => {
  const { course } = judged.snapshot;
  const limits = judged.activities
    .filter(({ required }) => required)
    .map((activity) => ({ activity, conditions: conditionsOf(activity, judged) }))
    .filter(({ conditions }) => conditions.length > 0);
  if (limits.length === 0) return [];
  const activities = new Set<string>();
  const places = new Set<string>();
  const barriers = new Set<Barrier>();
  const shutOut: string[] = [];
  for (const student of judged.students) {
    const visitor = visitorOf(student, judged);
    const closed = limits.filter(({ activity, conditions }) => {
      const own = judged.snapshot.completions.get(student.person.leading.account.id);
      if (isDone(activity.module, own?.get(activity.module.id), judged.snapshot.at)) return false;
      return conditions.some((json) => isNever(accessOf(json, visitor), barriers));
    });
    for (const { activity } of closed) {
      activities.add(oneLanguage(activity.module.name));
      places.add(sectionOf(activity, judged));
    }
    if (closed.length > 0) shutOut.push(accountName(student.person.leading.account));
  }
  if (shutOut.length === 0) return [];
  const [one, why] = [activities.size === 1, [...barriers].map((barrier) => WHY_ES[barrier])];
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» hay ${one ? 'una actividad obligatoria que' : `${activities.size} actividades obligatorias que`} ${shutOut.length === 1 ? 'una persona ya no puede' : `${shutOut.length} personas ya no pueden`} hacer, porque ${one ? 'está restringida' : 'están restringidas'} ${why.join(' y ')}: ${listed([...activities])}, en ${listed([...places])}. Cuentan para todos, así que nunca ${shutOut.length === 1 ? 'llegará' : 'llegarán'} al 100 %: ${listed(shutOut, MOST)}.`,
        fix: 'En Moodle: Editar ajustes > Restringir acceso de la actividad o de su sección: quite o amplíe la condición. Si es solo de algunos, quítele la condición de finalización.',
        ...at(links.course(course.id)),
      },
    },
  ];
};

/** People that a message names. */
const MOST = 20;

function sectionOf({ module }: Activity, { snapshot }: Figured): string {
  const section = snapshot.sections.find(({ id }) => id === module.sectionId);
  return oneLanguage(section?.name ?? `sección ${section?.position ?? ''}`).trim();
}

const WHY_ES: Record<Barrier, string> = {
  grupo: 'a otro grupo',
  fecha: 'por una fecha que ya no se cumple',
  actividad: 'por otra actividad que no se puede completar',
};

function isNever({ access, barriers: own }: { access: Access; barriers: Set<Barrier> }, all: Set<Barrier>) {
  if (access !== 'never') return false;
  for (const barrier of own) all.add(barrier);
  return true;
}

/** Of the activity itself, of its section and of the section around that. */
function conditionsOf({ module }: Activity, { snapshot, sections }: Figured): string[] {
  const section = snapshot.sections.find(({ id }) => id === module.sectionId);
  const outer = sections.parentOf(module.sectionId);
  return [module.availability, section?.availability, outer?.availability].flatMap((json) => json || []);
}

function visitorOf({ person }: JudgedStudent, { snapshot, activities, rules }: Figured): Visitor {
  const { id } = person.leading.account;
  const ends = enrolmentsInForce(person.leading, snapshot.at, rules).map(({ end }) => end);
  const known = ends.filter((end) => end !== null);
  const reachable = new Set(activities.map(({ module }) => module.id));
  const done = snapshot.completions.get(id);
  return {
    groups: new Set(snapshot.groups.filter(({ members }) => members.has(id)).map((group) => group.id)),
    groupings: new Map(snapshot.groupings.map((grouping) => [grouping.id, grouping.groupIds])),
    at: snapshot.at,
    end:
      known.length === ends.length && known.length > 0
        ? new Date(Math.max(...known.map((end) => end.getTime())))
        : null,
    canComplete: (cmid) => reachable.has(cmid) || (done?.get(cmid)?.state ?? 0) > 0,
  };
}
