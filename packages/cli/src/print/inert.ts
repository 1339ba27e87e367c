/** The colours that this program writes. */
const COLOUR = new RegExp(`(${'\u001b'}\\[(?:[012]|22|3[1-69])m)`);
/** What a terminal obeys instead of showing it: the cursor, the title, the clipboard, the direction of reading. */
const ORDER = /(?![\n\t]|\r\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text as a terminal may have it. What stands in a sheet, an LMS or a Gestor's answer is printed beside our own words:
 * nothing of it may move the cursor over them, colour aside.
 */
export function inert(text: string): string {
  return text
    .split(COLOUR)
    .map((part) => (COLOUR.test(part) ? part : part.replace(ORDER, '·')))
    .join('');
}

/** The same document, with what a terminal would obey written as JSON can: `\u009b`. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
