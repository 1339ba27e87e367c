import { describe, expect, it } from 'vitest';
import { AT, aCourse, aModule, aSection, done } from '../../../test/moodle/snapshot.ts';
import { activitiesOf, countByKind } from './activities.ts';
import { progressOf } from './progress.ts';
import { SectionTree } from './sections.ts';

const sections = [
  aSection(1, 'A'),
  aSection(2, 'oculta', { visible: false }),
  aSection(3, 'sub', { component: 'mod_subsection', itemId: 77 }),
  aSection(4, 'sub de oculta', { component: 'mod_subsection', itemId: 78 }),
];
const modules = [
  aModule(1, 1),
  aModule(2, 1, { visible: false }),
  aModule(3, 1, { deletionInProgress: true }),
  aModule(4, 1, { completion: 0, type: 'zoom' }),
  aModule(5, 1, { completion: 0, type: 'label' }),
  aModule(6, 1, { completion: 1, type: 'label' }),
  aModule(7, 2),
  aModule(8, 1, { type: 'subsection', instance: 77, completion: 0 }),
  aModule(9, 3, { type: 'bigbluebuttonbn', name: `${'ñ'.repeat(49)}💰💰` }),
  aModule(10, 2, { type: 'subsection', instance: 78, completion: 0 }),
  aModule(11, 4),
];
const tree = new SectionTree(sections, modules);
const activities = activitiesOf(aCourse(), modules, tree);

describe('activities', () => {
  it('are those that students can reach, labels only when they must be ticked', () => {
    expect(activities.map(({ module, required }) => [module.id, required])).toEqual([
      [1, true],
      [4, false],
      [6, true],
      [9, true],
    ]);
  });

  it('are all complementary where the course tracks nothing', () => {
    const untracked = activitiesOf(aCourse({ completionEnabled: false }), modules, tree);
    expect(untracked.some(({ required }) => required)).toBe(false);
  });

  it('are live by their type, which can be configured', () => {
    expect(countByKind(activities)).toEqual({ cantActividadSincronica: 2, cantActividadAsincronica: 2 });
    expect(countByKind(activitiesOf(aCourse(), modules, tree, ['page']))).toEqual({
      cantActividadSincronica: 1,
      cantActividadAsincronica: 3,
    });
  });

  it('have names of at most 50 characters, never half a one', () => {
    expect(activities.at(-1)?.codigoActividad).toBe(`${'ñ'.repeat(49)}💰`);
  });
});

describe('progress', () => {
  it('is the share of required activities done, half up', () => {
    const completions = new Map([
      [1, done(1)],
      [4, done(1)],
      [6, done(1)],
    ]);
    expect(progressOf(activities, completions, AT)).toEqual({
      required: 3,
      done: 2,
      percentage: 200 / 3,
      porcentajeAvance: 67,
    });
    const eight = Array.from({ length: 8 }, (_, index) => aModule(index + 1, 1));
    const oneOfEight = progressOf(activitiesOf(aCourse(), eight, tree), completions, AT);
    expect(oneOfEight).toMatchObject({ done: 3, percentage: 37.5, porcentajeAvance: 38 });
  });

  it('is nothing at all where nothing is required', () => {
    expect(progressOf([], undefined, AT)).toEqual({
      required: 0,
      done: 0,
      percentage: null,
      porcentajeAvance: 0,
    });
  });
});
