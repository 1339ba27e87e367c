import { type ProcesoHistorial, readHistory, readProceso } from '@puente-sic/protocol';

/** One process of a history may take this much as JSON; a call of 200 students in 20 modules takes some 3 MiB. */
export const MAX_PROCESS_BYTES = 64 * 1024 * 1024;
/** What may stand behind the list. */
const MAX_TAIL_BYTES = 1024 * 1024;

/** What came of a history that was cut into its processes as it arrived. */
export type SplitEnd =
  | { kind: 'processes'; skipped: number; leaked: boolean }
  | { kind: 'refused' | 'unreadable' | 'too-large' };

/**
 * Cuts a history into the processes of its top-level list as its bytes arrive, so that its length does not matter.
 * Leaked text before and behind the list is survived, as by {@link readHistory}; entries that have not the form of a
 * process are counted. What was given counts only if {@link HistorySplitter.end} says `processes`.
 */
export class HistorySplitter {
  readonly #onProcess: (proceso: ProcesoHistorial) => void;
  #state: 'seeking' | 'listing' | 'behind' | 'too-large' = 'seeking';
  /** Seeking: all that came. Listing: what came of the entry under way. Behind: what came after the list. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Seeking is tried again when this much is there: each byte is looked at a few times, however it arrives. */
  #nextTry = 1;
  #scan = freshScan();
  #leaps = true;
  /** Leaping: where in the entry under way its records end. */
  #end: number | null = null;
  #skipped = 0;
  #leaked = false;

  constructor(onProcess: (proceso: ProcesoHistorial) => void) {
    this.#onProcess = onProcess;
  }

  push(chunk: Buffer): void {
    if (this.#state === 'listing') this.#list(chunk);
    else if (this.#state !== 'too-large') {
      this.#hold(chunk);
      if (this.#state === 'seeking' && this.#heldBytes >= this.#nextTry) this.#seek(false);
      else if (this.#state === 'behind' && this.#heldBytes > MAX_TAIL_BYTES) this.#giveUp();
    }
  }

  end(): SplitEnd {
    if (this.#state === 'seeking') this.#seek(true);
    if (this.#state === 'listing' && this.#leaps) this.#walkOn();
    if (this.#state === 'too-large') return { kind: 'too-large' };
    if (this.#state === 'listing') return { kind: 'unreadable' };
    const rest = Buffer.concat(this.#held).toString('utf8');
    const found = readHistory(rest);
    if (this.#state === 'seeking') {
      return found.kind === 'processes' ? { kind: found.kind, skipped: 0, leaked: found.leaked } : found;
    }
    // A second list: nobody can say which of the two is the answer.
    if (found.kind === 'processes' && found.processes.length > 0) return { kind: 'unreadable' };
    return { kind: 'processes', skipped: this.#skipped, leaked: this.#leaked || rest.trim() !== '' };
  }

  /** Looks for a list that has a process among its first entries. */
  #seek(isLast: boolean): void {
    const all = Buffer.concat(this.#held);
    this.#nextTry = all.length * 2;
    for (const { index } of all.toString('latin1').matchAll(/\[\s*\{/g)) {
      const verdict = holdsProcess(all, index + 1);
      if (verdict === 'unfinished' && !isLast) break;
      if (verdict !== 'yes') continue;
      this.#leaked =
        all
          .subarray(0, index)
          .toString('utf8')
          .replace(/^\uFEFF/, '')
          .trim() !== '';
      this.#release();
      this.#state = 'listing';
      this.#list(all.subarray(index + 1));
      return;
    }
    if (all.length > MAX_PROCESS_BYTES) this.#giveUp();
  }

  #list(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0 && this.#state === 'listing')
      rest = this.#leaps ? this.#leap(rest) : this.#walk(rest);
    if (rest.length > 0 && this.#state === 'behind') this.push(rest);
  }

  /**
   * A process ends, as the service writes it, with the end of its list of records: where an object that is whole ends
   * before a comma or the list's bracket, it is the entry, and nobody has to look at each of its bytes. Where that is
   * not so once, all that follows is walked through.
   */
  #leap(chunk: Buffer): Buffer {
    let from = 0;
    if (this.#end === null) {
      from = endOfRecords(chunk, this.#held.at(-1)?.at(-1));
      if (from !== -1) this.#end = this.#heldBytes + from;
    }
    const separator = from === -1 ? chunk.length : skipBlanks(chunk, from);
    if (separator === chunk.length) {
      this.#hold(chunk);
      if (this.#heldBytes > MAX_PROCESS_BYTES) this.#walkOn();
      return NOTHING;
    }
    const all = this.#held.length === 0 ? chunk : Buffer.concat([...this.#held, chunk]);
    const isEnd = chunk[separator] === COMMA || chunk[separator] === CLOSE_LIST;
    const entry = isEnd ? parse(all.subarray(0, this.#end ?? 0)) : undefined;
    if (entry !== undefined) return this.#close(entry, chunk, separator);
    this.#hold(chunk);
    this.#walkOn();
    return NOTHING;
  }

  /** No more leaps, from the beginning of the entry under way. */
  #walkOn(): void {
    const all = Buffer.concat(this.#held);
    this.#release();
    this.#leaps = false;
    this.#list(all);
  }

  /** The rest of the entry under way, byte by byte. */
  #walk(chunk: Buffer): Buffer {
    const at = scanEntry(chunk, 0, this.#scan);
    this.#hold(chunk.subarray(0, at));
    if (this.#heldBytes > MAX_PROCESS_BYTES) this.#giveUp();
    if (this.#state !== 'listing' || at === chunk.length) return NOTHING;
    const bytes = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
    return this.#close(parse(bytes), chunk, at);
  }

  /** The entry is whole: `separator` is where the comma or the bracket behind it stands. */
  #close(entry: unknown, chunk: Buffer, separator: number): Buffer {
    const proceso = readProceso(entry);
    if (proceso === null) this.#skipped += 1;
    else this.#onProcess(proceso);
    this.#release();
    this.#scan = freshScan();
    if (chunk[separator] === CLOSE_LIST) this.#state = 'behind';
    return chunk.subarray(separator + 1);
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  #release(): void {
    this.#held = [];
    this.#heldBytes = 0;
    this.#end = null;
  }

  #giveUp(): void {
    this.#release();
    this.#state = 'too-large';
  }
}

/** Whether the list whose entries begin at `from` has a process, as far as it is there. */
function holdsProcess(bytes: Buffer, from: number): 'yes' | 'no' | 'unfinished' {
  for (let start = from; ; ) {
    const end = scanEntry(bytes, start, freshScan());
    if (end === bytes.length) return 'unfinished';
    const entry = parse(bytes.subarray(start, end));
    if (readProceso(entry) !== null) return 'yes';
    // What is no JSON is not the inside of a list: the bracket before it was some text's.
    if (entry === undefined || bytes[end] === CLOSE_LIST) return 'no';
    start = end + 1;
  }
}

/** Index behind the first `]}`; -1 where there is none. `before` is the byte that came before the chunk. */
function endOfRecords(chunk: Buffer, before: number | undefined): number {
  if (before === CLOSE_LIST && chunk[0] === CLOSE_OBJECT) return 1;
  const at = chunk.indexOf(']}', 0, 'latin1');
  return at === -1 ? -1 : at + 2;
}

function skipBlanks(bytes: Buffer, from: number): number {
  let at = from;
  while (BLANKS.has(bytes[at])) at += 1;
  return at;
}

/** How far into an entry a scan is; it goes on in the next chunk. */
interface Scan {
  depth: number;
  quoted: boolean;
  escaped: boolean;
}

function freshScan(): Scan {
  return { depth: 0, quoted: false, escaped: false };
}

/** Index of the comma or bracket that ends the entry under way; the chunk's length where it goes on. */
function scanEntry(chunk: Buffer, from: number, scan: Scan): number {
  let { depth, quoted, escaped } = scan;
  let at = from;
  for (; at < chunk.length; at += 1) {
    if (quoted) {
      // Most of a history stands between quotes: a loop of its own, as tight as can be.
      if (!escaped) while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
      if (at === chunk.length) break;
      if (!escaped && chunk[at] === QUOTE) quoted = false;
      escaped = !escaped && chunk[at] === BACKSLASH;
      continue;
    }
    const byte = chunk[at];
    if (byte === QUOTE) quoted = true;
    else if (byte === COMMA) {
      if (depth === 0) break;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  Object.assign(scan, { depth, quoted, escaped });
  return at;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x09, 0x0a, 0x0d, 0x20]);
const NOTHING = Buffer.alloc(0);

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // no JSON: an entry to count as not readable
  }
}
