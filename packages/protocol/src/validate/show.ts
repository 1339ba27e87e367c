/** A value as a message shows it: short, on one line, whatever it is. */
export function show(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value.trim() === '' ? 'un texto vacío' : `«${shorten(value)}»`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '«true»' : '«false»';
  return Array.isArray(value) ? 'una lista' : 'un objeto';
}

/** A text of the body inside a sentence: short, and with what no terminal should obey as `\u0000`. */
export function shorten(text: string): string {
  // A code, as nearly all that is shown: each module of each body is named, though little of it is ever told.
  if (text.length <= LONGEST && /^[ -~]*$/.test(text)) return text;
  const start = Array.from(text.slice(0, LONGEST * 2))
    .slice(0, LONGEST)
    .join('');
  const visible = start.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return start.length < text.length ? `${visible}…` : visible;
}

const LONGEST = 60;

/** `de` before a name that may begin with `el`. */
export function de(name: string): string {
  return name.startsWith('el ') ? `d${name}` : `de ${name}`;
}
