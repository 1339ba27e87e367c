/** One fault, put back as a replacement of source text. */
export interface PutBack {
  name: string;
  /** What it would mean for a provider. */
  means: string;
  file: string;
  /** Each stands exactly once in the file. */
  replace: readonly (readonly [string, string])[];
}

/** Guards whose removal the engine's own tests once did not see, and faults that were once there. */
export const PUT_BACK: readonly PutBack[] = [
  {
    name: 'by hand everything goes again',
    means: 'a second `puente enviar` doubles the night',
    file: 'packages/engine/src/plan/plan.ts',
    replace: [['leaveOutTheSame: request.repetir !== true', 'leaveOutTheSame: false']],
  },
  {
    name: 'a course that was not given is done',
    means: 'a night counts as good in which a course was never read',
    file: 'packages/engine/src/serve/read-source.ts',
    replace: [['unitOf(one.curso).problem ??= notGiven(one);', 'unitOf(one.curso);']],
  },
  {
    name: 'the lease of a holder that cannot write stays taken',
    means: 'nothing is sent for the provider until puente is started again',
    file: 'packages/engine/src/serve/night-runner.ts',
    replace: [['      taken.release();\n      throw error;', '      lease = taken;\n      throw error;']],
  },
  {
    name: 'nobody waits for a send that may be on its way',
    means: 'a send that arrives late is sent again',
    file: 'packages/client/src/settle/wait.ts',
    replace: [['ESPERA_INCIERTO_MS = 20 * 60_000', 'ESPERA_INCIERTO_MS = 0']],
  },
  {
    name: 'an entry of the history that cannot be read is no entry',
    means: 'a send that arrived is sent again',
    file: 'packages/client/src/settle/settle-send.ts',
    replace: [['looked.skipped > 0 || looked.cut', 'false']],
  },
  {
    name: 'a process half written is whole',
    means: 'records that came a minute later count as refused',
    file: 'packages/client/src/settle/settle-send.ts',
    replace: [['left === 0 || isWhole(matched)', 'true']],
  },
  {
    name: 'version 1: an earlier process that says the same is its own',
    means: 'a night counts as sent that never arrived',
    file: 'packages/client/src/settle/find.ts',
    replace: [['(!this.#known.has(id) && id > this.#highestBefore)', 'true']],
  },
  {
    name: 'a clock that stepped back is believed',
    means: 'a course waits until the clock is where it was',
    file: 'packages/engine/src/serve/pauses.ts',
    replace: [[' || new Date(written).getTime() > now.getTime() + STEP_MS', '']],
  },
  {
    name: 'an erased person stays in the answers',
    means: 'the right to be forgotten is not kept',
    file: 'packages/engine/src/privacy/person.ts',
    replace: [['pack(withoutRut(answer, rut))', 'pack(answer)']],
  },
  {
    name: 'the history is compared to more than five decimals',
    means: 'differences are told that are none',
    file: 'packages/engine/src/history/sync.ts',
    replace: [['FIVE_DECIMALS = 1e-5', 'FIVE_DECIMALS = 1e-12']],
  },
];
