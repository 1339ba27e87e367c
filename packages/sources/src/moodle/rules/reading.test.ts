import { describe, expect, it } from 'vitest';
import { aCourse, aSection, aSnapshot } from '../../../test/moodle/snapshot.ts';
import { issuesOf, SourceError } from '../../source.ts';
import { DEFAULT_RULES } from '../settings.ts';
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

  it('of what was asked for has them', () => {
    const reading = readingOf([uncoded], chosenCourses([], []), DEFAULT_RULES, links);
    expect(reading.courses.map(({ name }) => name)).toEqual(['LIBRE']);
    expect(reading.findings).toEqual([]);
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
