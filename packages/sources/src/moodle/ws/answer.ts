/** What a web service answer turned out to be. */
export type WsAnswer =
  /** `around`: text that something put beside the data; null: none. */
  | { kind: 'value'; value: unknown; around: string | null }
  | { kind: 'exception'; errorcode: string; message: string }
  | { kind: 'unreadable' };

/**
 * Reads the body of an answer with HTTP 200. Moodle reports nearly every error with 200, so the key `exception`
 * decides; PHP notices before the JSON and debug text after it (sites with debugging on, plugins that write) are
 * seen through, and so are errors in XML.
 */
export function readAnswer(body: string): WsAnswer {
  const xml =
    /<EXCEPTION\b[\s\S]*?<ERRORCODE>(.*?)<\/ERRORCODE>(?:[\s\S]*?<MESSAGE>([\s\S]*?)<\/MESSAGE>)?/.exec(body);
  if (xml) return { kind: 'exception', errorcode: xml[1] ?? '', message: xml[2] ?? '' };
  const read = parse(body.replace(/^\uFEFF+/, ''));
  if (read === undefined) return { kind: 'unreadable' };
  const exception = [read.value, parse(read.after)?.value].find(isException);
  if (exception) {
    return {
      kind: 'exception',
      errorcode: String(exception.errorcode ?? ''),
      message: [exception.message, exception.debuginfo].filter((text) => typeof text === 'string').join(' '),
    };
  }
  const around = `${read.before} ${read.after}`.replace(/\uFEFF/g, '').trim();
  return { kind: 'value', value: read.value, around: around === '' ? null : around };
}

interface Parsed {
  value: unknown;
  before: string;
  after: string;
}

/** Places in a noisy body where JSON is tried; notices hold few brackets. */
const MAX_TRIES = 200;

function parse(body: string): Parsed | undefined {
  const whole = parseJson(body);
  if (whole !== undefined) return { value: whole, before: '', after: '' };
  if (/^\s*[[{"]/.test(body)) return parseFrom(body, 0);
  let tries = 0;
  for (const { index } of body.matchAll(/(?<![:,[{]\s*)[[{]/g)) {
    const found = parseFrom(body, index);
    tries += 1;
    if (found !== undefined || tries === MAX_TRIES) return found;
  }
  return undefined;
}

/** A whole value that begins here, whatever follows it. */
function parseFrom(body: string, index: number): Parsed | undefined {
  const end = endOfValue(body, index);
  if (end === null) return undefined;
  const value = parseJson(body.slice(index, end));
  return value === undefined ? undefined : { value, before: body.slice(0, index), after: body.slice(end) };
}

/** Behind the bracket or quote that closes what opens here; null where the text ends before. */
function endOfValue(body: string, index: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = index; at < body.length; at++) {
    const sign = body[at];
    if (quoted) {
      if (sign === '\\') at++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
    if (!quoted && depth === 0 && sign !== undefined && /["\]}]/.test(sign)) return at + 1;
  }
  return null;
}

/** Undefined: not JSON, or JSON cut short, of which no part may pass for the whole. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface WsException {
  exception: unknown;
  errorcode?: unknown;
  message?: unknown;
  debuginfo?: unknown;
}

function isException(value: unknown): value is WsException {
  return typeof value === 'object' && value !== null && 'exception' in value;
}
