import { describe, expect, it } from 'vitest';
import { aGrade } from '../../test/moodle/snapshot.ts';
import { moduleEstado, studentEstado } from './estado.ts';
import { markOf } from './marks.ts';
import type { Progress } from './progress.ts';

const progress = (done: number, required = 4): Progress => ({
  required,
  done,
  percentage: required === 0 ? null : (100 * done) / required,
  porcentajeAvance: 0,
});
const thresholds = { avanceAprobacion: 99, notaAprobacion: 59 };

describe('a module', () => {
  it.each([
    ['all done, 4.0', progress(4), 4, 2],
    ['all done, below 4.0', progress(4), 3.99999, 3],
    ['not all done', progress(3), 7, 1],
    ['all done, no grade', progress(4), null, 1],
    ['nothing required', progress(0, 0), 7, 1],
  ])('%s', (_, own, final, estado) => {
    expect(moduleEstado(own, markOf(aGrade(final)))).toBe(estado);
  });
});

describe('a student', () => {
  const judge = (own: Progress, grade: number | null, ended: boolean) =>
    studentEstado(own, markOf(aGrade(grade, 0, 100)), ended, thresholds);

  it('passes strictly above both thresholds, unrounded, also after the end', () => {
    expect(judge(progress(4), 59.00001, false)).toBe(2);
    expect(judge(progress(4), 59, false)).toBe(1);
    expect(judge(progress(198, 200), 80, false)).toBe(1);
    expect(judge(progress(199, 200), 80, true)).toBe(2);
  });

  it('fails only once the enrolment has ended', () => {
    expect(judge(progress(1), 80, false)).toBe(1);
    expect(judge(progress(1), 80, true)).toBe(3);
    expect(judge(progress(4), null, true)).toBe(3);
    expect(judge(progress(0, 0), 80, true)).toBe(3);
  });
});
