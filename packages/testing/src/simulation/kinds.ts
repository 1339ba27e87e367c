/** What can go wrong in a simulated night, and where. A seed has a few of them; each is counted where it took effect. */
export const KINDS = {
  /** Nothing of the request arrives; the sender only sees the connection break. */
  'cut-before': 'line',
  /** No connection: it is certain that nothing left. */
  'no-connection': 'line',
  /** Arrives and is answered; the answer is lost. */
  'cut-after': 'line',
  /** Answered after the sender has given up. */
  'too-late': 'line',
  /** The sender sees it break; it arrives some minutes later all the same. */
  'arrives-later': 'line',
  /** Somebody between repeats the request. */
  duplicate: 'line',
  /** The answer stops in the middle. */
  truncated: 'line',
  /** PHP's notices stand before the JSON. [O] */
  'leaked-html': 'line',
  '429-retry-after': 'line',
  '503-retry-after': 'line',
  /** Recorded, and a gateway says 503. */
  '503-recorded': 'line',
  /** Recorded, and the answer says that it was not: 429, 307, 308, a refused token. */
  'denied-and-recorded': 'line',
  /** Nobody's token is accepted for a while. */
  'token-refused': 'line',
  /** What arrived in the last minutes is not in the history yet. */
  'history-late': 'line',
  /** A process stands in the history with its first records only while it is young. */
  'history-half': 'line',
  /** Asked by codigoEnvio the history answers `[]`, though it has it. */
  'history-filter-empty': 'line',
  /** One entry cannot be read. */
  'history-garbled': 'line',
  'history-order': 'line',
  /** The code comes back in another case, with a blank, or cut. */
  'history-code': 'line',
  /** `seccion_cod` is the module's code. [I p.41] */
  'history-seccion': 'line',
  /** `fecha` in UTC. */
  'history-utc': 'line',
  /** A 025 that names a date behind the percentage. */
  'odd-025': 'line',
  /** The answer names only those that were refused. */
  'partial-answer': 'line',
  /** The history stops at fifty processes, of which another tool has made more. */
  'history-cut': 'line',
  /** A process has the date 0000-00-00. */
  'history-date': 'line',

  'file-cut': 'source',
  'course-gone': 'source',
  'group-gone': 'source',
  'no-students': 'source',
  'source-down': 'source',
  'slow-source': 'source',
  /** The driver throws a TypeError. */
  'poison-read': 'source',
  /** A value that throws when it is made into text. */
  'poison-value': 'source',
  /** The source has something to tell of a course that it gives. */
  finding: 'source',

  rise: 'truth',
  fall: 'truth',
  enrol: 'truth',
  leave: 'truth',
  /** Figures and students that come while the window is open. */
  'late-rows': 'truth',
  /** SENCE does not know one of the students. */
  'unknown-student': 'truth',

  'ledger-full': 'machine',
  'ledger-locked': 'machine',
  /** The process dies before a write, or right after it. */
  'crash-before-write': 'machine',
  'crash-after-write': 'machine',
  /** It dies while a call is on the line. */
  'crash-on-line': 'machine',
  off: 'machine',
  'clock-step': 'machine',
  'two-services': 'machine',

  'send-by-day': 'person',
  'send-at-night': 'person',
  'send-again': 'person',
  'other-tool': 'person',
  synchronise: 'person',
  reconcile: 'person',
  erase: 'person',
  /** Everything once more, because somebody asked for it. */
  'send-repetir': 'person',
  /** The token that SENCE refuses is replaced by one that it takes. */
  'mend-token': 'person',
  /** A backup is put in the place of the ledger, which is then synchronised. */
  restore: 'person',
  /** The same, and nobody synchronises. */
  'restore-alone': 'person',
  /** The state folder is gone, and the service begins anew. */
  'ledger-lost': 'person',
  /** The ledger knows nothing of anybody when the first night begins. */
  'first-start': 'person',
} as const;

export type Kind = keyof typeof KINDS;
/** With these the ledger does not know what it knew. */
export const FORGETTING: readonly Kind[] = ['restore', 'restore-alone', 'ledger-lost'];
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** How often each kind took effect; a plain object, so that it passes from one process to another. */
export type Hits = Partial<Record<Kind, number>>;
