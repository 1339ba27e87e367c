/** What of a client's options cannot be used. */
export type ClientUsageCode = 'no-credentials' | 'no-token' | 'user-agent' | 'base-url';

/** A client that cannot be made as it is asked for: a mistake in the program or its settings. No call was made. */
export class ClientUsageError extends TypeError {
  override readonly name = 'ClientUsageError';
  readonly code: ClientUsageCode;
  readonly outcome = 'not-sent';
  /** What to do. */
  readonly fix: string;

  constructor(code: ClientUsageCode, message: string, fix: string) {
    super(`${message}. ${fix}`);
    this.code = code;
    this.fix = fix;
  }
}
