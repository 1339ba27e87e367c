import { listed } from '../../../rules/listed.ts';
import type { Section } from '../../site.ts';
import { codeOfSection, dateAtEnd } from '../codes.ts';
import { oneLanguage } from '../text.ts';
import { at, type Figured, type Look } from './oddity.ts';

/** Sections that would be a module, had they not a date where the code goes. */
export const dated: Look = (judged, links) => {
  const { course, sections } = judged.snapshot;
  const names = sections
    .filter((section) => isDated(section, judged))
    .map(({ name }) => oneLanguage(name ?? ''));
  if (names.length === 0) return [];
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» hay secciones cuyo nombre termina en una fecha o un horario, que no es un código de módulo: ${listed(names)}. No se informan como módulo.`,
        fix: 'Si son módulos, escriba en Moodle su código después de la última barra, o indíquelo en `modulos` de puente.yaml. Si no lo son, no hay nada que hacer.',
        ...at(links.course(course.id)),
      },
    },
  ];
};

function isDated(section: Section, { snapshot, sections, modules, rules, selections }: Figured): boolean {
  const { id, name, visible } = section;
  if (name === null || !visible || dateAtEnd(oneLanguage(name)) === null) return false;
  if (sections.parentOf(id) !== null || modules.some(({ sectionIds }) => sectionIds.has(id))) return false;
  const byHand = Object.assign({}, ...selections.map(({ modulos }) => modulos));
  return (
    codeOfSection(section, { ...rules, modulos: byHand }) === null &&
    snapshot.modules.some(({ sectionId, type }) => sectionId === id && type !== 'subsection')
  );
}
