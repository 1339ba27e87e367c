/**
 * Whether a text can name an account or a key: letters of our alphabet with their accents, digits, and what stands in
 * addresses of mail. Letters of other alphabets are none, since some look like ours and would read as another person's.
 */
export function isNombre(text: string): boolean {
  const bare = text.normalize('NFD').replace(/(?<=[A-Za-z])\p{M}+/gu, '');
  return /^[A-Za-z\d][A-Za-z\d ._@+'’-]*$/.test(bare) && !/\p{M}/u.test(text.normalize('NFC'));
}

/**
 * As a name reads to who runs over it: upper and lower case, accents, kinds of hyphens and blanks, `0` and `o`, `1`, `i`
 * and `l` are the same. Two accounts of one reading could be taken for each other in the audit.
 */
export function readingOf(nombre: string): string {
  return nombre
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('0', 'o')
    .replace(/[1i]/g, 'l')
    .split(/[^a-z\d]+/)
    .filter(Boolean)
    .join(' ');
}

/** Whether it reads in the audit as this computer's console, or as an API key. */
export function readsAsOurs(nombre: string): boolean {
  return /^(clave .*|consola|puente( consola)?)$/.test(readingOf(nombre));
}
