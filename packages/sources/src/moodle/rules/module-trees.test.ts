import { expect, it } from 'vitest';
import { aCourse, aModule, aSection } from '../../../test/moodle/snapshot.ts';
import { activitiesOf } from './activities.ts';
import { kindName } from './kinds.ts';
import { moduleTreesOf } from './module-trees.ts';
import { SectionTree } from './sections.ts';

const treeOf = (name: string | null, codigoModulo: string, modules = [aModule(1, 5)]) => {
  const sections = [aSection(5, name)];
  const activities = activitiesOf(aCourse(), modules, new SectionTree(sections, modules));
  const [tree] = moduleTreesOf({
    modules: [{ codigoModulo, sections, sectionIds: new Set([5]), activities, gradeItem: null }],
  });
  return tree;
};

it.each([
  ['Introducción/PRES028008000558', 'PRES028008000558', 'Introducción'],
  ['Introducción / pres028008000558', 'PRES028008000558', 'Introducción'],
  ['MO-00051737-M1', 'MO-00051737-M1', 'MO-00051737-M1'],
  ['Unidad 1 y/o 2', 'MO-1-M1', 'Unidad 1 y/o 2'],
  ['ELE028837032041 – Manejo de caja 💰', 'ELE028837032041', 'Manejo de caja 💰'],
  ['Señas (MO-00099001-M2), parte 1', 'MO-00099001-M2', 'Señas (MO-00099001-M2), parte 1'],
  [null, 'MO-1-M1', 'MO-1-M1'],
])('the section %s of module %s is called %s', (name, code, title) => {
  expect(treeOf(name, code)?.title).toBe(title);
});

it('what has no completion tracking is complementary', () => {
  const tree = treeOf('Uno', 'MO-1-M1', [
    aModule(1, 5, { type: 'quiz', name: 'Prueba' }),
    aModule(2, 5, { type: 'forum', name: 'Dudas', completion: 0 }),
    aModule(3, 5, { type: 'zoom', name: 'Clase' }),
    aModule(4, 5, { type: 'quiz', visible: false }),
  ]);
  expect(tree?.activities).toEqual([
    { name: 'Prueba', type: 'cuestionario', required: true, synchronous: false },
    { name: 'Dudas', type: 'foro', required: false, synchronous: false },
    { name: 'Clase', type: 'clase en Zoom', required: true, synchronous: true },
  ]);
});

it('a plugin that nobody knows goes by its own name', () => {
  expect(['quiz', 'otrojuego', 'constructor'].map(kindName)).toEqual([
    'cuestionario',
    'otrojuego',
    'constructor',
  ]);
});
