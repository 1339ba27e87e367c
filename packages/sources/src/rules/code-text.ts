import { withoutInvisible } from '@puente-sic/protocol';
import { inOurLetters } from './lookalikes.ts';

/** A code without what nobody sees or means: invisible characters, other dashes, other blanks, letters of another alphabet. */
export function tidyCode(text: string): string {
  return inOurLetters(
    withoutInvisible(text)
      .normalize('NFC')
      .replace(/\s+/g, ' ')
      .replace(/[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g, '-')
      .replace(/^'+/, '')
      .trim(),
  );
}

/** What no code of SIC was seen to have, in the order in which it is told. [S, I, O] */
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

/** Codes that hardly stand so at SIC, each under the first thing that is odd of it. */
export function oddCodesAmong<T extends { code: string }>(all: readonly T[]): { what: string; found: T[] }[] {
  const rest = new Set(all);
  return ODD.flatMap(({ is, what }) => {
    const found = [...rest].filter(({ code }) => is(code));
    for (const one of found) rest.delete(one);
    return found.length === 0 ? [] : [{ what, found }];
  });
}
