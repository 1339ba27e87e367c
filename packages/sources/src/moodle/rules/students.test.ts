import { describe, expect, it } from 'vitest';
import { AT, anAccount, aStudent, MANUAL, STUDENT, TEACHER } from '../../../test/moodle/snapshot.ts';
import type { Enrolment, Participant } from '../site.ts';
import { whyNotActive } from './students.ts';

const second = (offset: number): Date => new Date(AT.getTime() + offset * 1000);
const enrolled = (...rows: Partial<Enrolment>[]): Participant => ({
  ...aStudent(5, ''),
  enrolment: { kind: 'rows', rows: rows.map((row) => ({ ...MANUAL, ...row })) },
});
const why = (participant: Participant, rules = {}) => whyNotActive(participant, AT, rules);

describe('an active student', () => {
  it('has a student role by archetype, whatever its short name', () => {
    expect(why(aStudent(5, ''))).toEqual([]);
    expect(why({ ...aStudent(5, ''), roles: [TEACHER] })).toEqual(['no student role in the course']);
    expect(why({ ...aStudent(5, ''), roles: [] })).toEqual(['no student role in the course']);
    expect(why({ ...aStudent(5, ''), roles: [TEACHER, STUDENT] })).toEqual([]);
  });

  it('has it by short name where the archetype is not shown', () => {
    const roles = [{ shortname: 'estudiante', archetype: null }];
    expect(why({ ...aStudent(5, ''), roles })).toEqual(['no student role in the course']);
    expect(why({ ...aStudent(5, ''), roles }, { rolesAlumno: ['estudiante'] })).toEqual([]);
    expect(why({ ...aStudent(5, ''), roles: [{ shortname: 'student', archetype: null }] })).toEqual([]);
  });

  it('has it by short name where a role was made without an archetype', () => {
    const roles = [{ shortname: 'participantesence', archetype: '' }];
    expect(why({ ...aStudent(5, ''), roles })).toEqual(['no student role in the course']);
    expect(why({ ...aStudent(5, ''), roles }, { rolesAlumno: ['Student', 'ParticipanteSence'] })).toEqual([]);
    expect(why({ ...aStudent(5, ''), roles: [{ shortname: 'student', archetype: '' }] })).toEqual([]);
  });

  it('has it by any role that the provider names, beside those of the archetype', () => {
    const roles = [{ shortname: 'becario', archetype: 'user' }];
    expect(why({ ...aStudent(5, ''), roles })).toEqual(['no student role in the course']);
    expect(why({ ...aStudent(5, ''), roles }, { rolesAlumno: ['becario'] })).toEqual([]);
    expect(why(aStudent(5, ''), { rolesAlumno: ['becario'] })).toEqual([]);
    expect(why({ ...aStudent(5, ''), roles: [TEACHER] }, { rolesAlumno: ['student'] })).toHaveLength(1);
  });

  it('has an account in force', () => {
    expect(why({ ...aStudent(5, ''), account: anAccount(5, { suspended: true }) })).toEqual([
      'account suspended',
    ]);
    expect(why({ ...aStudent(5, ''), account: anAccount(5, { deleted: true }) })).toEqual([
      'account deleted',
    ]);
    expect(why({ ...aStudent(5, ''), account: anAccount(5, { suspended: null }) })).toEqual([]);
  });

  it('is enrolled, begun and not ended, by an enabled method', () => {
    expect(why(enrolled())).toEqual(['not enrolled']);
    expect(why(enrolled({ suspended: true }))).toEqual(['enrolment suspended']);
    expect(why(enrolled({ methodEnabled: false }))).toEqual(['enrolment method disabled']);
    expect(why(enrolled({ start: second(1) }))).toEqual(['enrolment not begun']);
    expect(why(enrolled({ start: AT }))).toEqual([]);
    expect(why(enrolled({ end: AT }))).toEqual(['enrolment ended']);
    expect(why(enrolled({ end: second(1) }))).toEqual([]);
  });

  it('needs one good enrolment of several', () => {
    expect(why(enrolled({ suspended: true }, {}))).toEqual([]);
    expect(why(enrolled({ suspended: true }, { end: AT }, { suspended: true }))).toEqual([
      'enrolment suspended',
      'enrolment ended',
    ]);
  });

  it('is still reported for some days after the end where the rules say so', () => {
    const ended = enrolled({ end: second(-86_399) });
    expect(why(ended)).toEqual(['enrolment ended']);
    expect(why(ended, { diasTrasTermino: 1 })).toEqual([]);
    expect(why(enrolled({ end: second(-86_400) }), { diasTrasTermino: 1 })).toEqual(['enrolment ended']);
  });

  it("is Moodle's own verdict where it shows nothing else", () => {
    const verdict = (active: boolean): Participant => ({
      ...aStudent(5, ''),
      enrolment: { kind: 'verdict', active },
    });
    expect(why(verdict(true))).toEqual([]);
    expect(why(verdict(false))).toEqual(['enrolment not active']);
  });
});
