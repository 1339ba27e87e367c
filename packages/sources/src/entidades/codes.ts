import { showInvisible } from '@puente-sic/protocol';
import { oddCodesAmong } from '../rules/code-text.ts';
import type { FindingWords } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import { showLookalikes } from '../rules/lookalikes.ts';
import type { JudgedEntities } from './judge.ts';

/** Codes that were read otherwise than they are written, and those that go as they are and hardly stand so at SIC. */
export function codeWords({
  course,
  codigoOferta,
  groups,
  modules,
  selections,
}: JudgedEntities): FindingWords[] {
  const changed = [...course.respelled].map(([written, code]) => `${visible(written)} como ${visible(code)}`);
  const said = new Set(
    selections.flatMap((one) => [one.codigoOferta, one.codigoGrupo, ...Object.values(one.modulos ?? {})]),
  );
  const own = new Set([
    ...(codigoOferta === null ? [] : [codigoOferta]),
    ...groups.map(({ codigoGrupo }) => codigoGrupo),
    ...modules.map(({ codigoModulo }) => codigoModulo),
  ]);
  const codes = [...own].filter((code) => !said.has(code)).map((code) => ({ code }));
  return [
    ...(changed.length === 0
      ? []
      : [
          {
            message: `En el curso «${course.id}» hay códigos escritos de otro modo que en SIC (guiones, espacios, signos que no se ven u otras palabras), y se leyeron así: ${listed(changed, 3)}.`,
            fix: 'Si en SIC son esos, no hay nada que hacer; para no ver más este aviso, entréguelos así. Si no lo son, indíquelos en puente.yaml (`codigoOferta`, `codigoGrupo`, `modulos`).',
          },
        ]),
    ...oddCodesAmong(codes).map(({ what, found }) => ({
      message: `En el curso «${course.id}» hay ${what}: ${listed(
        found.map(({ code }) => visible(code)),
        3,
      )}. Se envían como están.`,
      fix: 'Compárelos con los de SIC y entréguelos igual, o indíquelos en puente.yaml (`codigoOferta`, `codigoGrupo`, `modulos`). Si en SIC están así, indicarlos ahí basta para no ver más este aviso.',
    })),
  ];
}

function visible(text: string): string {
  return showLookalikes(showInvisible(text));
}
