/**
 * Why a text is no JSON and where, in Spanish, to stand behind «… no es un JSON bien escrito»: a word that JSON does
 * not have (`NaN`, as Python writes it), the place where it breaks, or that it ends too early.
 */
export function explainJsonFault(text: string, fault: unknown): string {
  if (text.trim() === '') return 'está vacío';
  const word = wordOutside(text);
  if (word) return `en la ${placeOf(text, word.at)} dice «${word.text}», que ${reasonOf(word.text)}`;
  const comma = commaTooMany(text);
  if (comma !== null) return `en la ${placeOf(text, comma)} sobra una coma`;
  const position = /position (\d+)/.exec(fault instanceof Error ? fault.message : '')?.[1];
  if (position !== undefined && Number(position) < text.trimEnd().length) {
    const place = placeOf(text, Number(position));
    if (/after JSON/.test(fault instanceof Error ? fault.message : ''))
      return `en la ${place} comienza otro dato después del primero: póngalos en una lista, entre [ ] y con comas`;
    return `se deja de entender en la ${place}`;
  }
  return 'termina antes de tiempo o no comienza como JSON';
}

const NUMBERS = /^[+-]?(nan|inf|infinity)$/i;

function reasonOf(word: string): string {
  if (NUMBERS.test(word)) return 'no es un número en JSON: escriba el valor, o quite el campo si no lo hay';
  if (/^(none|undefined|nil)$/i.test(word)) return 'no existe en JSON: escriba null, o quite el campo';
  if (/^(true|false|null)$/i.test(word)) return `en JSON va en minúsculas: ${word.toLowerCase()}`;
  return 'no va entre comillas dobles';
}

/** The first word outside of quotes that is none of JSON's own. */
function wordOutside(text: string): { text: string; at: number } | null {
  for (const { 0: token, index } of text.matchAll(
    /"(?:[^"\\]|\\.)*"?|[+-]?[\p{L}_$][\p{L}\p{N}_$]*|-?\d[\d.eE+-]*/gu,
  )) {
    if (/^["\d]|^-\d/.test(token) || ['true', 'false', 'null'].includes(token)) continue;
    return { text: token.slice(0, 40), at: index };
  }
  return null;
}

/** Where a comma stands before the end of a list or an object; null where none does. */
function commaTooMany(text: string): number | null {
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?|,\s*[}\]]/g))
    if (token.startsWith(',')) return index;
  return null;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `línea ${before.length}, columna ${(before.at(-1)?.length ?? 0) + 1}`;
}
