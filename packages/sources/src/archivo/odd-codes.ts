import { type Issue, showInvisible } from '@puente-sic/protocol';
import { oddCodesAmong } from '../rules/code-text.ts';
import { showLookalikes } from '../rules/lookalikes.ts';
import { CODE_FIELDS, codeOf, codePlace } from './code-fields.ts';
import type { Entry } from './entry.ts';
import { several, warning } from './finding.ts';

interface Placed {
  code: string;
  place: string;
}

/** Codes that are sent as they stand and hardly stand so at SIC (`more`: those of puente.yaml): told once per kind. */
export function oddCodes(entries: readonly Entry[], more: readonly Placed[] = []): Issue[] {
  const first = new Map<string, string>();
  const see = ({ code, place }: Placed): void => {
    if (!first.has(code)) first.set(code, place);
  };
  for (const entry of entries) codesOf(entry).forEach(see);
  more.forEach(see);
  const all = [...first].map(([code, place]) => ({ code, place }));
  return oddCodesAmong(all).map(({ what, found }) => {
    const shown = found.map(({ code, place }) => `«${showLookalikes(showInvisible(code))}» (${place})`);
    return warning({
      message: `Hay ${what}: ${several(shown, 3)}. Se envían como están.`,
      fix: 'Compárelos con los de SIC y escríbalos igual; si en SIC están así, no hay nada que hacer.',
      place: found[0]?.place ?? '',
    });
  });
}

/** What is held back is not sent. */
function codesOf(entry: Entry): Placed[] {
  if (entry.doubts.length > 0) return [];
  return CODE_FIELDS.flatMap((field) => {
    if (field === 'codigoModulo' && entry.moduloDoubts.length > 0) return [];
    const code = codeOf(entry, field);
    return code === undefined ? [] : { code, place: codePlace(entry, field) };
  });
}
