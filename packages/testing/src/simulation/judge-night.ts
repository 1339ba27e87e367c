import { nightOf, VENTANA_OFICIAL } from '@puente-sic/engine';
import { type Case, erasedOf, type Violation } from './case.ts';
import { FORGETTING } from './kinds.ts';
import type { Act } from './scenario.ts';
import { HOUR, MINUTE } from './time.ts';
import { troubleOf } from './trouble.ts';
import { type CourseTruth, type Person, percentsAt, valuesBetween } from './truth.ts';
import type { World } from './world.ts';

/** Every figure that was true that night is at SENCE, or somebody is told that it is not. */
export function judgeNight(one: Case, noche: string): Violation[] {
  const { provider, world } = one;
  const night = nightOf(noche, VENTANA_OFICIAL);
  const [start, end] = [night.start.getTime(), night.end.getTime()];
  // What was held or not given that night stood in the ledger alone, which a backup from before has replaced.
  const forgot = world.scenario.acts.filter(({ kind }) => FORGETTING.includes(kind));
  if (forgot.some((act) => forgottenAt(act, world) > start)) return [];
  // Who or what was there before is known to nobody then, but to SENCE; it does not say what is missing.
  const remembers = forgot.every(({ kind }) => kind === 'restore');
  return provider.courses.flatMap((course) => {
    if (course.fin < noche) return [];
    const trouble = troubleOf(provider, course.id, world, { start, end });
    // What the history alone tells of has no other name.
    const names = new Set([course.id, course.codigoOferta]);
    const row = one.noches.find((item) => item.noche === noche && names.has(item.curso));
    const whole = one.noches.find(
      (item) => item.noche === noche && item.curso === '*' && item.estado !== 'hecha',
    );
    // Of whom a person had us forget everything nothing can be told.
    const people = course.people.filter(({ rut }) => !erasedOf(world).has(rut));
    const missing = people.flatMap((person) =>
      course.modulos.flatMap((codigoModulo, modulo) => {
        const due = valuesBetween(person, modulo, start - SLACK, end + SLACK);
        if (due === null) return [];
        const own = one.records.filter(
          (record) =>
            record.noche === noche && record.rut === person.rut && record.codigoModulo === codigoModulo,
        );
        const isThere = own.some(
          ({ accepted, porcentaje }) => accepted && isTrue(porcentaje, due, one, person, codigoModulo),
        );
        const isSaid = one.dichos.some(
          (dicho) =>
            dicho.noche === noche && names.has(dicho.curso) && (dicho.rut ?? person.rut) === person.rut,
        );
        if (isThere || isSaid || isToldOf(one, course, person, codigoModulo, end)) return [];
        return [{ person, codigoModulo, own }];
      }),
    );
    const left = row?.estado === 'hecha' && remembers ? leftUntold(one, course, noche, { start, end }) : [];
    const [first] = missing;
    if (first === undefined) return left;
    const detail = `${noche} ${course.id} ${first.person.rut} ${first.codigoModulo} (${missing.length} in all), row ${row?.estado ?? 'none'}, at SENCE ${JSON.stringify(first.own.map(({ porcentaje, accepted }) => [porcentaje, accepted]))}`;
    const found: Violation[] = [...left];
    const isTold = whole !== undefined || (row !== undefined && row.estado !== 'hecha');
    const wasEverKnown =
      provider.named ||
      row !== undefined ||
      (remembers &&
        one.records.some((record) => record.codigoOferta === course.codigoOferta && record.noche < noche));
    const isNew = !wasEverKnown && row === undefined;
    if (row?.estado === 'hecha') found.push({ invariant: 'done-that-was-not', detail });
    else if (!isTold && wasEverKnown) found.push({ invariant: 'lost-untold', detail });
    if (trouble === 'none') found.push({ invariant: 'held-up-by-another', detail });
    if (trouble === 'over-in-time' && !(isNew && wasLate(course, world, { start, end })))
      found.push({ invariant: 'not-sent-though-possible', detail });
    return found;
  });
}

/** A folder that is gone while nothing runs is missed when puente is started again: nobody was there to begin a night. */
function forgottenAt({ kind, at }: Act, { scenario }: World): number {
  if (kind !== 'ledger-lost') return at;
  const off = scenario.acts.find((act) => act.kind === 'off' && act.at <= at && act.at + act.amount > at);
  return off === undefined ? at : off.at + off.amount;
}

/** Whether a course was kept out of its source for a part of this night: one that nobody knows of is not asked for again. */
function wasLate(
  { rutOtec, id }: CourseTruth,
  { scenario }: World,
  { start, end }: { start: number; end: number },
): boolean {
  return scenario.weather.some(
    ({ kind, from, to, ...where }) =>
      (kind === 'course-gone' || kind === 'file-cut') &&
      (where.rutOtec ?? rutOtec) === rutOtec &&
      (where.curso ?? id) === id &&
      from < end &&
      to > start,
  );
}

/** Students who were accepted before, are gone since before this window, and are named by no night. */
function leftUntold(
  { records, dichos, world }: Case,
  { people, id }: CourseTruth,
  noche: string,
  { start, end }: { start: number; end: number },
): Violation[] {
  return people
    .filter((person) => {
      const { rut } = person;
      const wasSent = records.some(
        ({ accepted, sender, ...record }) =>
          accepted && sender !== 'other-tool' && record.rut === rut && record.noche < noche,
      );
      const isBack = person.changes.some(({ at, percents }) => at > start && at <= end && percents !== null);
      const isGone =
        percentsAt(person, start - SLACK) === null && percentsAt(person, start) === null && !isBack;
      return isGone && wasSent && !erasedOf(world).has(rut);
    })
    .filter(({ rut }) => !dichos.some((dicho) => dicho.rut === rut && dicho.noche <= noche))
    .map(({ rut }) => ({ invariant: 'left-untold', detail: `${noche} ${id} ${rut}` }));
}

/** A value is right if it was true that night, or is the one kept by the course's policy for figures that fell. */
function isTrue(
  value: number,
  due: Set<number>,
  { provider, records }: Case,
  person: Person,
  codigoModulo: string,
): boolean {
  if ([...due].some((one) => Math.abs(one - value) < 0.51)) return true;
  const kept = records.some(
    (record) =>
      record.accepted &&
      record.rut === person.rut &&
      record.codigoModulo === codigoModulo &&
      record.porcentaje === value,
  );
  return provider.descenso === 'mantener' && kept;
}

/** Somebody who looks is told of this record: refused, held, or with the course as a whole. */
function isToldOf(
  { errores }: Case,
  course: CourseTruth,
  person: Person,
  codigoModulo: string,
  end: number,
): boolean {
  return errores.some(
    (error) =>
      error.codigoOferta === course.codigoOferta &&
      (error.rut === null || error.rut === person.rut) &&
      (error.codigoModulo === null || error.codigoModulo === codigoModulo) &&
      Date.parse(error.desde) <= end + 12 * HOUR &&
      (error.cerrado === null || Date.parse(error.cerrado) >= end),
  );
}

/** Truth changes and clocks differ by minutes around a window. */
const SLACK = 40 * MINUTE;
