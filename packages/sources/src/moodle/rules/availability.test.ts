import { describe, expect, it } from 'vitest';
import { accessOf, type Visitor } from './availability.ts';

const now = new Date('2026-11-22T23:30:00-03:00');
const seconds = (days: number): number => now.getTime() / 1000 + days * 86_400;
const visitor: Visitor = {
  groups: new Set([1]),
  groupings: new Map([[7, new Set([1, 2])]]),
  at: now,
  end: new Date(now.getTime() + 10 * 86_400_000),
  canComplete: (cmid) => cmid === 101,
};
const access = (op: string, ...c: object[]) => accessOf(JSON.stringify({ op, c, showc: [] }), visitor).access;
const group = (id?: number) => ({ type: 'group', ...(id !== undefined && { id }) });
const from = (days: number) => ({ type: 'date', d: '>=', t: seconds(days) });
const until = (days: number) => ({ type: 'date', d: '<', t: seconds(days) });
const after = (cm: number, e = 1) => ({ type: 'completion', cm, e });
const grade = { type: 'grade', id: 4, min: 60 };

describe('who may reach an activity', () => {
  it.each([
    ['everybody, without conditions', access('&'), 'yes'],
    ['its group', access('&', group(1)), 'yes'],
    ['not another one', access('&', group(2)), 'never'],
    ['any group', access('&', group()), 'yes'],
    ['a group of the grouping', access('&', { type: 'grouping', id: 7 }), 'yes'],
    ['none of a grouping that is not there', access('&', { type: 'grouping', id: 8 }), 'never'],
    ['once it has opened', access('&', from(-1)), 'yes'],
    ['some day', access('&', from(1)), 'maybe'],
    ['no more where it opens after the enrolment', access('&', from(11)), 'never'],
    ['while it is open', access('&', until(1)), 'yes'],
    ['no more once it has closed', access('&', until(-1)), 'never'],
    ['maybe, after another activity', access('&', after(101)), 'maybe'],
    ['never, after one that is not there', access('&', after(999)), 'never'],
    ['maybe, while that is not done', access('&', after(999, 0)), 'maybe'],
    ['maybe, by a grade or what we do not know', access('&', grade, { type: 'coral' }), 'maybe'],
    ['all of several', access('&', group(1), until(-1)), 'never'],
    ['one of several', access('|', group(2), group(1)), 'yes'],
    ['none of several', access('|', group(2), until(-1)), 'never'],
    ['one of several, perhaps', access('|', group(2), grade), 'maybe'],
    ['not this group', access('!&', group(1)), 'never'],
    ['not that group', access('!|', group(2), group(3)), 'yes'],
    ['neither', access('!|', group(2), group(1)), 'never'],
    ['not before it has closed', access('!&', until(1)), 'maybe'],
    ['not both', access('!&', group(1), group(2)), 'yes'],
    ['nested', access('&', { op: '|', c: [group(2), { op: '!&', c: [group(1)] }] }), 'never'],
  ])('%s', (_, found, expected) => expect(found).toBe(expected));

  it.each(['', '{', 'null', '[]', '{"op":"&"}'])('what cannot be read shuts nobody out: %j', (json) =>
    expect(accessOf(json, visitor).access).toBe('maybe'),
  );

  it('says what stands in the way', () => {
    const json = JSON.stringify({ op: '&', c: [group(2), until(-1), grade] });
    expect([...accessOf(json, visitor).barriers]).toEqual(['grupo', 'fecha']);
    const open = JSON.stringify({ op: '|', c: [group(2), group(1)] });
    expect([...accessOf(open, visitor).barriers]).toEqual([]);
  });
});
