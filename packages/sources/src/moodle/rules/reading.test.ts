import { checkDigit } from '@puente-sic/protocol';
import { describe, expect, it } from 'vitest';
import { aCourse, aGroup, aSection, aSnapshot, aStudent } from '../../../test/moodle/snapshot.ts';
import { failure } from '../../rules/findings.ts';
import { DEFAULT_RULES } from '../../rules/settings.ts';
import { type CourseSelection, issuesOf, type Reading, SourceError } from '../../source.ts';
import type { CourseSnapshot } from '../site.ts';
import { checkedRules } from './checked.ts';
import { chosenCourses } from './choice.ts';
import { MoodleLinks } from './links.ts';
import { readingOf } from './reading.ts';

const available = [
  { id: '2', name: 'CAP-1', title: 'Uno' },
  { id: '3', name: '2', title: 'Dos' },
  { id: '4', name: 'CAP-3', title: 'Tres' },
];

describe('which courses are read', () => {
  it('those named by short name, else by id, each once', () => {
    const { courses, selections, notGiven } = chosenCourses(available, [
      { curso: ' CAP-3 ', grupo: 'A' },
      { curso: '2' },
      { curso: '4', grupo: 'B' },
    ]);
    expect(courses.map(({ id }) => id)).toEqual(['3', '4']);
    expect(selections.get('4')?.map(({ grupo }) => grupo)).toEqual(['A', 'B']);
    expect(notGiven).toEqual([]);
  });

  it('one that is not there is an error that names those alike', () => {
    const { courses, notGiven } = chosenCourses(available, [{ curso: 'CAP-9' }, { curso: 'cap' }]);
    expect(courses).toEqual([]);
    expect(notGiven.map(({ curso, cause }) => [curso, cause])).toEqual([
      ['CAP-9', 'missing'],
      ['cap', 'missing'],
    ]);
    expect(issuesOf(notGiven).map(({ severity, message }) => [severity, message])).toEqual([
      ['error', expect.stringContaining('«CAP-9»')],
      ['error', expect.stringMatching(/«cap».*«CAP-1» y «CAP-3»/)],
    ]);
  });
});

describe('a reading', () => {
  const coded = aSnapshot();
  const uncoded = aSnapshot({
    course: aCourse({ id: 3, shortname: 'LIBRE' }),
    sections: [aSection(31, 'Uno')],
  });
  const links = new MoodleLinks(undefined);

  it('of everything leaves out courses without module codes, in one finding', () => {
    const reading = readingOf([coded, uncoded], chosenCourses([], undefined), DEFAULT_RULES, links);
    expect(reading.courses.map(({ id }) => id)).toEqual(['2']);
    expect(reading.findings.map(({ message }) => message)).toEqual([expect.stringContaining('«LIBRE»')]);
  });

  const asked = (...selections: CourseSelection[]) =>
    chosenCourses(
      [
        { id: '2', name: 'CAP-26-01-13-0446', title: '' },
        { id: '3', name: 'LIBRE', title: '' },
      ],
      selections,
    );
  const reasons = ({ notGiven }: Reading) =>
    notGiven.map(({ curso, cause, issues }) => [curso, cause, issues.length]);

  it('of a course asked for that has none says so', () => {
    const reading = readingOf([uncoded], asked({ curso: 'LIBRE' }), DEFAULT_RULES, links);
    expect(reading.courses).toEqual([]);
    expect(reasons(reading)).toEqual([['LIBRE', 'no-codes', 1]]);
    expect(reading.notGiven[0]?.issues[0]).toMatchObject({ severity: 'error' });
  });

  const crowd = [1, 2, 3].map((id) => aStudent(id, `${31015230 + id}-${checkDigit(31015230 + id)}`));

  it.each<[string, Partial<CourseSnapshot>, string, RegExp]>([
    ['an empty log', { time: null }, 'withheld', /registro de clics de Moodle está vacío/],
    ['no end date anywhere', { course: aCourse({ endDate: null }) }, 'withheld', /nadie tiene fechaFin/],
    ['no group that is SENCE’s', { groups: [aGroup(1, 'Café')] }, 'group-missing', /«Café»/],
    [
      'nobody in a group',
      { groups: [aGroup(1, 'CAP-26-01-13-0446-A')] },
      'group-missing',
      /nadie está en un grupo/,
    ],
  ])(
    'a fault of the course is one finding, however many people it touches: %s',
    (_, given, cause, message) => {
      const snapshot = aSnapshot({ participants: crowd, ...given });
      for (const choice of [asked({ curso: '2' }), chosenCourses([], undefined)]) {
        const reading = readingOf([snapshot], choice, DEFAULT_RULES, links);
        expect(reading.courses).toEqual([]);
        expect(reasons(reading)).toEqual([['2', cause, 1]]);
        expect(reading.notGiven[0]?.issues[0]?.message).toMatch(message);
        expect(reading.notGiven[0]?.issues[0]?.fix).not.toMatch(/puente\.yaml de dónde/);
      }
    },
  );

  it('why time is not known is the reader’s to say', () => {
    const why = { ...failure({ message: 'Ningún archivo trae el curso.', fix: 'x' }) };
    const untimed = new Map([[2, [why]]]);
    const reading = readingOf(
      [aSnapshot({ time: null })],
      asked({ curso: '2' }),
      DEFAULT_RULES,
      links,
      untimed,
    );
    expect(issuesOf(reading.notGiven)).toEqual([why]);
  });

  it('a group that is gone keeps back nobody else, and nobody goes under another code', () => {
    const groups = [aGroup(1, 'A', [1, 2, 3])];
    const snapshot = aSnapshot({ participants: crowd, groups });
    const both = readingOf(
      [snapshot],
      asked({ curso: '2', grupo: 'A' }, { curso: '2', grupo: 'B' }),
      DEFAULT_RULES,
      links,
    );
    expect(both.courses.map(({ codigoGrupo }) => codigoGrupo)).toEqual(['A']);
    expect(both.notGiven).toMatchObject([{ asked: { grupo: 'B' }, cause: 'group-missing' }]);
    const gone = readingOf([snapshot], asked({ curso: '2', grupo: 'B' }), DEFAULT_RULES, links);
    expect(gone.courses).toEqual([]);
    expect(reasons(gone)).toEqual([['2', 'group-missing', 1]]);
  });

  it('a course that was emptied is given, without anybody', () => {
    const reading = readingOf([aSnapshot({ participants: [] })], asked({ curso: '2' }), DEFAULT_RULES, links);
    expect(reading.courses.map(({ students }) => students)).toEqual([[]]);
    expect(reading.notGiven).toEqual([]);
  });

  it('a course that breaks our own code takes no other with it, and the defect stays to be seen', () => {
    const poison = aSnapshot({
      course: aCourse({ id: 3, shortname: 'LIBRE' }),
      participants: [{ ...aStudent(5, '31015234-K'), enrolment: { kind: 'rows', rows: [null as never] } }],
    });
    const reading = readingOf(
      [poison, coded],
      asked({ curso: 'LIBRE' }, { curso: '2' }),
      DEFAULT_RULES,
      links,
    );
    expect(reading.courses.map(({ id }) => id)).toEqual(['2']);
    expect(reading.notGiven).toMatchObject([
      { curso: 'LIBRE', cause: 'unreadable', defect: expect.stringMatching(/TypeError.*\n.*students\.ts/) },
    ]);
    expect(issuesOf(reading.notGiven)[0]?.message).not.toMatch(/TypeError/);
  });
});

describe('rules', () => {
  it.each([
    ['notaAprobacion', { notaAprobacion: 101 }],
    ['minutosEntreClics', { minutosEntreClics: 0 }],
    ['exigencia', { exigencia: Number.NaN }],
    ['patronModulo', { patronModulo: '(' }],
  ])('%s that make no sense are told by name', (name, rules) => {
    expect(() => checkedRules({ ...DEFAULT_RULES, ...rules })).toThrow(SourceError);
    expect(() => checkedRules({ ...DEFAULT_RULES, ...rules })).toThrow(name);
  });

  it('that do are taken', () => {
    const rules = { ...DEFAULT_RULES, exigencia: 60, patronModulo: '(\\w+)$' };
    expect(checkedRules(rules)).toEqual(rules);
  });
});
