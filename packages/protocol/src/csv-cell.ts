/** What makes a formula of a cell; also in full width, as keyboards of Asia write it. */
const SIGNS = '=+\\-@＝＋－＠';
const BEGINS_AS_FORMULA = new RegExp(`^(?=[\\t\\r\\n]|\\s*[${SIGNS}])`);
/** A spreadsheet of another country parts cells at another sign, or at a line's end that it does not see as quoted. */
const PART_BEGINS_AS_FORMULA = new RegExp(`([;,\\t\\r\\n])(?=[${SIGNS}])`, 'g');

/**
 * One cell of a CSV that people open in a spreadsheet, quoted where it must be (RFC 4180). A text that the spreadsheet
 * would run as a formula has an apostrophe before it: what stands in a cell may have been written by somebody else.
 */
export function csvCell(text: string): string {
  const inert = text.replace(BEGINS_AS_FORMULA, "'").replace(PART_BEGINS_AS_FORMULA, "$1'");
  return /[",;\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
