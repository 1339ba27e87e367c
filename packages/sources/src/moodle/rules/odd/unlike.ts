import { listed } from '../../../rules/listed.ts';
import { codeOfSection, isKnownShape } from '../codes.ts';
import { oneLanguage } from '../text.ts';
import { at, type Look } from './oddity.ts';

/**
 * What was taken for a code among codes of known shapes, and is of none: a telephone number, a standard (`ISO-9001-2015`)
 * or a room behind the last bar of a name. SENCE knows nobody in such a module (010).
 */
export const unlike: Look = ({ snapshot: { course }, modules, rules, selections }, links) => {
  if (rules.patronModulo !== undefined) return [];
  const byHand = Object.assign({}, ...selections.map(({ modulos }) => modulos));
  const found = modules.filter(({ codigoModulo }) => !isKnownShape(codigoModulo));
  if (found.length === modules.length) return [];
  const guessed = found.flatMap(({ codigoModulo, sections }) =>
    sections.flatMap((section) => {
      const code = codeOfSection(section, { modulos: byHand });
      return code === null || code === 'none' || code.byHand
        ? []
        : `${codigoModulo}, de la sección ${oneLanguage(section.name ?? '')}`;
    }),
  );
  if (guessed.length === 0) return [];
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» se informa como módulo algo que no se parece a los códigos de los demás: ${listed(guessed)}.`,
        fix: 'Si no es su código en SIC, quítelo de detrás de la última barra en el nombre de la sección. Si lo es, escríbalo en `modulos` de puente.yaml, y no se vuelve a preguntar.',
        ...at(links.course(course.id)),
      },
    },
  ];
};
