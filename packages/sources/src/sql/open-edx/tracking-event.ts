/** What somebody did in a course at a moment. */
export interface TrackedClick {
  /** `course-v1:…` */
  curso: string;
  /** `auth_user.id`. */
  alumno: string;
  /** The chapter's `block-v1:…`, where the address of the page names it. */
  modulo: string | null;
  /** The `block-v1:…` of what was used, where the event names it. */
  actividad: string | null;
  instante: string;
}

/**
 * Events that say something of a person and are not that person's doing: enrolments made in bulk, marks and certificates
 * that a task of the server works out at any hour.
 */
const NOT_BY_HAND = /^edx\.(course\.enrollment|grades|certificate|bi|user\.settings|team)\b/;

/** What only holds other blocks. */
const STRUCTURE = /type@(course|chapter|sequential|vertical)\+/;
const BLOCK = /block-v1:[^/?#"'\s&;\\]+?\+type@\w+\+block@[\w-]+/g;
/** `/courses/course-v1:ORG+CODE+RUN/courseware/CHAPTER/SEQUENCE/` */
const COURSEWARE = /\/courses\/course-v1:([^/]+)\/courseware\/([\w-]+)/;

/** An event as a click. Null: it is none, or of nobody, or of no course. */
export function clickOf(line: string): TrackedClick | 'unreadable' | null {
  // Some sites put the logger's own words before the event.
  const start = line.indexOf('{');
  if (start < 0) return line.trim() === '' ? null : 'unreadable';
  const event = parsed(line.slice(start));
  if (event === undefined) return 'unreadable';
  const { context, event_type, event_source, time } = event;
  if (!isRecord(context) || typeof time !== 'string' || event_source === 'task') return null;
  const type = typeof event_type === 'string' ? event_type : '';
  const { course_id, user_id } = context;
  if (typeof course_id !== 'string' || course_id === '' || NOT_BY_HAND.test(type)) return null;
  if ((typeof user_id !== 'number' && typeof user_id !== 'string') || String(user_id).trim() === '')
    return null;
  const page = typeof event.page === 'string' ? event.page : '';
  const told = typeof event.event === 'string' ? event.event : JSON.stringify(event.event ?? '');
  return {
    curso: course_id,
    alumno: String(user_id),
    modulo: chapterIn(type) ?? chapterIn(page),
    actividad: blockIn(type) ?? blockIn(told) ?? blockIn(page),
    instante: time,
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function chapterIn(address: string): string | null {
  const found = COURSEWARE.exec(readable(address));
  return found ? `block-v1:${found[1]}+type@chapter+block@${found[2]}` : null;
}

/** The last one that is used and not only passed through. */
function blockIn(text: string): string | null {
  const used = readable(text)
    .match(BLOCK)
    ?.filter((key) => !STRUCTURE.test(key));
  return used?.at(-1) ?? null;
}

/** Addresses have `+`, `:` and `@` as they are or percent-encoded. */
function readable(text: string): string {
  return text.replace(/%(2B|3A|40)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
