/** A value as a message shows it: short, on one line, whatever it is. */
export function show(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value.trim() === '' ? 'un texto vacío' : `«${escaped(cut(value))}»`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '«true»' : '«false»';
  return Array.isArray(value) ? 'una lista' : 'un objeto';
}

const LONGEST = 60;

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${Array.from(text.slice(0, LONGEST * 2))
    .slice(0, LONGEST)
    .join('')}…`;
}

/** Control characters and halves of surrogate pairs as `\u0000`, which no terminal obeys. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** `de` before a name that may begin with `el`. */
export function de(name: string): string {
  return name.startsWith('el ') ? `d${name}` : `de ${name}`;
}
