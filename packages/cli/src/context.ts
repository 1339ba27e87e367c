import type { Host } from '@puente-sic/app';
import type { ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** What a command has of the process that it runs in. */
export interface Context extends Host {
  terminal: Terminal;
  stdin: NodeJS.ReadStream;
  json: boolean;
  /** Said once, when the command is done. */
  finish(code: ExitCode): void;
  /** From here on a defect leaves the outcome of a send unknown. */
  sending(): void;
}
