import { type Issue, showInvisible, withoutInvisible } from '@puente-sic/protocol';
import { CODE_FIELDS, codeOf, codePlace } from './code-fields.ts';
import { inOurLetters, showLookalikes } from './decide/lookalikes.ts';
import type { Entry } from './entry.ts';
import { several, warning } from './finding.ts';

/** What no code of SIC was seen to have. [S, I, O] */
const ODD: { is: (code: string) => boolean; what: string }[] = [
  {
    is: (code) => /\p{Ll}/u.test(code) && !/\p{Lu}/u.test(code),
    what: 'códigos en minúsculas, y SIC los escribe en mayúsculas',
  },
  { is: (code) => !/\d/.test(code), what: 'códigos sin ningún número, y los de SIC los llevan' },
  { is: (code) => /\S\s+\S/.test(code), what: 'códigos con espacios, y los de SIC no los llevan' },
  {
    is: (code) => /[,;&<>"/\\:|]/.test(code) || /[^\p{ASCII}]/u.test(inOurLetters(withoutInvisible(code))),
    what: 'códigos con comas, barras, tildes u otros signos que los de SIC no llevan',
  },
  {
    is: (code) => /\d[OIl]+\d/.test(code),
    what: 'códigos con una letra entre números, que puede ser un cero o un uno',
  },
  {
    is: (code) => withoutInvisible(code) !== code || inOurLetters(code) !== code,
    what: 'códigos con signos que no se ven o letras de otro alfabeto',
  },
];

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
  return ODD.flatMap(({ is, what }) => {
    const places = [...first].filter(([code]) => is(code));
    for (const [code] of places) first.delete(code);
    if (places.length === 0) return [];
    const shown = places.map(([code, place]) => `«${showLookalikes(showInvisible(code))}» (${place})`);
    return warning({
      message: `Hay ${what}: ${several(shown, 3)}. Se envían como están.`,
      fix: 'Compárelos con los de SIC y escríbalos igual; si en SIC están así, no hay nada que hacer.',
      place: places[0]?.[1] ?? '',
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
