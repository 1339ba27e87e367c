/**
 * What was asked cannot be done, through no bug: told in Spanish without a stack.
 * `fix` says what to do about it.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly fix: string;
  /** What a command returns for it: 2, wrong use or settings; 3, no connection. */
  readonly exitCode: 2 | 3;

  constructor(message: string, fix: string, exitCode: Failure['exitCode'] = 2, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
    this.exitCode = exitCode;
  }
}
