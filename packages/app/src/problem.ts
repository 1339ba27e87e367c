/** Why something cannot be done and what to do about it, in Spanish: what a person is told in place of an error. */
export interface Problem {
  mensaje: string;
  queHacer: string;
  /** `sin-cursos`: nobody chose any course, or all were taken out. */
  clave?: 'sin-cursos';
}

/**
 * An error as a person is told it. The typed ones carry their words (`message`, `fix`); of any other only its kind is
 * told, since its text may quote anything.
 */
export function problemOf(error: unknown): Problem {
  if (isTold(error)) return { mensaje: error.message, queHacer: error.fix };
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    mensaje: `puente tuvo un error interno (${kind}).`,
    queHacer: 'El detalle quedó en el registro de puente: muéstrelo a quien lo instaló.',
  };
}

/**
 * Whether it is the ledger that cannot be used: damaged, full, locked, read-only. Known by its name, so that a command
 * that needs no ledger has not loaded one.
 */
export function isOfLedger(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreError';
}

/** Whether an error says itself what happened and what to do: it is no bug. */
export function isTold(error: unknown): error is Error & { fix: string } {
  return error instanceof Error && 'fix' in error && typeof error.fix === 'string';
}
