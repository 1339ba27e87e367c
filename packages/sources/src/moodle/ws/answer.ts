/** What a web service answer turned out to be. */
export type WsAnswer =
  | { kind: 'value'; value: unknown }
  | { kind: 'exception'; errorcode: string; message: string }
  | { kind: 'unreadable' };

/**
 * Reads the body of an answer with HTTP 200. Moodle reports nearly every error with 200, so the key `exception`
 * decides; PHP notices before the JSON (sites with debugging on) and errors in XML are seen through.
 */
export function readAnswer(body: string): WsAnswer {
  const xml =
    /<EXCEPTION\b[\s\S]*?<ERRORCODE>(.*?)<\/ERRORCODE>(?:[\s\S]*?<MESSAGE>([\s\S]*?)<\/MESSAGE>)?/.exec(body);
  if (xml) return { kind: 'exception', errorcode: xml[1] ?? '', message: xml[2] ?? '' };
  const value = parse(body);
  if (value === undefined) return { kind: 'unreadable' };
  if (isException(value)) {
    return {
      kind: 'exception',
      errorcode: String(value.errorcode ?? ''),
      message: [value.message, value.debuginfo].filter((text) => typeof text === 'string').join(' '),
    };
  }
  return { kind: 'value', value };
}

/** Places in a noisy body where JSON is tried; notices hold few brackets. */
const MAX_TRIES = 200;

function parse(body: string): unknown {
  const whole = parseJson(body);
  if (whole !== undefined || /^\s*[[{"]/.test(body)) return whole;
  let tries = 0;
  for (const { index } of body.matchAll(/(?<![:,[{]\s*)[[{]/g)) {
    const value = parseJson(body.slice(index));
    tries += 1;
    if (value !== undefined || tries === MAX_TRIES) return value;
  }
  return undefined;
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
