/** What the program has of the process that it runs in. */
export interface Host {
  env: NodeJS.ProcessEnv;
  stdin: AsyncIterable<Uint8Array>;
  /** Aborted by Ctrl-C and by a service manager's stop. */
  signal: AbortSignal;
  clock: () => Date;
  /** Told what is worth knowing beside the result, in Spanish. */
  onNotice(text: string): void;
}
