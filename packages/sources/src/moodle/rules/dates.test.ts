import { describe, expect, it } from 'vitest';
import { AT, aCourse, aStudent, MANUAL } from '../../../test/moodle/snapshot.ts';
import { hasEnded } from '../../rules/dates.ts';
import type { Enrolment } from '../site.ts';
import { datesOf } from './dates.ts';

const course = aCourse({
  startDate: new Date('2026-10-05T00:00:00-03:00'),
  endDate: new Date('2026-12-04T23:59:00-03:00'),
});
const dates = (...rows: Partial<Enrolment>[]) =>
  datesOf(
    { ...aStudent(5, ''), enrolment: { kind: 'rows', rows: rows.map((row) => ({ ...MANUAL, ...row })) } },
    course,
    AT,
    {},
  );

describe("a student's dates", () => {
  it("are the course's, in Santiago and not in UTC, where the enrolment has none", () => {
    expect(dates({})).toEqual({ fechaInicio: '2026-10-05', fechaFin: '2026-12-04' });
  });

  it("are the enrolment's, each by itself", () => {
    expect(dates({ start: new Date('2026-10-12T03:00:00Z') })).toEqual({
      fechaInicio: '2026-10-12',
      fechaFin: '2026-12-04',
    });
    expect(dates({ end: new Date('2026-12-16T02:59:00Z') }).fechaFin).toBe('2026-12-15');
  });

  it('are the widest of the enrolments in force', () => {
    expect(
      dates(
        { start: new Date('2026-10-20T12:00:00Z'), end: new Date('2026-12-20T12:00:00Z') },
        { start: new Date('2026-10-10T12:00:00Z'), end: new Date('2026-12-10T12:00:00Z') },
        { suspended: true, start: new Date('2026-01-01T12:00:00Z') },
      ),
    ).toEqual({ fechaInicio: '2026-10-10', fechaFin: '2026-12-20' });
  });

  it('are left out where nobody knows them', () => {
    const unknown = aCourse({ startDate: null, endDate: null });
    expect(datesOf(aStudent(5, ''), unknown, AT, {})).toEqual({});
  });
});

it('a course has ended when its last day in Santiago is over', () => {
  const night = (text: string): Date => new Date(text);
  expect(hasEnded({ fechaFin: '2026-12-04' }, night('2026-12-04T23:59:59-03:00'))).toBe(false);
  expect(hasEnded({ fechaFin: '2026-12-04' }, night('2026-12-05T00:00:00-03:00'))).toBe(true);
  expect(hasEnded({}, AT)).toBe(false);
});
