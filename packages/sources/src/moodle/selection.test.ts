import { expect, it } from 'vitest';
import { chooseCourses } from './selection.ts';

const courses = [
  { id: 1, shortname: 'sitio' },
  { id: 2, shortname: 'CAP-1' },
  { id: 3, shortname: '2' },
  { id: 4, shortname: 'CAP-3' },
];
const ids = (wanted: string[] | undefined) =>
  chooseCourses(
    courses,
    wanted?.map((curso) => ({ curso })),
  ).chosen.map(({ course }) => course.id);

it('takes all but the front page where nothing is named', () => expect(ids(undefined)).toEqual([2, 3, 4]));

it('finds by short name, then by id, in the site’s order', () => {
  expect(ids(['CAP-3', ' cap-1 '])).toEqual([2, 4]);
  expect(ids(['2'])).toEqual([3]);
  expect(ids(['4'])).toEqual([4]);
});

it('keeps several selections of one course together', () => {
  const { chosen } = chooseCourses(courses, [
    { curso: 'CAP-1', codigoGrupo: 'A' },
    { curso: '4' },
    { curso: 'CAP-1', codigoGrupo: 'B' },
  ]);
  expect(chosen[0]?.selections.map(({ codigoGrupo }) => codigoGrupo)).toEqual(['A', 'B']);
});

it('never takes the front page, and tells what is not there', () => {
  const { chosen, findings } = chooseCourses(courses, [{ curso: '1' }, { curso: 'NO' }]);
  expect(chosen).toEqual([]);
  expect(findings.map(({ severity, message }) => [severity, /«(.*?)»/.exec(message)?.[1]])).toEqual([
    ['error', '1'],
    ['error', 'NO'],
  ]);
});
