import { describe, expect, it } from 'vitest';
import { aModule, aSection, aSnapshot } from '../../../test/moodle/snapshot.ts';
import type { CourseModule, Section } from '../site.ts';
import { activitiesOf } from './activities.ts';
import type { CodeSettings } from './codes.ts';
import { MoodleLinks } from './links.ts';
import { modulesOf } from './modules.ts';
import { SectionTree } from './sections.ts';

const read = (sections: Section[], modules: CourseModule[], settings: CodeSettings = {}) => {
  const snapshot = aSnapshot({ sections, modules });
  const tree = new SectionTree(sections, modules);
  const activities = activitiesOf(snapshot.course, modules, tree);
  const found = modulesOf(snapshot, tree, activities, settings, new MoodleLinks(undefined));
  return {
    modules: found.modules.map(({ codigoModulo, sectionIds, activities: own }) => [
      codigoModulo,
      [...sectionIds],
      own.map(({ module }) => module.id),
    ]),
    told: found.findings.map(({ message }) => message),
  };
};

describe('sections become modules', () => {
  it('by the code in their name, several with one code being one module', () => {
    const sections = [aSection(1, 'A / MO-1-M1'), aSection(2, 'B / MO-1-M2'), aSection(3, 'C / mo-1-m1')];
    const modules = [aModule(11, 1), aModule(12, 2), aModule(13, 3)];
    expect(read(sections, modules)).toEqual({
      modules: [
        ['MO-1-M1', [1, 3], [11, 13]],
        ['MO-1-M2', [2], [12]],
      ],
      told: [],
    });
  });

  it('subsections go with their parent, whatever their own name says', () => {
    const sections = [
      aSection(1, 'A / MO-1-M1', { position: 1 }),
      aSection(2, 'B / MO-1-M2', { position: 2 }),
      aSection(9, 'Extra / MO-1-M9', { position: 3, component: 'mod_subsection', itemId: 7 }),
    ];
    const modules = [
      aModule(11, 1),
      aModule(12, 1, { type: 'subsection', instance: 7 }),
      aModule(13, 9),
      aModule(14, 2),
    ];
    expect(read(sections, modules).modules).toEqual([
      ['MO-1-M1', [1, 9], [11, 13]],
      ['MO-1-M2', [2], [14]],
    ]);
  });

  it('a subsection with a code is a module where its parent has none', () => {
    const sections = [
      aSection(1, 'Módulos'),
      aSection(9, 'Uno / MO-1-M1', { component: 'mod_subsection', itemId: 7 }),
    ];
    const modules = [aModule(12, 1, { type: 'subsection', instance: 7, completion: 0 }), aModule(13, 9)];
    expect(read(sections, modules)).toEqual({ modules: [['MO-1-M1', [9], [13]]], told: [] });
  });

  it('without a code they stay out, told when there is something in them', () => {
    const sections = [
      aSection(1, 'General', { position: 0 }),
      aSection(2, 'A / MO-1-M1'),
      aSection(3, 'Material'),
      aSection(4, 'Vacía'),
      aSection(5, null),
      aSection(6, 'Oculta', { visible: false }),
    ];
    const modules = [1, 2, 3, 5, 6].map((section) => aModule(10 + section, section));
    const { modules: found, told } = read(sections, modules);
    expect(found).toEqual([['MO-1-M1', [2], [12]]]);
    expect(told).toEqual([expect.stringMatching(/«Material» y «sección 5 \(sin nombre\)»/)]);
  });

  it('a date at the end is no code, and told elsewhere', () => {
    const sections = [
      aSection(1, 'A / MO-1-M1'),
      aSection(2, 'Semana 5 / 05-10-2026'),
      aSection(3, 'Material'),
    ];
    const { modules: found, told } = read(sections, [aModule(11, 1), aModule(12, 2), aModule(13, 3)]);
    expect(found).toEqual([['MO-1-M1', [1], [11]]]);
    expect(told).toEqual([expect.stringMatching(/sin código de módulo: «Material»/)]);
  });

  it('by hand, or out by hand without a word', () => {
    const sections = [aSection(1, 'Uno'), aSection(2, 'Dos')];
    const modules = [aModule(11, 1), aModule(12, 2)];
    expect(read(sections, modules, { modulos: { Uno: 'X-1', '2': '' } })).toEqual({
      modules: [['X-1', [1], [11]]],
      told: [],
    });
  });

  it('hidden ones are not sent, and told', () => {
    const sections = [aSection(1, 'A / MO-1-M1'), aSection(2, 'B / MO-1-M2', { visible: false })];
    const { modules, told } = read(sections, [aModule(11, 1), aModule(12, 2)]);
    expect(modules).toEqual([['MO-1-M1', [1], [11]]]);
    expect(told).toEqual([expect.stringContaining('oculta')]);
  });

  it('time on a hidden section of a module that is open elsewhere is the module’s', () => {
    const sections = [aSection(1, 'A / MO-1-M1'), aSection(2, 'B / MO-1-M1', { visible: false })];
    const { modules, told } = read(sections, [aModule(11, 1), aModule(12, 2)]);
    expect(modules).toEqual([['MO-1-M1', [1, 2], [11]]]);
    expect(told).toEqual([]);
  });

  it('a course without any code says what to do', () => {
    expect(read([aSection(1, 'Uno')], [aModule(11, 1)]).told).toEqual([
      expect.stringContaining('ninguna sección visible'),
    ]);
  });
});
