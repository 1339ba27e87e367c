import { expect, it } from 'vitest';
import { AT, aModule, done } from '../../../test/moodle/snapshot.ts';
import { isDone } from './completion.ts';

const automatic = aModule(1, 1);

it.each([
  [0, false],
  [1, true],
  [2, true],
  [4, false],
])('state %d of an automatic activity', (state, expected) => {
  expect(isDone(automatic, done(state), AT)).toBe(expected);
});

it('no row is not done', () => {
  expect(isDone(automatic, undefined, AT)).toBe(false);
});

it('a failing grade is done where any grade suffices, and not where a pass is required', () => {
  expect(isDone(aModule(1, 1, { passGradeRequired: false }), done(3), AT)).toBe(true);
  expect(isDone(aModule(1, 1, { passGradeRequired: true }), done(3), AT)).toBe(false);
});

it("where a reader cannot tell, a failing grade is what Moodle's verdict says, and not done without one", () => {
  const unknown = aModule(1, 1, { passGradeRequired: null });
  expect(isDone(unknown, { ...done(3), overall: true }, AT)).toBe(true);
  expect(isDone(unknown, { ...done(3), overall: false }, AT)).toBe(false);
  expect(isDone(unknown, done(3), AT)).toBe(false);
});

it('what the student ticks is done in state 1 alone', () => {
  const manual = aModule(1, 1, { completion: 1 });
  expect([1, 2, 3].map((state) => isDone(manual, done(state), AT))).toEqual([true, false, false]);
});

it('what happened after the moment reported had not happened', () => {
  expect(isDone(automatic, done(1, AT), AT)).toBe(true);
  expect(isDone(automatic, done(1, new Date(AT.getTime() + 1000)), AT)).toBe(false);
});
