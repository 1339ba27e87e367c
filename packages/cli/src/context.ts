import type { ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** What a command has of the process that it runs in. */
export interface Context {
  terminal: Terminal;
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadStream;
  /** Aborted by Ctrl-C and by a service manager's stop. */
  signal: AbortSignal;
  clock: () => Date;
  json: boolean;
  /** Said once, when the command is done. */
  finish(code: ExitCode): void;
  /** From here on a defect leaves the outcome of a send unknown. */
  sending(): void;
}
