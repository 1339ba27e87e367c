import { showInvisible } from '@puente-sic/protocol';
import { oddCodesAmong } from '../../../rules/code-text.ts';
import { listed } from '../../../rules/listed.ts';
import { showLookalikes } from '../../../rules/lookalikes.ts';
import { codeOfSection } from '../codes.ts';
import { oneLanguage } from '../text.ts';
import { restored } from './copies.ts';
import { at, type Figured, type Look } from './oddity.ts';

interface Spelled {
  /** As Moodle has it. */
  written: string;
  code: string;
  /** Words may stand around it. */
  among?: boolean;
}

/** Codes that Moodle has with other dashes, blanks or small letters: read as SIC writes them, and told. */
export const respelled: Look = (judged, links) => {
  const { course } = judged.snapshot;
  const changed = codesOf(judged).filter(({ written, code, among }) =>
    among ? !written.includes(code) : written.trim() !== code,
  );
  if (changed.length === 0) return [];
  const shown = changed.map(({ written, code }) => `${visible(written)} como ${code}`);
  return [
    {
      costs: 'advice',
      words: {
        message: `En el curso «${course.shortname}» hay códigos escritos de otro modo que en SIC (guiones, espacios, minúsculas o signos que no se ven), y se leyeron así: ${listed(shown)}.`,
        fix: 'Si en SIC son esos, no hay nada que hacer; para no ver más este aviso, escríbalos igual en Moodle. Si no lo son, indíquelos en puente.yaml (`codigoOferta`, `codigoGrupo`, `modulos`).',
        ...at(links.course(course.id)),
      },
    },
  ];
};

/** Codes that are sent as they stand, and hardly stand so at SIC. */
export const oddCodes: Look = (judged, links) => {
  const { course } = judged.snapshot;
  const isCopy = restored(judged, links).length > 0;
  const codes = codesOf(judged).filter(({ written }) => !isCopy || written !== course.shortname);
  const once = codes.filter(({ code }, index) => codes.findIndex((other) => other.code === code) === index);
  return oddCodesAmong(once).map(({ what, found }) => ({
    costs: 'figures',
    words: {
      message: `En el curso «${course.shortname}» hay ${what}: ${listed(found.map(({ code }) => visible(code)))}. Se envían como están.`,
      fix: 'Compárelos con los de SIC y escríbalos igual en Moodle; o, si el nombre de Moodle no puede cambiar, indíquelos en puente.yaml (`codigoOferta`, `codigoGrupo`, `modulos`). Si en SIC están así, indicarlos ahí basta para no ver más este aviso.',
      ...at(links.course(course.id)),
    },
  }));
};

/** The codes that come from Moodle and not from puente.yaml. */
function codesOf({ snapshot, modules, groups, rules, selections }: Figured): Spelled[] {
  const byHand = Object.assign({}, ...selections.map(({ modulos }) => modulos));
  const said = new Set(selections.flatMap(({ codigoOferta, codigoGrupo }) => [codigoOferta, codigoGrupo]));
  const ofGroups = groups.flatMap(({ codigoOferta, codigoGrupo, group }) => [
    { written: snapshot.course.shortname, code: codigoOferta },
    ...(group === null ? [] : [{ written: group.name, code: codigoGrupo }]),
  ]);
  const ofModules = modules.flatMap(({ codigoModulo, sections }) =>
    sections.flatMap((section) => {
      const found = codeOfSection(section, { ...rules, modulos: byHand });
      if (found === null || found === 'none' || found.byHand || rules.patronModulo !== undefined) return [];
      return { written: oneLanguage(section.name ?? ''), code: codigoModulo, among: true };
    }),
  );
  const all = [...ofGroups.filter(({ code }) => !said.has(code)), ...ofModules];
  return all.filter(
    (one, index) =>
      all.findIndex(({ written, code }) => written === one.written && code === one.code) === index,
  );
}

function visible(text: string): string {
  return showLookalikes(showInvisible(text));
}
