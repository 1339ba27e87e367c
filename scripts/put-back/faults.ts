/** One fault, put back as a replacement of source text. */
export interface PutBack {
  name: string;
  /** What it would mean for a provider. */
  means: string;
  file: string;
  /** Stands exactly once in the file; each pair is replaced. */
  replace: readonly (readonly [string, string])[];
}

/** Guards whose removal the engine's own tests once did not see, and faults that were once there. */
export const PUT_BACK: readonly PutBack[] = [
  {
    name: 'settle: an entry that cannot be read proves nothing',
    means: 'a send that arrived is sent again',
    file: 'packages/client/src/settle/settle-send.ts',
    replace: [['looked.skipped > 0', 'false']],
  },
];
