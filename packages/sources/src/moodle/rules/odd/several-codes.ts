import { codeOfSection, codesIn } from '../codes.ts';
import { listed, oneLanguage } from '../text.ts';
import { at, type Figured, type Look } from './oddity.ts';

/** Sections that name several codes: what is done in them goes to one module, and the others are missing. */
export const severalCodes: Look = (judged, links) => {
  const { course } = judged.snapshot;
  const found = judged.modules.flatMap(({ sections, codigoModulo }) =>
    sections.flatMap((section) => {
      const name = oneLanguage(section.name ?? '');
      const codes = codesIn(name);
      return codes.length > 1 && !isChosen(section, judged)
        ? `«${name}» se informa como ${codigoModulo}`
        : [];
    }),
  );
  if (found.length === 0) return [];
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» hay secciones con más de un código de módulo en su nombre, y cada una va como uno solo: ${listed(found)}.`,
        fix: 'Haga en Moodle una sección por módulo, con su código; o escriba en `modulos` de puente.yaml cuál es el de esa sección.',
        ...at(links.course(course.id)),
      },
    },
  ];
};

/** Whether the provider says which code it is. */
function isChosen(section: { id: number; name: string | null }, { rules, selections }: Figured): boolean {
  const byHand = Object.assign({}, ...selections.map(({ modulos }) => modulos));
  const code = codeOfSection(section, { ...rules, modulos: byHand });
  return rules.patronModulo !== undefined || (code !== null && code !== 'none' && code.byHand);
}
