import { expect, it } from 'vitest';
import { OPTIONAL_FUNCTIONS, REQUIRED_FUNCTIONS } from './functions.ts';
import { PERMISSIONS, permissionsGuide } from './permissions.ts';

it('names every permission and every function, in lines that fit a terminal where they are prose', () => {
  const guide = permissionsGuide();
  for (const { capability } of PERMISSIONS) expect(guide).toContain(`- ${capability}: `);
  for (const name of [...Object.keys(REQUIRED_FUNCTIONS), ...Object.keys(OPTIONAL_FUNCTIONS)])
    expect(guide).toContain(`- ${name}: `);
  const prose = guide.split('\n').filter((line) => !line.startsWith('     - '));
  expect(prose.filter((line) => line.length > 120)).toEqual([]);
});

it('asks by name for those whose absence gives no error', () => {
  const silent = PERMISSIONS.filter((one) => one.silent).map(({ capability }) => capability);
  expect(silent).toEqual(
    expect.arrayContaining([
      'mod/quiz:view',
      'mod/assign:view',
      'mod/bigbluebuttonbn:view',
      'moodle/grade:viewhidden',
      'moodle/site:accessallgroups',
    ]),
  );
  expect(new Set(silent).size).toBe(silent.length);
});
